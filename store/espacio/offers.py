"""What a plan would be for a desk today: its price, what it does to the contract in force, and whether it may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from store.accounts.person import Person, Power, desk_of, require
from store.accounts.tables import Desk
from store.calendar import Clock
from store.catalogue.prices import price_on
from store.errors import AlreadyHeld, DoesNotFit, Refusal
from store.espacio.changes import change_of, credit_of, refuse_while_waiting, span_of
from store.espacio.life import Holding, holding_of
from store.espacio.ordered import refuse_while_ordered
from store.espacio.plans import (
    PlanRow,
    TermRow,
    find_plan,
    find_term,
    has_stamping,
    list_plans,
    list_terms,
)
from store.espacio.quote import Combination, Quote, combine, make_quote
from store.espacio.tables import ContractState, Espacio
from store.orders.tables import Change
from store.text import _

_MB = 1024
"""Megabytes of a «G»."""


@dataclass(frozen=True)
class Offer:
    """A plan for a term as this desk can have it today."""

    plan: PlanRow
    term: TermRow
    quote: Quote
    change: Change
    starts_on: date
    ends_on: date


def quote_for(
    session: Session,
    person: Person,
    plan_code: str,
    term_code: str,
    clock: Clock,
    *,
    renewing: bool = False,
) -> Offer:
    """Quote a plan for a term to the person's desk, at today's prices and with the credit of today.

    Args:
        renewing: The person said that the plan in force is to be renewed.

    Raises:
        AlreadyHeld: It is the very plan and term that run, and nobody said that they are to be renewed.
        DoesNotFit: The desk's users or files are too many for it.
        ChangeWaits: A renewal or a smaller plan was paid for already.
        OrderWaits: An order for the desk's Espacio is not paid or not delivered yet.
        NotFound: There is no such plan or term, or it is not for sale today.
    """
    require(session, person, Power.LOOK)
    today, desk = clock.today(), session.get_one(Desk, desk_of(person))
    price = price_on(session, plan_code, today)
    plan = find_plan(session, plan_code, custody=has_stamping(session, desk.id), price=price)
    term = find_term(session, term_code)
    if plan.is_free:
        raise Refusal(_("El {plan} se activa, no se compra.").format(plan=plan.modality))
    refuse_while_ordered(session, desk.id)
    holding = holding_of(session, desk.id, today)
    change = change_of(session, holding, plan)
    _refuse_change(session, holding, change, plan, term, renewing=renewing)
    quote = make_quote(
        plan, term, price.centavos, desk.tax_rate_bp, credit_of(holding, change, today)
    )
    span = span_of(holding, change, term.months, today)
    return Offer(plan, term, quote, change, span.starts_on, span.ends_on)


def list_combinations(session: Session, person: Person, clock: Clock) -> Sequence[Combination]:
    """Give all plans and terms side by side, at today's prices, without any credit."""
    desk = session.get_one(Desk, desk_of(person))
    plans = list_plans(session, person, clock.today())
    return combine(plans, list_terms(session, person), desk.tax_rate_bp)


def _refuse_change(
    session: Session,
    holding: Holding,
    change: Change,
    plan: PlanRow,
    term: TermRow,
    *,
    renewing: bool,
) -> None:
    paid = holding.paid
    if (
        paid is not None
        and change is Change.RENEWAL
        and holding.state is ContractState.ACTIVE
        and paid.term_code == term.code
        and not renewing
    ):
        raise AlreadyHeld
    refuse_while_waiting(session, holding, change)
    if change is not Change.RENEWAL and holding.espacio is not None:
        _refuse_too_small(holding.espacio, plan)


def _refuse_too_small(espacio: Espacio, plan: PlanRow) -> None:
    if plan.max_users is not None and espacio.users_in_use > plan.max_users:
        raise DoesNotFit(
            _("Tienes {used:,} usuarios; {plan} permite {most:,}.").format(
                used=espacio.users_in_use, plan=plan.modality, most=plan.max_users
            )
        )
    if espacio.storage_in_use_mb > plan.storage_gb * _MB:
        raise DoesNotFit(
            _("Ocupas {used:,} MB; {plan} guarda {most:,}.").format(
                used=espacio.storage_in_use_mb,
                plan=plan.modality,
                most=plan.storage_gb * _MB,
            )
        )
