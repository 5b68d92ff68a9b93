"""The free gigabyte: once, for a desk that never had an Espacio (seed 003, step 2)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from store.accounts.person import Person, Power, desk_of, require
from store.audit.chain import record
from store.catalogue.tables import Plan
from store.errors import FreeNotDue
from store.espacio.codes import issue_code
from store.espacio.letters import Entry, Writer
from store.espacio.making import new_espacio
from store.espacio.plans import PlanRow, find_plan
from store.espacio.tables import ContractState, Espacio, EspacioContract, Naming
from store.installation.store import Store
from store.mail.outbox import enqueue
from store.orders.locking import lock_desk


@dataclass(frozen=True)
class Activated:
    """What the confirmation shows: the address and the storage."""

    name: str
    address: str
    plan: PlanRow


def is_due(session: Session, person: Person) -> bool:
    """Tell whether the person's desk is shown the banner: it never had an Espacio."""
    require(session, person, Power.LOOK)
    if person.desk_id is None or _free_plan(session) is None:
        return False
    return session.exec(select(Espacio.id).where(Espacio.desk_id == person.desk_id)).first() is None


def activate_free(session: Session, person: Person, store: Store) -> Activated:
    """Give the person's desk its free Espacio, and mail how to enter it.

    It takes the desk's usuario as its name; where another Espacio has that, the nearest one that is free.

    Raises:
        FreeNotDue: The desk had an Espacio before.
        NotAllowed: The person may not contract.
    """
    require(session, person, Power.CONTRACT)
    clock, now = store.clock, store.clock.now()
    desk = lock_desk(session, desk_of(person))
    plan_code = _free_plan(session)
    if plan_code is None or not is_due(session, person):
        raise FreeNotDue
    plan = find_plan(session, plan_code, custody=False, price=None)
    espacio = new_espacio(session, desk, Naming.USERNAME, clock)
    session.add(
        EspacioContract(
            espacio_id=espacio.id,
            plan_code=plan.code,
            state=ContractState.ACTIVE,
            starts_on=clock.today(),
        )
    )
    issued = issue_code(session, store.pepper, espacio.id, now=now)
    letter = Writer(store.words, clock).free(plan, Entry(espacio.written_name, desk.handle, issued))
    enqueue(session, letter, fact=f"espacio-free:{espacio.id}", desk=desk, now=now)
    subject = f"espacio:{espacio.id}"
    record(session, person, "espacio.activated", subject, now=now, name=espacio.name)
    return Activated(espacio.name, store.words.address_of(espacio.name), plan)


def _free_plan(session: Session) -> str | None:
    return session.exec(select(Plan.product_code).where(Plan.is_free)).first()
