"""What the calendar has made due, looked up without a lock and told by mail once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, String, cast, literal
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, or_, select

from store.accounts.tables import Desk
from store.calendar import Clock
from store.espacio.letters import Writer
from store.espacio.life import GRACE_DAYS, SUSPENDED_DAYS, last_day_of
from store.espacio.passing import Step, contract_in
from store.espacio.plans import PlanRow, find_plan
from store.espacio.tables import ContractState, Espacio, EspacioContract
from store.mail.outbox import enqueue
from store.mail.tables import Mail

REMIND = (1, 7, 15)
"""Days before the end on which a desk is reminded (SPEC 5)."""
_DAY = timedelta(days=1)


def desks_due(session: Session, today: date) -> Sequence[int]:
    """Give the desks whose Espacio has to come into another state, or that have to be reminded."""
    return session.exec(
        select(Espacio.desk_id)
        .join(EspacioContract, col(EspacioContract.espacio_id) == col(Espacio.id))
        .where(or_(_has_passed(today), *(_to_remind(days, today) for days in REMIND)))
        .order_by(col(Espacio.desk_id))
        .distinct()
    ).all()


def _has_passed(today: date) -> ColumnElement[bool]:
    state, ends_on = col(EspacioContract.state), col(EspacioContract.ends_on)
    grace, all_of_it = timedelta(days=GRACE_DAYS), timedelta(days=GRACE_DAYS + SUSPENDED_DAYS)
    return or_(
        and_(state == ContractState.SCHEDULED, col(EspacioContract.starts_on) <= today),
        and_(state == ContractState.ACTIVE, ends_on <= today),
        and_(state == ContractState.GRACE, ends_on <= today - grace),
        and_(state == ContractState.SUSPENDED, ends_on <= today - all_of_it),
    )


def _to_remind(days: int, today: date) -> ColumnElement[bool]:
    """Match the contracts that end within so many days, and not sooner than the next reminder, and whose desk waits."""
    next_one = max((later for later in REMIND if later < days), default=0)
    fact = literal("espacio-due:") + cast(col(EspacioContract.id), String) + f":{days}"
    waiting = aliased(EspacioContract)
    return and_(
        col(EspacioContract.state) == ContractState.ACTIVE,
        col(EspacioContract.ends_on) > today + next_one * _DAY,
        col(EspacioContract.ends_on) <= today + days * _DAY,
        ~exists().where(col(Mail.fact) == fact),
        ~exists().where(
            col(waiting.espacio_id) == col(EspacioContract.espacio_id),
            col(waiting.state) == ContractState.SCHEDULED,
        ),
    )


def remind(session: Session, writer: Writer, desk: Desk, espacio: Espacio, clock: Clock) -> bool:
    """Tell a desk that its contract ends soon: once for each of the three days, and only where nothing follows it."""
    running = contract_in(session, espacio, ContractState.ACTIVE)
    if running is None or running.ends_on is None:
        return False
    left = (running.ends_on - clock.today()).days
    days = next((days for days in REMIND if left <= days), None)
    if days is None or contract_in(session, espacio, ContractState.SCHEDULED) is not None:
        return False
    fact = f"espacio-due:{running.id}:{days}"
    if session.exec(select(Mail.id).where(Mail.fact == fact)).first() is not None:
        return False
    letter = writer.ends_soon(_plan(session, running), running.ends_on, left)
    enqueue(session, letter, fact=fact, desk=desk, now=clock.now())
    return True


def tell_steps(
    session: Session, writer: Writer, desk: Desk, steps: Sequence[Step], clock: Clock
) -> None:
    """Mail a desk what became of its contracts; a renewal that begins was told of when it was paid."""
    for step in steps:
        contract, ended = step.contract, step.instead_of
        if ended is not None and ended.plan_code == contract.plan_code:
            continue
        until = last_day_of(step.after, contract.ends_on)
        letter = writer.moved(_plan(session, contract), step.after, until)
        fact = f"espacio-{step.after.name.lower()}:{contract.id}"
        enqueue(session, letter, fact=fact, desk=desk, now=clock.now())


def _plan(session: Session, contract: EspacioContract) -> PlanRow:
    return find_plan(session, contract.plan_code, custody=False, price=None)
