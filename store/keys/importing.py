"""Importing keys that were issued elsewhere: a file of any size, in steps that lock nobody out.

A portion of the file is read, its keys are put in by the order of their HMACs, and only then its lines are done.

The same file, given again after a kill, goes on where it was cut; given again when it is done, it adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, require
from store.catalogue.products import find_package
from store.errors import Mistyped
from store.installation.store import Store
from store.keys.code import VENDOR_LENGTHS
from store.keys.loading.lines import KeyLines, Line, fingerprint_of, opened
from store.keys.loading.pace import Pace
from store.keys.loading.portions import Portion, read_portion, repeated
from store.keys.loading.progress import Tell, silently
from store.keys.loading.refusals import RefusalFile, RefusedLine
from store.keys.loading.steps import Load, advance, finish, open_lot, take_on
from store.keys.lots import LotForm, insert_keys
from store.keys.tables import PrepaidKey
from store.text import _

_ASKED_TOGETHER = 10_000
"""HMACs in one question to the store: fewer than either database takes."""
_TOLD_TOGETHER = 5_000
"""Refused lines that are written into the report in one step."""


@dataclass(frozen=True)
class ImportReport:
    """What became of an import, over all its runs."""

    folio: str | None
    """The lot's; none where no key was good."""
    taken: int
    refused: int


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
        """Take what is left of the file."""
        pace, rest, share = Pace(), lines.after(self.load.line), lines.share
        tell(self.load.progress(share))
        while (portion := self._read(rest)).until:
            taken_before = self.load.taken
            for put in self._put_in_order(portion, pace):
                done = put / len(portion.lines)
                tell(self.load.progress(share + (lines.share - share) * done, put))
            self._close(portion, self.load.taken - taken_before)
            share = lines.share
            tell(self.load.progress(share))

    def end(self) -> ImportReport:
        """Come to the end."""
        with self.store.writing() as session:
            finish(session, self.store, self.person, self.load, "lot.imported")
        folio = self.load.lot.folio if self.load.lot else None
        return ImportReport(folio, self.load.taken, self.load.refused)

    def _read(self, rest: Iterator[Line]) -> Portion:
        return read_portion(rest, self.store.pepper, self.form.vendor_length)

    def _put_in_order(self, portion: Portion, pace: Pace) -> Iterator[int]:
        """Put the keys into the lot in steps as large as others can wait for; give how many are done after each."""
        keys, put = portion.in_order(), 0
        while some := keys[put : put + pace.size]:
            with self.store.writing() as session:
                began = perf_counter()
                self.load = self._put(session, some)
            pace.took(perf_counter() - began)
            put += len(some)
            yield put

    def _put(self, session: Session, keys: Sequence[tuple[bytes, str]]) -> Load:
        """Put what is new into the lot."""
        if self.load.lot is None:
            load, taken = self._put_first(session, keys)
        else:
            load, taken = self.load, self._insert(session, self.load, keys)
        return advance(session, load, line=load.line, taken=taken)

    def _put_first(self, session: Session, keys: Sequence[tuple[bytes, str]]) -> tuple[Load, int]:
        """Open the lot with its first keys, or not at all."""
        with session.begin_nested() as attempt:
            load = open_lot(session, self.store, self.person, self.form, self.load)
            taken = self._insert(session, load, keys)
            if taken == 0:
                attempt.rollback()
                load = self.load
        return load, taken

    def _insert(self, session: Session, load: Load, keys: Sequence[tuple[bytes, str]]) -> int:
        return insert_keys(session, load.lot_opened, self.package.units, keys, only_new=True)

    def _close(self, portion: Portion, taken: int) -> None:
        """Write down which lines were not taken: from now on all of the portion are done."""
        refused = portion.refused
        if taken < len(portion.lines):
            with self.store.reading() as session:
                refused = sorted([*refused, *_known(session, self.load, portion)], key=_by_line)
        for at in range(0, len(refused), _TOLD_TOGETHER):
            with self.store.writing() as session:
                advance(session, self.load, line=self.load.line)  # nobody else may be at the report
                self.report.add(refused[at : at + _TOLD_TOGETHER])
        with self.store.writing() as session:
            self.load = advance(session, self.load, line=portion.until, refused=len(refused))


def _known_as(contents: str, form: LotForm) -> str:
    said = f"import\0{contents}\0{form.product_code}\0{form.redeem_by}\0{form.vendor_length}"
    return hashlib.sha256(said.encode()).hexdigest()


def _known(session: Session, load: Load, portion: Portion) -> Iterator[RefusedLine]:
    """Name the lines whose keys were there before: in another lot, or in this one by a line before the portion."""
    lot_id = load.lot.id if load.lot else None
    macs = iter(portion.lines)
    while some := list(islice(macs, _ASKED_TOGETHER)):
        found = select(PrepaidKey.mac, PrepaidKey.lot_id, PrepaidKey.id)
        for mac, holder, key_id in session.exec(found.where(col(PrepaidKey.mac).in_(some))):
            if holder != lot_id:
                yield RefusedLine(portion.lines[mac], _("La clave ya está en el almacén."))
            elif key_id <= load.newest:
                yield RefusedLine(portion.lines[mac], repeated())


def _by_line(refused: RefusedLine) -> int:
    return refused.line
