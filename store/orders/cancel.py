"""Cancelling an order that waits for money; what had been confirmed of it goes to the saldo a favor."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, update

from store.accounts.person import Person, Power, require
from store.accounts.tables import Desk
from store.audit.chain import record
from store.errors import OrderRefused
from store.mail.outbox import enqueue
from store.orders.balance import move_balance
from store.orders.bringing import reason_of
from store.orders.finding import lock_order
from store.orders.letters import order_ended
from store.orders.tables import LedgerReason, OrderState, SaleOrder
from store.text import _


def cancel_order(
    session: Session, person: Person, order_id: int, reason: str, *, now: datetime
) -> int:
    """Cancel an order that is not paid; give what went to the saldo a favor, in centavos.

    Raises:
        Mistyped, CardNumberTyped: What was written as the reason.
        OrderRefused: A payment of it is being looked at, or it does not wait for money.
    """
    require(session, person, Power.CANCEL_ORDER)
    reason = reason_of(reason)
    order = lock_order(session, person, order_id)
    if order.state is OrderState.IN_REVIEW:
        raise OrderRefused(_("Ese pedido tiene un pago en revisión; espera a que se decida."))
    to_balance = end_order(session, order, OrderState.CANCELLED, now=now, reason=reason)
    if to_balance is None:
        raise OrderRefused(_("Ese pedido ya no se puede cancelar."))
    said = {"reason": reason, "to_balance": to_balance}
    record(session, person, "order.cancelled", f"order:{order.id}", now=now, **said)
    return to_balance


def end_order(
    session: Session,
    order: SaleOrder,
    state: OrderState,
    *,
    now: datetime,
    reason: str | None = None,
) -> int | None:
    """Cancel an order, or let it expire, with the money that it had; the desk is locked.

    Returns:
        What went to the saldo a favor; `None` where the order does not wait for money any more.
    """
    ended = session.exec(
        update(SaleOrder)
        .where(col(SaleOrder.id) == order.id, col(SaleOrder.state) == OrderState.TO_PAY)
        .values(state=state, reason=reason)
        .returning(col(SaleOrder.paid_centavos))
    ).scalar_one_or_none()
    if ended is None:
        return None
    session.refresh(order)
    paid = int(ended)
    if paid:
        refund = LedgerReason.REFUND
        move_balance(session, order.desk_id, paid, refund, order_id=order.id, now=now)
    desk = session.get_one(Desk, order.desk_id)
    letter = order_ended(desk, order, _(state.value), paid)
    enqueue(session, letter, fact=f"order-{state.name.lower()}:{order.id}", desk=desk, now=now)
    return paid
