"""The calendar of contracts: what is in force on a day, what is unused of it, and which days a new term has.

Pure but for `holding_of`. A contract's state in the store is what the clock last wrote; `state_on` is what the day
says, so that nothing shown or sold depends on when the clock last ran.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from store.calendar import add_months
from store.espacio.tables import CURRENT, ContractState, Espacio, EspacioContract

GRACE_DAYS = 7
"""After the end all works for so long (SPEC 5)."""
SUSPENDED_DAYS = 30
"""Then it is read only for so long, and after that expired (SPEC 5)."""
_LATEST = {
    ContractState.GRACE: timedelta(days=GRACE_DAYS - 1),
    ContractState.SUSPENDED: timedelta(days=GRACE_DAYS + SUSPENDED_DAYS - 1),
}
"""The last day of a state, counted from the end of the contract."""
_OVER = ((ContractState.EXPIRED,), (ContractState.CANCELLED,))
"""What was in force comes before what was taken back, perhaps before it ever began."""


@dataclass(frozen=True)
class Span:
    """The days of a term."""

    starts_on: date
    ends_on: date
    """The first day on which it no longer runs."""
    anchor_on: date
    """The day from which months are counted."""


@dataclass(frozen=True)
class Holding:
    """What a desk has of Espacio on a day."""

    espacio: Espacio | None = None
    latest: EspacioContract | None = None
    """The contract in force, or else the one that was."""
    state: ContractState | None = None
    """Its state by the calendar."""
    scheduled: EspacioContract | None = None
    """The one that was paid for and begins later."""

    @property
    def running(self) -> EspacioContract | None:
        """The contract in force; `None` where there is none, or none any more."""
        return self.latest if self.state in CURRENT else None

    @property
    def paid(self) -> EspacioContract | None:
        """The contract in force where it is not the free one."""
        running = self.running
        return running if running is not None and running.term_code is not None else None


def span_from(day: date, months: int) -> Span:
    """Give a term that starts on a day."""
    return Span(day, add_months(day, months), day)


def span_after(contract: EspacioContract, months: int) -> Span:
    """Give the term that follows a paid contract, counted from the first anchor: 31/01 → 28/02 → 31/03."""
    start, anchor = contract.ends_on, contract.anchor_on
    if start is None or anchor is None:
        raise ValueError("nothing follows the free Espacio, which has no end")
    passed = (start.year - anchor.year) * 12 + start.month - anchor.month
    return Span(start, add_months(anchor, passed + months), anchor)


def state_on(state: ContractState, ends_on: date | None, day: date) -> ContractState:
    """Say in which state a contract is on a day, where no one but the calendar has touched it since."""
    if state not in CURRENT or ends_on is None or day < ends_on:
        return state
    late = (day - ends_on).days
    if late < GRACE_DAYS:
        return ContractState.GRACE if state is ContractState.ACTIVE else state
    if late < GRACE_DAYS + SUSPENDED_DAYS:
        return ContractState.SUSPENDED
    return ContractState.EXPIRED


def unused(contract: EspacioContract, day: date) -> int:
    """Give the part of what was paid that stands for the days left, rounded down (SPEC 5: 21 of 31 days of 65.00)."""
    if contract.ends_on is None:
        return 0
    whole = (contract.ends_on - contract.starts_on).days
    left = min(max((contract.ends_on - day).days, 0), whole)
    return contract.paid_centavos * left // whole


def days_left(contract: EspacioContract, day: date) -> int | None:
    """Count the days until the end; `None` where there is none."""
    return None if contract.ends_on is None else max((contract.ends_on - day).days, 0)


def last_day_of(state: ContractState, ends_on: date | None) -> date | None:
    """Give the last day of the grace or of the suspension; `None` for a state that is neither."""
    late = _LATEST.get(state)
    return None if late is None or ends_on is None else ends_on + late


def holding_of(session: Session, desk_id: int, day: date) -> Holding:
    """Read what a desk has on a day."""
    espacio = session.exec(select(Espacio).where(Espacio.desk_id == desk_id)).first()
    if espacio is None:
        return Holding()
    contracts = session.exec(
        select(EspacioContract)
        .where(EspacioContract.espacio_id == espacio.id)
        .order_by(col(EspacioContract.id).desc())
    ).all()
    return hold(espacio, contracts, day)


def hold(espacio: Espacio, contracts: Sequence[EspacioContract], day: date) -> Holding:
    """Say what is in force on a day of an Espacio's contracts, the newest first."""
    scheduled = _first(contracts, (ContractState.SCHEDULED,))
    if scheduled is not None and scheduled.starts_on <= day:
        state = state_on(ContractState.ACTIVE, scheduled.ends_on, day)
        return Holding(espacio, scheduled, state)
    latest = next(filter(None, (_first(contracts, states) for states in (CURRENT, *_OVER))), None)
    if latest is None:
        return Holding(espacio)
    return Holding(espacio, latest, state_on(latest.state, latest.ends_on, day), scheduled)


def _first(
    contracts: Sequence[EspacioContract], states: Sequence[ContractState]
) -> EspacioContract | None:
    return next((contract for contract in contracts if contract.state in states), None)
