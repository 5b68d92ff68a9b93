"""Issuing lots of keys, and importing keys that were issued elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import insert
from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, require
from store.audit.chain import record
from store.calendar import read_date
from store.catalogue.products import find_package
from store.errors import KeyMistyped, Mistyped
from store.installation.counters import next_number, take_turn
from store.installation.pepper import Pepper
from store.installation.store import Store
from store.keys.code import VENDOR_LENGTHS, KeyCode, is_vendor_key, new_key, read_key, tidy
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.text import _, clean

LARGEST_LOT = 10_000
BATCH = 1_000
"""Keys imported in one transaction: few enough that nobody at a desk has to wait for it."""
LOT_COUNTER = "lot"


@dataclass(frozen=True)
class IssuedLot:
    """A lot and its keys in clear: the only time anybody has them."""

    folio: str
    product_code: str
    units: int
    redeem_by: date | None
    keys: Sequence[KeyCode]


@dataclass(frozen=True)
class RefusedLine:
    """A line of an import that was not taken."""

    line: int
    reason: str


@dataclass(frozen=True)
class ImportReport:
    """What became of an import."""

    folio: str
    taken: int
    refused: Sequence[RefusedLine]


@dataclass(frozen=True)
class _Candidate:
    line: int
    key: KeyCode


def key_mac(pepper: Pepper, key: KeyCode) -> bytes:
    """Give what the store keeps of a key."""
    return pepper.digest("key", key.reveal())


def issue_keys(
    session: Session,
    person: Person,
    pepper: Pepper,
    product_code: str,
    count: int,
    *,
    redeem_by: date | None,
    now: datetime,
) -> IssuedLot:
    """Issue a lot of new keys.

    Keep the keys in a safe file before committing: nobody can read them again.

    Raises:
        Mistyped: The count is not 1 to 10,000.
        NotFound: No such product.
    """
    require(session, person, Power.ISSUE)
    if not 1 <= count <= LARGEST_LOT:
        raise Mistyped(
            _("Un lote lleva de 1 a {most} claves.").format(most=f"{LARGEST_LOT:,}"), "count"
        )
    package = find_package(session, product_code)
    lot = _new_lot(session, person, package.code, count, redeem_by, None, now)
    keys = [new_key() for _key in range(count)]
    _insert(session, pepper, lot, package.units, keys)
    record(
        session,
        person,
        "lot.issued",
        f"lot:{lot.id}",
        now=now,
        folio=lot.folio,
        quantity=count,
        product=package.code,
    )
    return IssuedLot(lot.folio, package.code, package.units, redeem_by, keys)


def import_keys(
    store: Store,
    person: Person,
    lines: Iterable[str],
    product_code: str,
    *,
    vendor_length: int | None = None,
    redeem_by: date | None = None,
) -> ImportReport:
    """Import keys from a CSV: one a line in its first column, or in the column headed «clave».

    Each thousand is a transaction of its own. A line that cannot be taken is reported and the rest go on; a file that
    is imported again after a cut adds only what was missing, since a key is in the store once.

    Args:
        vendor_length: Signs of a vendor's keys, without a check symbol; `None` for keys of our own form.
    """
    if vendor_length is not None and vendor_length not in VENDOR_LENGTHS:
        raise Mistyped(
            _("Las claves de proveedor llevan de {least} a {most} caracteres.").format(
                least=VENDOR_LENGTHS.start, most=VENDOR_LENGTHS.stop - 1
            ),
            "vendor_length",
        )
    with store.writing() as session:
        require(session, person, Power.ISSUE)
        package = find_package(session, product_code)
        lot = _new_lot(
            session, person, package.code, 0, redeem_by, vendor_length, store.clock.now()
        )
    refused: list[RefusedLine] = []
    candidates = _readable(lines, vendor_length, refused)
    taken = 0
    while batch := list(islice(candidates, BATCH)):
        with store.writing() as session:
            take_turn(session, LOT_COUNTER)  # two imports of one file must not race past `_fresh`
            lot = session.merge(lot)
            fresh = _fresh(session, store.pepper, batch, refused)
            _insert(session, store.pepper, lot, package.units, fresh)
            taken += len(fresh)
            lot.quantity = taken
    with store.writing() as session:
        record(
            session,
            person,
            "lot.imported",
            f"lot:{lot.id}",
            now=store.clock.now(),
            folio=lot.folio,
            quantity=taken,
            refused=len(refused),
            product=package.code,
        )
    return ImportReport(lot.folio, taken, sorted(refused, key=lambda refusal: refusal.line))


def _new_lot(
    session: Session,
    person: Person,
    product_code: str,
    quantity: int,
    redeem_by: date | None,
    vendor_length: int | None,
    now: datetime,
) -> KeyLot:
    lot = KeyLot(
        folio=f"L-{next_number(session, LOT_COUNTER):06}",
        product_code=product_code,
        quantity=quantity,
        vendor_length=vendor_length,
        redeem_by=redeem_by,
        created_by=person.username,
        created_at=now,
    )
    session.add(lot)
    session.flush()
    return lot


def _insert(
    session: Session, pepper: Pepper, lot: KeyLot, units: int, keys: Sequence[KeyCode]
) -> None:
    if keys:
        session.connection().execute(
            insert(PrepaidKey),
            [
                {
                    "lot_id": lot.id,
                    "mac": key_mac(pepper, key),
                    "signs": key.masked.signs,
                    "units": units,
                    "state": KeyState.ISSUED,
                    "client_sort_key": "",
                }
                for key in keys
            ],
        )


def _readable(
    lines: Iterable[str], vendor_length: int | None, refused: list[RefusedLine]
) -> Iterator[_Candidate]:
    """Read the lines, put aside those that hold no key and those that repeat one of this file."""
    seen: set[KeyCode] = set()
    for line, text in _first_cells(lines):
        try:
            key = _read(text, vendor_length)
        except KeyMistyped as refusal:
            refused.append(RefusedLine(line, refusal.sentence))
            continue
        if key in seen:
            refused.append(RefusedLine(line, _("La clave se repite en el archivo.")))
            continue
        seen.add(key)
        yield _Candidate(line, key)


def _first_cells(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Give each line's number and its cell that should hold a key; no cell spans lines, so one bad line stays one."""
    column, delimiter = 0, ","
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix("\ufeff")
            delimiter = ";" if ";" in line else ","
        cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
        headings = [cell.lower() for cell in cells]
        if number == 1 and "clave" in headings:
            column = headings.index("clave")
        elif len(cells) > column and cells[column]:
            yield number, cells[column]


