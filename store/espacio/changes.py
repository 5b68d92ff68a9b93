"""What a plan does to the contract in force: which change it is, which days it has, what it takes over."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from store.errors import ChangeWaits
from store.espacio.life import Holding, Span, span_after, span_from, unused
from store.espacio.plans import PlanRow, find_plan
from store.espacio.tables import ContractState
from store.orders.tables import Change

_WAIT_FOR_THE_END = (Change.RENEWAL, Change.DOWNGRADE)


def change_of(session: Session, holding: Holding, plan: PlanRow) -> Change:
    """Say what a plan does to the contract in force; beside the free one or none it is a contract anew."""
    paid = holding.paid
    if paid is None:
        return Change.CONTRACT
    if paid.plan_code == plan.code:
        return Change.RENEWAL
    now = find_plan(session, paid.plan_code, custody=False, price=None)
    return Change.UPGRADE if plan.rank > now.rank else Change.DOWNGRADE


def credit_of(holding: Holding, change: Change, day: date) -> int:
    """Give what an upgrade takes over: the days left of the contract in force, and all of one that waits."""
    if change is not Change.UPGRADE or holding.paid is None:
        return 0
    waiting = holding.scheduled.paid_centavos if holding.scheduled else 0
    return unused(holding.paid, day) + waiting


def span_of(holding: Holding, change: Change, months: int, day: date) -> Span:
    """Give the days of the new term: from today, or from the end of the contract in force.

    A suspended one has not served since its grace was over, so its renewal starts today (facts/domain 4.b.2).
    """
    follows = change in _WAIT_FOR_THE_END and holding.state is not ContractState.SUSPENDED
    if follows and holding.paid is not None:
        return span_after(holding.paid, months)
    return span_from(day, months)


def refuse_while_waiting(session: Session, holding: Holding, change: Change) -> None:
    """Refuse a second change for the end of the term; an upgrade takes the waiting one over.

    Raises:
        ChangeWaits: One was paid for already.
    """
    waiting = holding.scheduled
    if waiting is not None and change in _WAIT_FOR_THE_END:
        plan = find_plan(session, waiting.plan_code, custody=False, price=None)
        raise ChangeWaits(plan.name, waiting.starts_on)
