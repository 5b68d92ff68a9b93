"""The modalities of Espacio and the terms, as a person reads them (SPEC 5's table)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, require
from store.catalogue.prices import PriceRow, prices_on
from store.catalogue.tables import Plan, PriceSource, Product, ProductKind, Term
from store.errors import NotFound
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.text import _, clean, ngettext

_HELD = (KeyState.AVAILABLE, KeyState.USED, KeyState.WITHHELD)


@dataclass(frozen=True)
class PlanRow:
    """A «Modalidad», in words."""

    code: str
    modality: str
    """«4G»; «1G gratuito»."""
    name: str
    """«@spacio 4G», as the quote says."""
    rank: int
    users: str
    """«10 Usuarios», «Usuarios ilimitados»."""
    storage: str
    """«4G»."""
    custody: str | None
    """«5 años» of custody of CFDI; `None` where the desk has no Sellado CFDI."""
    is_free: bool
    max_users: int | None
    storage_gb: int
    monthly_centavos: int | None = None
    """Before tax; `None` where it is not for sale today."""
    source: PriceSource | None = None
    """Where the price comes from."""


@dataclass(frozen=True)
class TermRow:
    """A «Plan», in words."""

    code: str
    name: str
    """«Mensual»."""
    label: str
    """«Un mes», as the picker says."""
    months: int
    discount_bp: int
    source: PriceSource
    """Where the discount comes from."""

    @property
    def phrase(self) -> str:
        """«un Mes»: the seed's quote writes the unit with a capital."""
        number, _space, unit = self.label.partition(" ")
        return f"{number.lower()} {unit.capitalize()}"


def list_plans(session: Session, person: Person, day: date) -> Sequence[PlanRow]:
    """Give the modalities, the smallest first, with the price of a day.

    Custody is told only where the person's desk has Sellado CFDI (SPEC 5).
    """
    require(session, person, Power.LOOK)
    prices, custody = prices_on(session, day), has_stamping(session, person.desk_id)
    found = session.exec(
        select(Plan, Product)
        .join(Product, col(Product.code) == col(Plan.product_code))
        .order_by(col(Plan.rank))
    ).all()
    return [
        plan_row(plan, product.name, custody=custody, price=prices.get(plan.product_code))
        for plan, product in found
    ]


def list_terms(session: Session, person: Person) -> Sequence[TermRow]:
    """Give the terms, the shortest first."""
    require(session, person, Power.LOOK)
    return [term_row(term) for term in session.exec(select(Term).order_by(col(Term.months))).all()]


def find_plan(session: Session, code: str, *, custody: bool, price: PriceRow | None) -> PlanRow:
    """Give one modality.

    Raises:
        NotFound: There is no such modality.
    """
    plan, product = session.get(Plan, code), session.get(Product, code)
    if plan is None or product is None:
        raise NotFound(_("No hay una modalidad «{code}».").format(code=clean(code)))
    return plan_row(plan, product.name, custody=custody, price=price)


def find_term(session: Session, code: str) -> TermRow:
    """Give one term.

    Raises:
        NotFound: There is no such term.
    """
    term = session.get(Term, code)
    if term is None:
        raise NotFound(_("No hay un plan «{code}».").format(code=clean(code)))
    return term_row(term)


def has_stamping(session: Session, desk_id: int | None) -> bool:
    """Tell whether a desk has Sellado CFDI: it holds a confirmed key of stamps."""
    held = (
        select(PrepaidKey.id)
        .join(KeyLot, col(KeyLot.id) == col(PrepaidKey.lot_id))
        .join(Product, col(Product.code) == col(KeyLot.product_code))
        .where(
            col(PrepaidKey.desk_id) == desk_id,
            col(PrepaidKey.state).in_(_HELD),
            Product.kind == ProductKind.STAMPS,
        )
    )
    return session.exec(held.limit(1)).first() is not None


def plan_row(plan: Plan, name: str, *, custody: bool, price: PriceRow | None = None) -> PlanRow:
    """Put a modality into words."""
    return PlanRow(
        code=plan.product_code,
        modality=plan.modality,
        name=name,
        rank=plan.rank,
        users=users_words(plan.max_users),
        storage=_("{n}G").format(n=plan.storage_gb),
        custody=years_words(plan.cfdi_years) if custody else None,
        is_free=plan.is_free,
        max_users=plan.max_users,
        storage_gb=plan.storage_gb,
        monthly_centavos=price.centavos if price else None,
        source=price.source if price else None,
    )


def term_row(term: Term) -> TermRow:
    """Put a term into words."""
    return TermRow(term.code, term.name, term.label, term.months, term.discount_bp, term.source)


def users_words(most: int | None) -> str:
    """Write «No. Usuarios permitidos»: «1 Usuario», «10 Usuarios», «Usuarios ilimitados»."""
    if most is None:
        return _("Usuarios ilimitados")
    return ngettext("{n:,} Usuario", "{n:,} Usuarios", most).format(n=most)


def years_words(years: int) -> str:
    """Write «Vigencia de resguardo CFDI»: «1 año», «5 años»."""
    return ngettext("{n} año", "{n} años", years).format(n=years)