def _read(text: str, vendor_length: int | None) -> KeyCode:
    if vendor_length is None:
        return read_key(text)
    signs = tidy(text)
    if not is_vendor_key(signs, (vendor_length,)):
        raise KeyMistyped(_("La clave no tiene {n} letras o números.").format(n=vendor_length))
    return KeyCode(signs)


def _fresh(
    session: Session, pepper: Pepper, batch: Sequence[_Candidate], refused: list[RefusedLine]
) -> list[KeyCode]:
    """Keep those that no lot has yet."""
    macs = {key_mac(pepper, candidate.key): candidate for candidate in batch}
    known = set(
        session.exec(select(PrepaidKey.mac).where(col(PrepaidKey.mac).in_(list(macs)))).all()
    )
    refused += [RefusedLine(macs[mac].line, _("La clave ya está en el almacén.")) for mac in known]
    return [candidate.key for mac, candidate in macs.items() if mac not in known]


def read_redeem_by(text: str | None) -> date | None:
    """Read the last day on which keys may be confirmed.

    Raises:
        Mistyped: It is no date.
    """
    if text is None:
        return None
    day = read_date(text)
    if day is None:
        raise Mistyped(
            _("«{text}» no es una fecha; escríbela como 14/07/2020.").format(text=clean(text)),
            "redeem_by",
        )
    return day
