"""Payments as the staff's inbox and an order's details show them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select

from store.accounts.person import Person, Power, require
from store.accounts.tables import Account, Desk
from store.orders.rows import PaymentRow
from store.orders.tables import IS_UNDECIDED, OPEN, Payment, SaleOrder
from store.windows.listing import Listed
from store.windows.order import plain_order


def payments_inbox(session: Session, person: Person) -> Listed[PaymentRow]:
    """Give the payments of every desk that nobody decided yet, oldest first; for the staff.

    Raises:
        NotAllowed: The person is not of the staff.
    """
    require(session, person, Power.LOOK_EVERYWHERE)
    oldest = plain_order(col(Payment.id), descending=False)
    return Listed(col(Payment.id), and_(IS_UNDECIDED), oldest, _numbered)


def _numbered(session: Session, numbers: Sequence[int]) -> dict[int, PaymentRow]:
    return {row.payment_id: row for row in payment_rows(session, col(Payment.id).in_(numbers))}


def payment_rows(session: Session, condition: ColumnElement[bool]) -> tuple[PaymentRow, ...]:
    """Give the payments that meet a condition, as they came; nobody is asked for a role."""
    found = session.exec(
        select(Payment, SaleOrder, Desk)
        .join(SaleOrder, col(SaleOrder.id) == col(Payment.order_id))
        .join(Desk, col(Desk.id) == col(SaleOrder.desk_id))
        .where(condition)
        .order_by(col(Payment.id))
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
