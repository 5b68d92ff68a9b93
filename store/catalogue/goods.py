"""The terms, modalities and packages of a price list, compared with those that the store has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, select

from store.base import Base
from store.catalogue.entries import Entries, PackageEntry, PlanEntry, TermEntry
from store.catalogue.files import DataFile, Place
from store.catalogue.tables import Plan, PriceList, Product, ProductKind, Term
from store.errors import LineProblem
from store.text import _

_TERM_FIXED = {"months": "months"}
_PLAN_FIXED = {
    "rank": "rank",
    "users": "max_users",
    "storage_gb": "storage_gb",
    "cfdi_years": "cfdi_years",
    "free": "is_free",
}
"""What contracts rest on, by the file's key and the table's column: it never changes."""


@dataclass
class Goods:
    """What is new, and what is called otherwise."""

    new: list[Base] = field(default_factory=list)
    renamed: list[Base] = field(default_factory=list)
    entries: set[Place] = field(default_factory=set)
    """The entries of the file that brought it."""

    def apply(self, session: Session) -> None:
        """Write it, products before what refers to them."""
        session.add_all(row for row in self.new if isinstance(row, Product))
        session.flush()
        session.add_all(self.new)
        for row in self.renamed:
            session.merge(row)
        session.flush()


@dataclass
class _Comparison:
    """One entry after the other, against the store."""

    file: DataFile
    problems: list[LineProblem]
    goods: Goods = field(default_factory=Goods)

    def compare(
        self, kept: Base | None, said: Base, place: Place, fixed: Mapping[str, str]
    ) -> None:
        """Take an entry as new, as the same, or as another name; refuse it where it would change what is fixed."""
        if kept is None:
            self.goods.new.append(said)
            self.goods.entries.add(place)
            return
        changes = [key for key, column in fixed.items() if _differ(kept, said, column)]
        for key in changes:
            self.complain((*place, key), _("«{key}» ya está y no cambia; usa otro código"), key)
        if not changes and kept.model_dump() != said.model_dump():
            self.goods.renamed.append(said)
            self.goods.entries.add(place)

    def refuse_taken(
        self, place: Place, taken: Mapping[Any, str], value: object, code: str
    ) -> None:
        """Refuse a value that another row of the store has, which this file may not even name."""
        holder = taken.get(value, code)
        if holder != code:
            self.complain(place, _("«{key}» ya es de {holder}"), str(place[-1]), holder=holder)

    def complain(self, place: Place, words: str, key: str, **said: str) -> None:
        """Name a contradiction with its line."""
        line = self.file.line_of(*place)
        self.problems.append(LineProblem(line, words.format(key=key, **said)))


def compare_goods(
    session: Session, file: DataFile, entries: Entries, problems: list[LineProblem]
) -> Goods:
    """Find what a price list brings besides prices; contradictions go to `problems`, and nothing is written."""
    comparison = _Comparison(file, problems)
    head = PriceList(currency=entries.currency, tax_rate_bp=entries.tax_rate_bp)
    comparison.compare(session.get(PriceList, head.id), head, (), {})
    products = {row.code: row for row in session.exec(select(Product)).all()}
    _compare_terms(session, comparison, entries.term)
    _compare_plans(session, comparison, entries.plan, products)
    _compare_packages(comparison, entries.stamps, products)
    return comparison.goods


def _compare_terms(session: Session, comparison: _Comparison, entries: Sequence[TermEntry]) -> None:
    kept = {row.code: row for row in session.exec(select(Term)).all()}
    months = {row.months: row.code for row in kept.values()}
    for number, entry in enumerate(entries):
        place = ("term", number)
        comparison.compare(kept.get(entry.code), Term(**entry.model_dump()), place, _TERM_FIXED)
        comparison.refuse_taken((*place, "months"), months, entry.months, entry.code)


def _compare_plans(
    session: Session,
    comparison: _Comparison,
    entries: Sequence[PlanEntry],
    products: Mapping[str, Product],
) -> None:
    kept = {row.product_code: row for row in session.exec(select(Plan)).all()}
    ranks = {row.rank: row.product_code for row in kept.values()}
    free = {row.is_free: row.product_code for row in kept.values() if row.is_free}
    for number, entry in enumerate(entries):
        place = ("plan", number)
        product = Product(code=entry.code, kind=ProductKind.ESPACIO, name=entry.name)
        comparison.compare(products.get(entry.code), product, place, {"code": "kind"})
        comparison.compare(kept.get(entry.code), _plan(entry), place, _PLAN_FIXED)
        comparison.refuse_taken((*place, "rank"), ranks, entry.rank, entry.code)
        comparison.refuse_taken((*place, "free"), free, entry.free, entry.code)


def _compare_packages(
    comparison: _Comparison, entries: Sequence[PackageEntry], products: Mapping[str, Product]
) -> None:
    for number, entry in enumerate(entries):
        product = Product(kind=ProductKind.STAMPS, **entry.model_dump())
        comparison.compare(
            products.get(entry.code),
            product,
            ("stamps", number),
            {"code": "kind", "units": "units"},
        )


def _plan(entry: PlanEntry) -> Plan:
    return Plan(
        product_code=entry.code,
        modality=entry.modality,
        rank=entry.rank,
        max_users=entry.users,
        storage_gb=entry.storage_gb,
        cfdi_years=entry.cfdi_years,
        is_free=entry.free,
    )


def _differ(kept: Base, said: Base, column: str) -> bool:
    return bool(getattr(kept, column) != getattr(said, column))
