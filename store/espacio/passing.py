"""What the passing of days does to an Espacio's contracts; each step guarded, so that doing it twice does it once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select, update

from store.accounts.person import Person
from store.audit.chain import record
from store.calendar import Clock
from store.espacio.life import state_on
from store.espacio.tables import CURRENT, ContractState, Espacio, EspacioContract

CLOCK = Person(None, "clock", "tick")
"""Who acts where only days passed."""


@dataclass(frozen=True)
class Step:
    """A contract that came into another state."""

    contract: EspacioContract
    before: ContractState
    after: ContractState
    instead_of: EspacioContract | None = None
    """The contract that ended with it, where it began."""


def catch_up(session: Session, espacio: Espacio, day: date) -> list[Step]:
    """Bring an Espacio's contracts to where the calendar says that they are; the desk is locked."""
    return list(_steps(session, espacio, day))


def _steps(session: Session, espacio: Espacio, day: date) -> Iterator[Step]:
    waiting = contract_in(session, espacio, ContractState.SCHEDULED)
    if waiting is not None and waiting.starts_on <= day:
        running = contract_in(session, espacio, *CURRENT)
        if begin(session, waiting, running):
            yield Step(waiting, ContractState.SCHEDULED, ContractState.ACTIVE, running)
    running = contract_in(session, espacio, *CURRENT)
    if running is None:
        return
    before, after = running.state, state_on(running.state, running.ends_on, day)
    if after is not before and move(session, running, before, after):
        yield Step(running, before, after)


def record_steps(session: Session, steps: Sequence[Step], clock: Clock) -> None:
    """Write down what the calendar did; call it last in a transaction, as `record`."""
    for step in steps:
        record(
            session,
            CLOCK,
            "espacio.passed",
            f"espacio:{step.contract.espacio_id}",
            now=clock.now(),
            contract=step.contract.id,
            before=step.before.value,
            after=step.after.value,
        )


def begin(session: Session, contract: EspacioContract, instead_of: EspacioContract | None) -> bool:
    """Put a scheduled contract into force, and the one before it out of it, in one step."""
    if instead_of is not None and not replace(session, instead_of, contract, *CURRENT):
        return False
    return move(session, contract, ContractState.SCHEDULED, ContractState.ACTIVE)


def replace(
    session: Session, old: EspacioContract, new: EspacioContract, *states: ContractState
) -> bool:
    """Say that a contract, which is in one of these states, gave way to another."""
    replaced = session.exec(
        update(EspacioContract)
        .where(col(EspacioContract.id) == old.id, col(EspacioContract.state).in_(states))
        .values(state=ContractState.REPLACED, replaced_by=new.id)
        .returning(col(EspacioContract.id))
    ).first()
    return replaced is not None


def move(
    session: Session, contract: EspacioContract, before: ContractState, after: ContractState
) -> bool:
    """Change a contract's state, unless somebody has done so already."""
    moved = session.exec(
        update(EspacioContract)
        .where(col(EspacioContract.id) == contract.id, col(EspacioContract.state) == before)
        .values(state=after)
        .returning(col(EspacioContract.id))
    ).first()
    return moved is not None


def contract_in(
    session: Session, espacio: Espacio, *states: ContractState
) -> EspacioContract | None:
    """Give the Espacio's contract in one of these states, as it is in the store now; it has one at the most."""
    return session.exec(
        select(EspacioContract)
        .where(EspacioContract.espacio_id == espacio.id, col(EspacioContract.state).in_(states))
        .execution_options(populate_existing=True)
    ).first()
