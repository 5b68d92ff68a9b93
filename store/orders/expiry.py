"""The clock's work on orders: the day before its last one an order says so, the day after it has expired."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from store.audit.chain import record
from store.calendar import Clock
from store.espacio.passing import CLOCK
from store.mail.outbox import enqueue
from store.mail.tables import Mail
from store.orders.cancel import end_order
from store.orders.letters import order_due
from store.orders.locking import lock_desk
from store.orders.tables import OrderState, SaleOrder

_NOTICE = timedelta(days=1)


def expire_orders(session: Session, clock: Clock) -> int:
    """Let orders expire whose last day has passed, and give how many; a second time it does nothing more.

    One that has a payment in review waits for it. What had been confirmed goes to the saldo a favor. Desks are locked
    one after the other, so nothing that locks the audit chain may come before in the same transaction.
    """
    ended: list[tuple[SaleOrder, int]] = []
    for order_id, desk_id in _waiting(session, col(SaleOrder.due_on) < clock.today()):
        lock_desk(session, desk_id)
        order = session.get_one(SaleOrder, order_id, populate_existing=True)
        to_balance = end_order(session, order, OrderState.EXPIRED, now=clock.now())
        if to_balance is not None:
            ended.append((order, to_balance))
    for order, to_balance in ended:
        said = {"folio": order.folio, "to_balance": to_balance}
        record(session, CLOCK, "order.expired", f"order:{order.id}", now=clock.now(), **said)
    return len(ended)


def remind_of_orders(session: Session, clock: Clock) -> int:
    """Queue a mail for each order whose last day is today or tomorrow, once, and give how many."""
    today, reminded = clock.today(), 0
    for order_id, desk_id in _waiting(
        session, col(SaleOrder.due_on).between(today, today + _NOTICE)
    ):
        desk = lock_desk(session, desk_id)
        order = session.get_one(SaleOrder, order_id, populate_existing=True)
        fact = f"order-due:{order.id}"
        told = session.exec(select(Mail.id).where(Mail.fact == fact)).first()
        if told is None and order.state is OrderState.TO_PAY:
            enqueue(session, order_due(desk, order), fact=fact, desk=desk, now=clock.now())
            reminded += 1
    return reminded


def _waiting(session: Session, condition: ColumnElement[bool]) -> list[tuple[int, int]]:
    """Give orders that wait for money, desk by desk, so that two clocks lock them in the same order."""
    return list(
        session.exec(
            select(SaleOrder.id, SaleOrder.desk_id)
            .where(col(SaleOrder.state) == OrderState.TO_PAY, condition)
            .order_by(col(SaleOrder.desk_id), col(SaleOrder.id))
        ).all()
    )
