"""The order for a desk's Espacio that is not paid or not delivered yet: while it waits, its credit is spoken for."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.errors import OrderWaits
from store.orders.tables import OPEN, OrderItem, OrderState, SaleOrder


def waiting_order(
    session: Session, desk_id: int, *, besides: int | None = None
) -> SaleOrder | None:
    """Give the desk's order for its Espacio that waits, but for one; there is one at the most."""
    return session.exec(
        select(SaleOrder)
        .join(OrderItem, col(OrderItem.order_id) == col(SaleOrder.id))
        .where(
            SaleOrder.desk_id == desk_id,
            SaleOrder.id != besides,
            col(SaleOrder.state).in_((*OPEN, OrderState.PAID)),
            col(OrderItem.espacio_line).is_(True),
        )
    ).first()


def refuse_while_ordered(session: Session, desk_id: int) -> None:
    """Refuse a second change of the Espacio beside one that was ordered.

    Raises:
        OrderWaits: Its order is not paid or not delivered yet.
    """
    order = waiting_order(session, desk_id)
    if order is not None:
        raise OrderWaits(order.id, order.folio, is_paid=order.state is OrderState.PAID)
