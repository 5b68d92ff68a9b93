"""Orders as lists show them: «Mis pedidos», those of all desks, and one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, and_, col, select

from store.accounts.person import Person, Power, desk_of, require
from store.accounts.tables import Desk
from store.orders.cart import items_of
from store.orders.finding import find_order
from store.orders.inbox import payment_rows
from store.orders.rows import OrderLine, OrderRow, OrderView
from store.orders.tables import IS_WAITING, OrderItem, Payment, SaleOrder
from store.text import ngettext
from store.windows.listing import Listed
from store.windows.order import plain_order

_PLACED = (col(SaleOrder.placed_at), col(SaleOrder.id))


def my_orders(session: Session, person: Person) -> Listed[OrderRow]:
    """Give the orders of the person's desk, newest first.

    Raises:
        NotAllowed: The person may not look, or chose no desk.
    """
    require(session, person, Power.LOOK)
    is_placed = col(SaleOrder.placed_at).is_not(
        None
    )  # a cart is no order, and the index knows this
    mine = and_(col(SaleOrder.desk_id) == desk_of(person), is_placed)
    newest = plain_order(*_PLACED, descending=True)
    return Listed(col(SaleOrder.id), mine, newest, _order_rows)


def waiting_orders(session: Session, person: Person) -> Listed[OrderRow]:
    """Give the orders of every desk that lack money or delivery, oldest first; for the staff.

    Raises:
        NotAllowed: The person is not of the staff.
    """
    require(session, person, Power.LOOK_EVERYWHERE)
    oldest = plain_order(*_PLACED, descending=False)
    return Listed(col(SaleOrder.id), and_(IS_WAITING), oldest, _order_rows)


def order_view(session: Session, person: Person, order_id: int) -> OrderView:
    """Give one order with its lines and payments; the staff may see any.

    Raises:
        NotFound: The desk has no such order.
    """
    require(session, person, Power.LOOK)
    order = find_order(session, person, order_id)
    return OrderView(
        row=_order_rows(session, [order_id])[order_id],
        lines=tuple(_order_line(item) for item in items_of(session, order_id)),
        gross_centavos=order.gross_centavos or 0,
        discount_centavos=order.discount_centavos or 0,
        credit_centavos=order.credit_centavos or 0,
        subtotal_centavos=order.subtotal_centavos or 0,
        tax_rate_bp=order.tax_rate_bp,
        tax_centavos=order.tax_centavos or 0,
        payments=payment_rows(session, col(Payment.order_id) == order_id),
        reason=order.reason or "",
        problem=order.problem or "",
    )


def _order_rows(session: Session, numbers: Sequence[int]) -> dict[int, OrderRow]:
    found = session.exec(
        select(SaleOrder, Desk.name)
        .join(Desk, col(Desk.id) == col(SaleOrder.desk_id))
        .where(col(SaleOrder.id).in_(numbers))
    ).all()
    summaries = _summaries(session, numbers)
    return {sale.id: _order_row(sale, name, summaries[sale.id]) for sale, name in found}


def _order_row(order: SaleOrder, desk: str, summary: str) -> OrderRow:
    assert order.placed_at is not None, "it was placed"
    assert order.due_on is not None, "it was placed"
    return OrderRow(
        order.id,
        order.folio,
        desk,
        order.state,
        order.placed_at,
        order.due_on,
        order.total_centavos or 0,
        order.paid_centavos,
        summary,
    )


def _summaries(session: Session, orders: Sequence[int]) -> dict[int, str]:
    """Say what each order is about: its first line, and how many more there are."""
    items = session.exec(
        select(OrderItem)
        .where(col(OrderItem.order_id).in_(orders))
        .order_by(col(OrderItem.order_id), col(OrderItem.id))
    ).all()
    lines: dict[int, list[str]] = {order_id: [] for order_id in orders}
    for item in items:
        lines[item.order_id].append(item.words)
    return {order_id: _summary(words) for order_id, words in lines.items()}


def _summary(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    more = ngettext("{first} y {n} más", "{first} y {n} más", len(words) - 1)
    return more.format(first=words[0], n=len(words) - 1)


def _order_line(item: OrderItem) -> OrderLine:
    return OrderLine(
        item.description,
        item.quantity,
        item.gross_centavos,
        item.discount_bp,
        item.discount_centavos,
        item.credit_centavos,
        item.delivered_at is not None,
    )
