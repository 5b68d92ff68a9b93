"""Orders and payments as lists show them: «Mis pedidos», and the staff's inbox."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, desk_of, require
from store.accounts.tables import Account, Desk
from store.orders.cart import items_of
from store.orders.finding import find_order
from store.orders.tables import (
    OPEN,
    UNDECIDED,
    OrderItem,
    OrderState,
    Payment,
    PaymentMethod,
    PaymentState,
    SaleOrder,
)
from store.text import ngettext


@dataclass(frozen=True)
class OrderRow:
    """A line of «Mis pedidos»; centavos."""

    order_id: int
    folio: str
    desk: str
    state: OrderState
    placed_at: datetime
    due_on: date
    total_centavos: int
    paid_centavos: int
    summary: str
    """«@spacio 4G por un Mes», «@spacio 4G por un Mes y 2 más»."""

    @property
    def missing_centavos(self) -> int:
        """«Faltan $ 10.00»; 0 where the order takes no money any more."""
        return self.total_centavos - self.paid_centavos if self.state in OPEN else 0


@dataclass(frozen=True)
class PaymentRow:
    """A payment, for the staff's inbox and for an order's details; centavos."""

    payment_id: int
    order_id: int
    folio: str
    desk: str
    method: PaymentMethod
    state: PaymentState
    amount_centavos: int
    missing_centavos: int
    """What its order lacks, before this payment."""
    paid_on: date
    bank: str
    tracking: str
    declared_by: str
    recorded_by: str
    decided_by: str
    """The usuarios; empty where nobody has yet."""
    four_eyes: bool
    """False: it was recorded while one person was enough."""
    created_at: datetime
    reason: str
    """Why it was rejected."""


@dataclass(frozen=True)
class OrderLine:
    """A line of an order as it was placed; centavos, before tax."""

    description: str
    quantity: int
    gross_centavos: int
    discount_bp: int
    discount_centavos: int
    credit_centavos: int
    is_delivered: bool


@dataclass(frozen=True)
class OrderView:
    """An order with all that belongs to it; centavos."""

    row: OrderRow
    lines: tuple[OrderLine, ...]
    gross_centavos: int
    discount_centavos: int
    credit_centavos: int
    subtotal_centavos: int
    tax_rate_bp: int
    tax_centavos: int
    payments: tuple[PaymentRow, ...]
    reason: str
    """Why it was cancelled."""
    problem: str
    """Why it is paid and not delivered."""


def my_orders(session: Session, person: Person, *, most: int = 200) -> tuple[OrderRow, ...]:
    """Give the orders of the person's desk, newest first.

    Raises:
        NotAllowed: The person may not look, or chose no desk.
    """
    require(session, person, Power.LOOK)
    mine = (col(SaleOrder.desk_id) == desk_of(person), col(SaleOrder.state) != OrderState.CART)
    newest = (col(SaleOrder.placed_at).desc(), col(SaleOrder.id).desc())
    return _order_rows(session, mine, newest, most)


def list_orders(
    session: Session, person: Person, states: Collection[OrderState] = OPEN, *, most: int = 200
) -> tuple[OrderRow, ...]:
    """Give the orders in some states of every desk, oldest first; for the staff.

    Raises:
        NotAllowed: The person is not of the staff.
    """
    require(session, person, Power.LOOK_EVERYWHERE)
    wanted = [state for state in states if state is not OrderState.CART]
    oldest = (col(SaleOrder.placed_at), col(SaleOrder.id))
    return _order_rows(session, (col(SaleOrder.state).in_(wanted),), oldest, most)


def order_view(session: Session, person: Person, order_id: int) -> OrderView:
    """Give one order with its lines and payments; the staff may see any.

    Raises:
        NotFound: The desk has no such order.
    """
    require(session, person, Power.LOOK)
    order = find_order(session, person, order_id)
    (row,) = _order_rows(session, (col(SaleOrder.id) == order_id,), (), 1)
    return OrderView(
        row=row,
        lines=tuple(_order_line(item) for item in items_of(session, order_id)),
        gross_centavos=order.gross_centavos or 0,
        discount_centavos=order.discount_centavos or 0,
        credit_centavos=order.credit_centavos or 0,
        subtotal_centavos=order.subtotal_centavos or 0,
        tax_rate_bp=order.tax_rate_bp,
        tax_centavos=order.tax_centavos or 0,
        payments=_payment_rows(session, col(Payment.order_id) == order_id, 1000),
        reason=order.reason or "",
        problem=order.problem or "",
    )


def payments_inbox(
    session: Session,
    person: Person,
    states: Collection[PaymentState] = UNDECIDED,
    *,
    most: int = 200,
) -> tuple[PaymentRow, ...]:
    """Give the payments in some states of every desk, oldest first; for the staff.

    Raises:
        NotAllowed: The person is not of the staff.
    """
    require(session, person, Power.LOOK_EVERYWHERE)
    return _payment_rows(session, col(Payment.state).in_(list(states)), most)


def _order_rows(
    session: Session,
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[Any],
    most: int,
) -> tuple[OrderRow, ...]:
    found = session.exec(
        select(SaleOrder, Desk.name)
        .join(Desk, col(Desk.id) == col(SaleOrder.desk_id))
        .where(*conditions)
        .order_by(*order)
        .limit(most)
    ).all()
    summaries = _summaries(session, [sale.id for sale, _name in found])
    return tuple(_order_row(sale, name, summaries[sale.id]) for sale, name in found)


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


def _payment_rows(
    session: Session, condition: ColumnElement[bool], most: int
) -> tuple[PaymentRow, ...]:
    found = session.exec(
        select(Payment, SaleOrder, Desk)
        .join(SaleOrder, col(SaleOrder.id) == col(Payment.order_id))
        .join(Desk, col(Desk.id) == col(SaleOrder.desk_id))
        .where(condition)
        .order_by(col(Payment.id))
        .limit(most)
    ).all()
    people = _usernames(session, [payment for payment, _order, _desk in found])
    return tuple(_payment_row(*row, people) for row in found)


def _usernames(session: Session, payments: Sequence[Payment]) -> dict[int | None, str]:
    named = {
        account_id
        for payment in payments
        for account_id in (payment.declared_by, payment.recorded_by, payment.decided_by)
    }
    found = session.exec(select(Account).where(col(Account.id).in_(named - {None}))).all()
    return {account.id: account.username for account in found}


def _payment_row(
    payment: Payment, order: SaleOrder, desk: Desk, people: dict[int | None, str]
) -> PaymentRow:
    return PaymentRow(
        payment_id=payment.id,
        order_id=order.id,
        folio=order.folio,
        desk=desk.name,
        method=payment.method,
        state=payment.state,
        amount_centavos=payment.amount_centavos,
        missing_centavos=order.missing_centavos if order.state in OPEN else 0,
        paid_on=payment.paid_on,
        bank=payment.bank,
        tracking=payment.tracking,
        declared_by=people.get(payment.declared_by, ""),
        recorded_by=people.get(payment.recorded_by, ""),
        decided_by=people.get(payment.decided_by, ""),
        four_eyes=payment.four_eyes,
        created_at=payment.created_at,
        reason=payment.reason or "",
    )
