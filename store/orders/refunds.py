"""Giving the money of an order back: asked by one person, decided by another, what it undoes told before (SPEC 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, select, update

from store.accounts.person import Person, Power, account_of, require
from store.accounts.tables import Account, Desk
from store.audit.chain import record
from store.errors import Mistyped, NotFound, OrderRefused, OwnRefund
from store.mail.outbox import enqueue
from store.money import pesos
from store.orders.balance import move_balance
from store.orders.bringing import reason_of
from store.orders.finding import lock_order
from store.orders.letters import order_ended
from store.orders.tables import (
    IS_ASKED,
    LedgerReason,
    OrderState,
    Payment,
    PaymentState,
    Refund,
    RefundState,
    SaleOrder,
)
from store.orders.undoing import effects_of, told_effects, undo_lines
from store.text import _
from store.windows.listing import Listed
from store.windows.order import plain_order

_PAID = (OrderState.PAID, OrderState.DELIVERED)


@dataclass(frozen=True)
class RefundRow:
    """A refund that was asked for, with what it will do."""

    refund_id: int
    order_id: int
    folio: str
    desk: str
    amount_centavos: int
    reason: str
    asked_by: str
    asked_at: datetime
    effects: tuple[str, ...]
    """A sentence for each line: what ends, what is voided."""


def refund_effects(session: Session, person: Person, order_id: int) -> tuple[str, ...]:
    """Say what giving the money back would undo, a sentence for each line, before anybody asks for it.

    Raises:
        NotFound: There is no such order.
        OrderRefused: It is not paid, or what it brought was used already.
    """
    require(session, person, Power.ASK_REFUND)
    return effects_of(session, _paid_order(session, person, order_id))


def ask_refund(
    session: Session,
    person: Person,
    order_id: int,
    reason: str,
    *,
    now: datetime,
    amount_centavos: int | None = None,
) -> int:
    """Ask for the money of a paid order, all of it or a part; give the refund's number. Nothing is undone yet.

    Raises:
        OrderRefused: It is not paid, what it brought was used already, or somebody has asked for it.
        Mistyped, CardNumberTyped: The reason, or an amount that is not a part of what was paid.
    """
    require(session, person, Power.ASK_REFUND)
    reason = reason_of(reason)
    order = _paid_order(session, person, order_id)
    effects_of(session, order)
    if _live_refund(session, order.id) is not None:
        raise OrderRefused(_("Ya se pidió el reembolso de ese pedido."))
    amount = order.paid_centavos if amount_centavos is None else amount_centavos
    if not 0 < amount <= order.paid_centavos:
        raise Mistyped(
            _("El pedido se pagó con {paid}.").format(paid=pesos(order.paid_centavos)), "amount"
        )
    refund = Refund(
        order_id=order.id,
        amount_centavos=amount,
        reason=reason,
        asked_by=account_of(person),
        asked_at=now,
    )
    session.add(refund)
    session.flush()
    said = {"order": order.id, "amount": amount, "reason": reason}
    record(session, person, "refund.asked", f"refund:{refund.id}", now=now, **said)
    return refund.id


def approve_refund(session: Session, person: Person, refund_id: int, *, now: datetime) -> int:
    """Give the money back as saldo a favor and undo what the order brought; give the balance after it.

    Raises:
        OwnRefund: The person asked for it.
        OrderRefused: It was decided already, or what the order brought was used since.
    """
    require(session, person, Power.DECIDE_REFUND)
    refund, order = _decided(session, person, refund_id, RefundState.APPROVED, now)
    undo_lines(session, order, refund.reason)
    _mark_refunded(session, order)
    if refund.amount_centavos == order.paid_centavos:
        _return_payments(session, order)
    amount = refund.amount_centavos
    reason = LedgerReason.REFUND
    balance = move_balance(session, order.desk_id, amount, reason, order_id=order.id, now=now)
    desk = session.get_one(Desk, order.desk_id)
    letter = order_ended(desk, order, _(OrderState.REFUNDED.value), amount)
    enqueue(session, letter, fact=f"order-refunded:{order.id}", desk=desk, now=now)
    said = {"order": order.id, "amount": amount}
    record(session, person, "refund.approved", f"refund:{refund.id}", now=now, **said)
    return balance


def reject_refund(
    session: Session, person: Person, refund_id: int, reason: str, *, now: datetime
) -> None:
    """Say no to a refund, with a reason; it may be asked for again.

    Raises:
        OwnRefund, OrderRefused: As above.
        Mistyped, CardNumberTyped: What was written as the reason.
    """
    require(session, person, Power.DECIDE_REFUND)
    reason = reason_of(reason)
    refund, order = _decided(session, person, refund_id, RefundState.REJECTED, now)
    said = {"order": order.id, "reason": reason}
    record(session, person, "refund.rejected", f"refund:{refund.id}", now=now, **said)


def refunds_inbox(session: Session, person: Person) -> Listed[RefundRow]:
    """Give the refunds that wait for a decision, oldest first; for the staff."""
    require(session, person, Power.LOOK_EVERYWHERE)
    oldest = plain_order(col(Refund.id), descending=False)
    return Listed(col(Refund.id), and_(IS_ASKED), oldest, _refund_rows)


def _refund_rows(session: Session, numbers: Sequence[int]) -> dict[int, RefundRow]:
    found = session.exec(
        select(Refund, SaleOrder, Desk.name, Account.username)
        .join(SaleOrder, col(SaleOrder.id) == col(Refund.order_id))
        .join(Desk, col(Desk.id) == col(SaleOrder.desk_id))
        .join(Account, col(Account.id) == col(Refund.asked_by))
        .where(col(Refund.id).in_(numbers))
    ).all()
    return {
        refund.id: RefundRow(
            refund.id,
            order.id,
            order.folio,
            desk,
            refund.amount_centavos,
            refund.reason,
            username,
            refund.asked_at,
            told_effects(session, order),
        )
        for refund, order, desk, username in found
    }


def _paid_order(session: Session, person: Person, order_id: int) -> SaleOrder:
    order = lock_order(session, person, order_id)
    if order.state not in _PAID:
        raise OrderRefused(_("Solo se reembolsa un pedido pagado."))
    return order


def _live_refund(session: Session, order_id: int) -> Refund | None:
    return session.exec(
        select(Refund).where(Refund.order_id == order_id, Refund.state != RefundState.REJECTED)
    ).first()


def _decided(
    session: Session, person: Person, refund_id: int, state: RefundState, now: datetime
) -> tuple[Refund, SaleOrder]:
    """The claim is the test: a refund is decided once, and not by who asked for it."""
    refund = session.get(Refund, refund_id)
    if refund is None:
        raise NotFound(_("No hay ese reembolso."))
    order = lock_order(session, person, refund.order_id)
    if refund.asked_by == account_of(person):
        raise OwnRefund
    decided = session.exec(
        update(Refund)
        .where(col(Refund.id) == refund_id, col(Refund.state) == RefundState.ASKED)
        .values(state=state, decided_by=person.account_id, decided_at=now)
        .returning(col(Refund.id))
    ).first()
    if decided is None:
        raise OrderRefused(_("Ese reembolso ya se decidió."))
    session.refresh(refund)
    return refund, order


def _mark_refunded(session: Session, order: SaleOrder) -> None:
    marked = session.exec(
        update(SaleOrder)
        .where(col(SaleOrder.id) == order.id, col(SaleOrder.state).in_(_PAID))
        .values(state=OrderState.REFUNDED, problem=None)
        .returning(col(SaleOrder.id))
    ).first()
    if marked is None:
        raise OrderRefused(_("Solo se reembolsa un pedido pagado."))
    session.refresh(order)


def _return_payments(session: Session, order: SaleOrder) -> None:
    session.exec(
        update(Payment)
        .where(col(Payment.order_id) == order.id, col(Payment.state) == PaymentState.CONFIRMED)
        .values(state=PaymentState.RETURNED)
    )
