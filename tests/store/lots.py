"""Keys fresh from the press, and the staff's hands on them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.catalogue.products import find_package
from store.installation.store import Store
from store.keys.activation import ConfirmedKey, check_key, confirm_key
from store.keys.code import new_key, read_key
from store.keys.importing import ImportReport, import_keys
from store.keys.life import Move, find_key, move_key
from store.keys.loading.refusals import RefusalFile, RefusedLine
from store.keys.lots import LotForm, add_keys, new_lot

CONSOLE = Person(None, "console", "console", staff_role=StaffRole.ADMIN)
"""The administrator at the command line."""


def issued(
    store: Store, count: int = 1, product: str = "TIMBRES-50", redeem_by: date | None = None
) -> list[str]:
    """Put keys into the store, and give them as a customer would read them from a card."""
    keys = [new_key() for _key in range(count)]
    with store.writing() as session:
        package = find_package(session, product)
        form = LotForm(package.code, redeem_by)
        lot = new_lot(session, CONSOLE, form, count, now=store.clock.now())
        add_keys(session, store.pepper, lot, package.units, keys)
    return [key.grouped() for key in keys]


def imported(
    store: Store,
    lines: Iterable[str],
    product: str = "TIMBRES-50",
    *,
    person: Person = CONSOLE,
    vendor_length: int | None = None,
    redeem_by: date | None = None,
) -> tuple[ImportReport, list[RefusedLine]]:
    """Import a file of these lines; give what became of it, and the report of what was refused."""
    with TemporaryDirectory() as folder:
        file, report = Path(folder, "claves.csv"), RefusalFile(Path(folder, "rechazadas.csv"))
        file.write_text("\n".join(lines), "utf-8", newline="")
        form = LotForm(product, redeem_by, vendor_length)
        return import_keys(store, person, file, form, report), list(report.read())


def unknown() -> str:
    """Invent a well written key that nobody ever issued."""
    return new_key().grouped()


def moved(store: Store, typed: str, move: Move, reason: str = "Lo pidió el cliente.") -> None:
    """Let the staff hold, withhold, release or void a key."""
    with store.writing() as session:
        key_id = find_key(session, store.pepper, read_key(typed))
        move_key(session, CONSOLE, key_id, move, reason, now=store.clock.now())


def activated(store: Store, person: Person, typed: str) -> ConfirmedKey:
    """Check a key and confirm it, as a person does who reads nothing."""
    return confirm_key(store, person, check_key(store, person, typed), licence_accepted=True)
