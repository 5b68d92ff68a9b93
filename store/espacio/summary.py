"""What a desk has of Espacio, in words: plan, users, storage, address, dates, days left, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from store.accounts.person import Person, Power, desk_of, require
from store.accounts.tables import Desk
from store.calendar import Clock
from store.catalogue.words import Words
from store.espacio.life import days_left, holding_of, last_day_of
from store.espacio.naming import is_settled
from store.espacio.plans import PlanRow, find_plan, has_stamping
from store.espacio.tables import ContractState, EspacioContract
from store.text import _


@dataclass(frozen=True)
class ScheduledChange:
    """A renewal or another plan that was paid for and begins later."""

    plan: PlanRow
    starts_on: date
    ends_on: date | None
    is_renewal: bool


@dataclass(frozen=True)
class EspacioSummary:
    """An Espacio, as its section shows it."""

    espacio_id: int
    name: str
    address: str
    username: str
    """The usuario of its own login."""
    plan: PlanRow
    state: ContractState
    """By the calendar, whenever the clock last ran."""
    term_code: str | None
    """`None` for the free one."""
    starts_on: date
    ends_on: date | None
    """The first day on which it no longer runs; the free one has none."""
    days_left: int | None
    state_until: date | None
    """The last day of the grace or of the suspension, where it is in one of them."""
    users_in_use: int
    storage_in_use_mb: int
    has_password: bool
    may_be_renamed: bool
    """Whether the next paid contract may give it another name."""
    scheduled: ScheduledChange | None = None

    @property
    def state_words(self) -> str:
        """Write the state: «Activo», «Suspendido»."""
        return _(self.state.value.capitalize())

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be kept in it any more (SPEC 5)."""
        return self.state not in (ContractState.ACTIVE, ContractState.GRACE)


def summary_of(
    session: Session, person: Person, clock: Clock, words: Words
) -> EspacioSummary | None:
    """Say what the person's desk has; `None` where it never had an Espacio."""
    require(session, person, Power.LOOK)
    return summary_of_desk(session, session.get_one(Desk, desk_of(person)), clock, words)


def summary_of_desk(
    session: Session, desk: Desk, clock: Clock, words: Words
) -> EspacioSummary | None:
    """Say what a desk has; nobody is asked for a role."""
    today, custody = clock.today(), has_stamping(session, desk.id)
    holding = holding_of(session, desk.id, today)
    espacio, contract = holding.espacio, holding.latest
    if espacio is None or contract is None or holding.state is None:
        return None
    return EspacioSummary(
        espacio_id=espacio.id,
        name=espacio.written_name,
        address=words.address_of(espacio.name),
        username=desk.handle,
        plan=find_plan(session, contract.plan_code, custody=custody, price=None),
        state=holding.state,
        term_code=contract.term_code,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        days_left=days_left(contract, today),
        state_until=last_day_of(holding.state, contract.ends_on),
        users_in_use=espacio.users_in_use,
        storage_in_use_mb=espacio.storage_in_use_mb,
        has_password=espacio.password_hash is not None,
        may_be_renamed=not is_settled(session, espacio),
        scheduled=_scheduled(session, holding.scheduled, contract, custody=custody),
    )


def _scheduled(
    session: Session, waiting: EspacioContract | None, running: EspacioContract, *, custody: bool
) -> ScheduledChange | None:
    if waiting is None:
        return None
    plan = find_plan(session, waiting.plan_code, custody=custody, price=None)
    is_renewal = waiting.plan_code == running.plan_code
    return ScheduledChange(plan, waiting.starts_on, waiting.ends_on, is_renewal)
