"""Issuing lots of new keys into a file, in steps: each step's keys are safe in it before the store has them.

A kill leaves a file that ends with keys which the store does not know, under a name that says so. The same command,
given again, cuts them off and goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlmodel import Session

from store.accounts.person import Person, Power, require
from store.calendar import long_date
from store.catalogue.products import find_package
from store.errors import Mistyped, Refusal
from store.installation.store import Store
from store.keys.code import KeyCode, new_key
from store.keys.loading.key_file import KeyFile, held, not_written, part_of
from store.keys.loading.pace import Pace
from store.keys.loading.progress import Tell, silently
from store.keys.loading.steps import Load, advance, find_load, finish, open_lot, take_on
from store.keys.lots import LotForm, add_keys
from store.text import _, clean

LARGEST_LOT = 10_000_000
"""Beyond it, a slip of the finger is likelier than a need."""


@dataclass(frozen=True)
class IssuedLot:
    """A lot whose keys are in the file."""

    folio: str
    product_code: str
    quantity: int


def issue_keys(
    store: Store, person: Person, form: LotForm, count: int, out: Path, tell: Tell = silently
) -> IssuedLot:
    """Issue a lot of new keys into a new file, for its owner's eyes only: nobody can read them again.

    Raises:
        Mistyped: The count is not 1 to 10,000,000, or the last day to confirm them has passed.
        NotFound: No such package.
        LoadRelieved: The same lot was taken on elsewhere.
        Refusal: The file is there already, cannot be written, or is another lot's.
    """
    if not 1 <= count <= LARGEST_LOT:
        raise Mistyped(
            _("Un lote lleva de 1 a {most} claves.").format(most=f"{LARGEST_LOT:,}"), "count"
        )
    return _Issue(store, person, form, count, out.absolute()).run(tell)


class _Issue:
    """One process at work on a lot."""

    def __init__(self, store: Store, person: Person, form: LotForm, count: int, out: Path) -> None:
        self.store, self.person, self.count, self.out = store, person, count, out
        self._known_as = hashlib.sha256(f"issue\0{out}".encode()).hexdigest()
        with store.reading() as session:
            require(session, person, Power.ISSUE)
            self.package = find_package(session, form.product_code)
            self._begun = find_load(session, self._known_as)
        self.form = LotForm(self.package.code, form.redeem_by)

    def run(self, tell: Tell) -> IssuedLot:
        """Fill the file and the lot, give the file its name, and come to the end."""
        if self._is_filled():
            load = self._take_on()
        else:
            with held(self.out) as file:
                if self._begun is None and not file.is_empty:
                    raise not_written(part_of(self.out), _("ya existe"))
                load = self._take_on()
                if not file.keep_first(load.taken):
                    raise self._lost(load)
                load = self._fill(file, load, tell)
                file.settle()
        with self.store.writing() as session:
            finish(session, self.store, self.person, load, "lot.issued")
        return IssuedLot(load.lot_opened.folio, self.package.code, load.taken)

    def _is_filled(self) -> bool:
        """Whether a kill left nothing to do but the end."""
        begun = self._begun
        is_whole = begun is not None and begun.taken == begun.asked
        return is_whole and self.out.exists() and not part_of(self.out).exists()

    def _take_on(self) -> Load:
        with self.store.writing() as session:
            load = take_on(session, self.store, self.form, self._known_as, self.count)
            lot = load.lot
            if lot is not None and (load.asked, lot.product_code, lot.redeem_by) != (
                self.count,
                self.form.product_code,
                self.form.redeem_by,
            ):
                raise Refusal(
                    _(
                        "{file} es de otra emisión sin terminar (lote {lot}, {n} claves de {product});"
                        " repite aquella orden o elige otro archivo."
                    ).format(
                        file=clean(part_of(self.out)),
                        lot=lot.folio,
                        n=f"{load.asked:,}",
                        product=lot.product_code,
                    )
                )
        return load

    def _fill(self, file: KeyFile, load: Load, tell: Tell) -> Load:
        pace = Pace()
        tell(load.progress(load.taken / self.count))
        while load.taken < self.count:
            keys = [new_key() for _key in range(min(pace.size, self.count - load.taken))]
            with self.store.writing() as session:
                began = perf_counter()
                load = self._put(session, file, load, keys)
            pace.took(perf_counter() - began)
            tell(load.progress(load.taken / self.count))
        return load

    def _put(self, session: Session, file: KeyFile, load: Load, keys: Sequence[KeyCode]) -> Load:
        """Put keys into the file, then into the lot: nobody can read what only the store has."""
        load = open_lot(session, self.store, self.person, self.form, load)
        lot = load.lot_opened
        last_day = long_date(lot.redeem_by) if lot.redeem_by else ""
        units = self.package.units
        file.add((key.grouped(), lot.product_code, units, lot.folio, last_day) for key in keys)
        add_keys(session, self.store.pepper, lot, units, keys)
        return advance(session, load, line=load.line + len(keys), taken=len(keys))

    def _lost(self, load: Load) -> Refusal:
        return Refusal(
            _(
                "Falta {file}, con {n} claves ya emitidas del lote {lot}: devuélvelo a su lugar,"
                " o emite otro lote en otro archivo."
            ).format(file=clean(part_of(self.out)), n=f"{load.taken:,}", lot=load.lot_opened.folio)
        )
