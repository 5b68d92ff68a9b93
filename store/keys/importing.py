"""Importing keys that were issued elsewhere: a file of any size, in steps that lock nobody out.

The same file, given again after a kill, goes on where it was cut; given again when it is done, it adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from store.accounts.person import Person, Power, require
from store.catalogue.products import find_package
from store.errors import KeyMistyped, Mistyped
from store.installation.store import Store
from store.keys.code import VENDOR_LENGTHS, KeyCode, is_vendor_key, read_key, tidy
from store.keys.loading.lines import KeyLines, Line, fingerprint_of, opened
from store.keys.loading.pace import Pace
from store.keys.loading.progress import Tell, silently
from store.keys.loading.refusals import RefusalFile, RefusedLine
from store.keys.loading.steps import Load, advance, finish, open_lot, take_on
from store.keys.lots import LotForm, insert_keys, key_mac
from store.keys.tables import PrepaidKey
from store.text import _

_ASKED_TOGETHER = 10_000
"""HMACs in one question to the store: fewer than either database takes."""


@dataclass(frozen=True)
class ImportReport:
    """What became of an import, over all its runs."""

    folio: str | None
    """The lot's; none where no key was good."""
    taken: int
    refused: int


class _Candidate(NamedTuple):
    """A line with a well written key: what the store would keep of it."""

    mac: bytes
    signs: str
    line: int


@dataclass
class _Batch:
    """Some lines of the file, read."""

    until: int = 0
    """The last line's number."""
    candidates: dict[bytes, _Candidate] = field(default_factory=dict)
    refused: list[RefusedLine] = field(default_factory=list)


def import_keys(
    store: Store,
    person: Person,
    file: Path,
    form: LotForm,
    report: RefusalFile,
    tell: Tell = silently,
) -> ImportReport:
    """Import the keys of a CSV: one a line in its first column, or in the column headed «clave».

    A line that cannot be taken is written into the report and the rest go on; a file without a good one makes no lot.

    Raises:
        Mistyped: No vendor's keys have that length, or the last day to confirm them has passed.
        NotFound: No such package.
        LoadRelieved: The same import was begun again elsewhere.
        Refusal: The file cannot be read, or the report not be written.
    """
    _refuse_length(form.vendor_length)
    with opened(file) as lines:
        run = _Run(store, person, form, report, fingerprint_of(file))
        run.take(lines, tell)
        return run.end()


def _refuse_length(vendor_length: int | None) -> None:
    if vendor_length is not None and vendor_length not in VENDOR_LENGTHS:
        raise Mistyped(
            _("Las claves de proveedor llevan de {least} a {most} caracteres.").format(
                least=VENDOR_LENGTHS.start, most=VENDOR_LENGTHS.stop - 1
            ),
            "vendor_length",
        )


class _Run:
    """One process at work on an import."""

    def __init__(
        self, store: Store, person: Person, form: LotForm, report: RefusalFile, contents: str
    ) -> None:
        self.store, self.person, self.form, self.report = store, person, form, report
        with store.writing() as session:
            require(session, person, Power.ISSUE)
            self.package = find_package(session, form.product_code)
            self.form = LotForm(self.package.code, form.redeem_by, form.vendor_length)
            self.load = take_on(session, store, self.form, _known_as(contents, self.form))
        report.go_on_after(self.load.line if self.load.refused else 0)

    def take(self, lines: KeyLines, tell: Tell) -> None:
        """Take what is left of the file, in steps as large as others can wait for."""
        pace, rest = Pace(), lines.after(self.load.line)
        tell(self.load.progress(lines.share))
        while some := list(islice(rest, pace.size)):
            batch = self._read(some)
            with self.store.writing() as session:
                began = perf_counter()
                self.load = self._put(session, batch)
            pace.took(perf_counter() - began)
            tell(self.load.progress(lines.share))

    def end(self) -> ImportReport:
        """Come to the end."""
        with self.store.writing() as session:
            finish(session, self.store, self.person, self.load, "lot.imported")
        folio = self.load.lot.folio if self.load.lot else None
        return ImportReport(folio, self.load.taken, self.load.refused)

    def _read(self, lines: Iterable[Line]) -> _Batch:
        """Read lines before anybody has to wait for it; a key that repeats one of them is refused."""
        batch = _Batch()
        for line in lines:
            batch.until = line.number
            if not line.cell:
                continue
            try:
                key = _key_in(line.cell, self.form.vendor_length)
            except KeyMistyped as refusal:
                batch.refused.append(RefusedLine(line.number, refusal.sentence))
                continue
            mac = key_mac(self.store.pepper, key)
            if mac in batch.candidates:
                batch.refused.append(RefusedLine(line.number, _repeated()))
            else:
                batch.candidates[mac] = _Candidate(mac, key.masked.signs, line.number)
        return batch

    def _put(self, session: Session, batch: _Batch) -> Load:
        """Put what is new into the lot, and write down the rest."""
        newest = session.exec(select(func.max(PrepaidKey.id))).one() or 0
        if self.load.lot is None:
            load, taken = self._put_first(session, batch)
        else:
            load, taken = self.load, self._insert(session, self.load, batch)
        refused = batch.refused
        if taken < len(batch.candidates):
            refused = sorted([*refused, *_known(session, load, batch, newest)], key=_by_line)
        load = advance(session, load, line=batch.until, taken=taken, refused=len(refused))
        self.report.add(refused)
        return load

    def _put_first(self, session: Session, batch: _Batch) -> tuple[Load, int]:
        """Open the lot with its first keys, or not at all."""
        with session.begin_nested() as attempt:
            load = open_lot(session, self.store, self.person, self.form, self.load)
            taken = self._insert(session, load, batch)
            if taken == 0:
                attempt.rollback()
                load = self.load
        return load, taken

    def _insert(self, session: Session, load: Load, batch: _Batch) -> int:
        keys = ((found.mac, found.signs) for found in batch.candidates.values())
        return insert_keys(session, load.lot_opened, self.package.units, keys, only_new=True)


def _known_as(contents: str, form: LotForm) -> str:
    said = f"import\0{contents}\0{form.product_code}\0{form.redeem_by}\0{form.vendor_length}"
    return hashlib.sha256(said.encode()).hexdigest()


def _key_in(cell: str, vendor_length: int | None) -> KeyCode:
    if vendor_length is None:
        return read_key(cell)
    signs = tidy(cell)
    if not is_vendor_key(signs, (vendor_length,)):
        raise KeyMistyped(_("La clave no tiene {n} letras o números.").format(n=vendor_length))
    return KeyCode(signs)


def _known(session: Session, load: Load, batch: _Batch, newest: int) -> Iterable[RefusedLine]:
    """Name the lines whose keys were there before this step: in another lot, or in this one by an earlier line."""
    lot_id = load.lot.id if load.lot else None
    macs = iter(batch.candidates)
    while some := list(islice(macs, _ASKED_TOGETHER)):
        found = select(PrepaidKey.mac, PrepaidKey.lot_id, PrepaidKey.id)
        for mac, holder, key_id in session.exec(found.where(col(PrepaidKey.mac).in_(some))):
            if holder == lot_id and key_id <= newest:
                yield RefusedLine(batch.candidates[mac].line, _repeated())
            elif holder != lot_id:
                yield RefusedLine(batch.candidates[mac].line, _("La clave ya está en el almacén."))


def _repeated() -> str:
    return _("La clave se repite en el archivo.")


def _by_line(refused: RefusedLine) -> int:
    return refused.line
