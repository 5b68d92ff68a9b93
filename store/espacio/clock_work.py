"""The clock's work: one step that may be done at any time, by any process, as often as anybody likes.

Run when the desk is opened and by `escritorio tick`. What is due is looked up without a lock; each Espacio and each lot
of keys then has a short transaction of its own, which looks again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, exists, select, update

from store.audit.chain import record
from store.espacio.due import desks_due, remind, tell_steps
from store.espacio.letters import Writer
from store.espacio.passing import CLOCK, catch_up, record_steps
from store.espacio.tables import ContractState, Espacio
from store.installation.store import Store
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.orders.expiry import expire_orders, remind_of_orders
from store.orders.locking import lock_desk
from store.orders.tables import OrderState, SaleOrder

_NAMES = {
    ContractState.ACTIVE: "begun",
    ContractState.GRACE: "in_grace",
    ContractState.SUSPENDED: "suspended",
    ContractState.EXPIRED: "expired",
}


@dataclass(frozen=True)
class TickReport:
    """What the clock did; all zero where nothing was due."""

    begun: int = 0
    """Scheduled contracts that began."""
    in_grace: int = 0
    suspended: int = 0
    expired: int = 0
    reminded: int = 0
    """Mails before the end of a contract, or before the last day of an order."""
    keys: int = 0
    """Prepaid keys past their last day."""
    orders: int = 0
    """Orders past their due day."""


def tick(store: Store) -> TickReport:
    """Do what the passing of days has made due; twice is as good as once.

    Raises:
        StoreRefused: The store is busy or away; what was done until then stays done.
    """
    done: Counter[str] = Counter()
    today = store.clock.today()
    with store.reading() as session:
        desks, lots = desks_due(session, today), _lots_due(session, today)
        orders_are_due = _are_orders_due(session, today)
    for desk_id in desks:
        with store.writing() as session:
            done.update(_pass(session, store, desk_id))
    for lot_id in lots:
        with store.writing() as session:
            done["keys"] += _expire_keys(session, store, lot_id)
    if orders_are_due:
        with store.writing() as session:
            done["reminded"] += remind_of_orders(session, store.clock)
        with store.writing() as session:
            done["orders"] += expire_orders(session, store.clock)
    return TickReport(**done)


def _pass(session: Session, store: Store, desk_id: int) -> Counter[str]:
    """Let the days pass for one desk's Espacio."""
    desk = lock_desk(session, desk_id)
    espacio = session.exec(select(Espacio).where(Espacio.desk_id == desk_id)).one()
    writer = Writer(store.words, store.clock)
    steps = catch_up(session, espacio, store.clock.today())
    tell_steps(session, writer, desk, steps, store.clock)
    done = Counter(_NAMES[step.after] for step in steps)
    done["reminded"] += remind(session, writer, desk, espacio, store.clock)
    record_steps(session, steps, store.clock)
    return done


def _lots_due(session: Session, today: date) -> Sequence[int]:
    """Give the lots that hold issued keys past their last day."""
    return session.exec(
        select(KeyLot.id)
        .where(
            col(KeyLot.redeem_by) < today,
            exists().where(
                col(PrepaidKey.lot_id) == col(KeyLot.id),
                col(PrepaidKey.state) == KeyState.ISSUED,
            ),
        )
        .order_by(col(KeyLot.id))
    ).all()


def _expire_keys(session: Session, store: Store, lot_id: int) -> int:
    """Let a lot's issued keys expire; one that is confirmed in this instant is not issued any more."""
    expired = session.exec(
        update(PrepaidKey)
        .where(
            col(PrepaidKey.lot_id) == lot_id,
            col(PrepaidKey.state) == KeyState.ISSUED,
            col(PrepaidKey.lot_id).in_(
                select(KeyLot.id).where(col(KeyLot.redeem_by) < store.clock.today())
            ),
        )
        .values(state=KeyState.EXPIRED)
        .returning(col(PrepaidKey.id))
    ).all()
    if expired:
        now = store.clock.now()
        record(session, CLOCK, "lot.expired", f"lot:{lot_id}", now=now, keys=len(expired))
    return len(expired)


def _are_orders_due(session: Session, today: date) -> bool:
    due = exists().where(
        col(SaleOrder.state) == OrderState.TO_PAY,
        col(SaleOrder.due_on) <= today + timedelta(days=1),
    )
    return bool(session.exec(select(due)).one())
