"""Importing keys that were issued elsewhere, a line at a time, in batches that lock nobody out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, require
from store.audit.chain import record
from store.catalogue.products import StampPackage, find_package
from store.errors import KeyMistyped, Mistyped
from store.installation.counters import take_turn
from store.installation.pepper import Pepper
from store.installation.store import Store
from store.keys.code import VENDOR_LENGTHS, KeyCode, is_vendor_key, read_key, tidy
from store.keys.lots import LOT_COUNTER, LotForm, add_keys, key_mac, new_lot
from store.keys.tables import KeyLot, PrepaidKey
from store.text import _

BATCH = 1_000
"""Keys imported in one transaction: few enough that nobody at a desk has to wait for it."""


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

    Raises:
        Mistyped: No vendor's keys have that length.
        NotFound: No such package.
    """
    _refuse_length(vendor_length)
    with store.writing() as session:
        require(session, person, Power.ISSUE)
        package = find_package(session, product_code)
        form = LotForm(package.code, redeem_by, vendor_length)
        lot = new_lot(session, person, form, 0, now=store.clock.now())
    refused: list[RefusedLine] = []
    taken = _take(store, lot, package, _readable(lines, vendor_length, refused), refused)
    said = {"folio": lot.folio, "quantity": taken, "refused": len(refused), "product": package.code}
    with store.writing() as session:
        record(session, person, "lot.imported", f"lot:{lot.id}", now=store.clock.now(), **said)
    return ImportReport(lot.folio, taken, sorted(refused, key=lambda refusal: refusal.line))


def _refuse_length(vendor_length: int | None) -> None:
    if vendor_length is not None and vendor_length not in VENDOR_LENGTHS:
        raise Mistyped(
            _("Las claves de proveedor llevan de {least} a {most} caracteres.").format(
                least=VENDOR_LENGTHS.start, most=VENDOR_LENGTHS.stop - 1
            ),
            "vendor_length",
        )


def _take(
    store: Store,
    lot: KeyLot,
    package: StampPackage,
    candidates: Iterator[_Candidate],
    refused: list[RefusedLine],
) -> int:
    """Put the candidates into the lot, batch by batch; give how many were new."""
    taken = 0
    while batch := list(islice(candidates, BATCH)):
        with store.writing() as session:
            take_turn(session, LOT_COUNTER)  # two imports of one file must not race past `_fresh`
            fresh = _fresh(session, store.pepper, batch, refused)
            add_keys(session, store.pepper, lot, package.units, fresh)
            taken += len(fresh)
            session.merge(lot).quantity = taken
    return taken


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
