"""What confirmed money does: it fills its order, the rest goes to the saldo, and a full order is delivered at once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, func, select, update

from store.accounts.person import Person
from store.errors import OrderRefused
from store.installation.store import Store
from store.orders.balance import move_balance
from store.orders.fulfilment import deliver_lines
from store.orders.tables import (
    OPEN,
    UNDECIDED,
    LedgerReason,
    OrderState,
    Payment,
    SaleOrder,
)
from store.text import _


@dataclass(frozen=True)
class PaymentOutcome:
    """What became of a payment, and of its order."""

    payment_id: int
    folio: str
    state: OrderState
    missing_centavos: int
    """«Faltan $ 10.00»; 0 where nothing does, or where the order takes no money any more."""
    to_balance_centavos: int = 0
    """What went to the saldo a favor."""
    problem: str = ""
    """Why the paid order could not be delivered, in a sentence."""


def apply_payment(
    session: Session, person: Person, order: SaleOrder, payment: Payment, store: Store
) -> PaymentOutcome:
    """Let a payment that was just confirmed fill its order; the desk is locked.

    Money for an order that takes none any more (full, cancelled, expired) is no less the desk's: it goes to the saldo.
    """
    applied = min(payment.amount_centavos, order.missing_centavos) if order.state in OPEN else 0
    if applied:
        _fill(session, order, applied)
    rest = payment.amount_centavos - applied
    if rest:
        move_balance(
            session,
            order.desk_id,
            rest,
            LedgerReason.EXCESS,
            order_id=order.id,
            payment_id=payment.id,
            now=store.clock.now(),
        )
    settle_order(session, person, order, store)
    return outcome_of(order, payment, rest)


def _fill(session: Session, order: SaleOrder, applied: int) -> None:
    """Add to what an order has; the CHECK on its row refuses more than its total."""
    filled = session.exec(
        update(SaleOrder)
        .where(
            col(SaleOrder.id) == order.id,
            col(SaleOrder.state).in_(OPEN),
            col(SaleOrder.paid_centavos) == order.paid_centavos,
        )
        .values(paid_centavos=col(SaleOrder.paid_centavos) + applied)
        .returning(col(SaleOrder.id))
    ).first()
    if filled is None:
        raise OrderRefused(_("El pedido cambió en otra sesión; míralo de nuevo."))
    session.refresh(order)


def settle_order(session: Session, person: Person, order: SaleOrder, store: Store) -> None:
    """Put an open order into the state that its payments give it; a full one is paid, and delivered with it."""
    if order.state not in OPEN:
        return
    if order.missing_centavos:
        pending = session.exec(
            select(func.count()).where(
                col(Payment.order_id) == order.id, col(Payment.state).in_(UNDECIDED)
            )
        ).one()
        _move(session, order, OrderState.IN_REVIEW if pending else OrderState.TO_PAY)
        return
    _move(session, order, OrderState.PAID, paid_at=store.clock.now())
    deliver_lines(session, person, order, store)


def _move(session: Session, order: SaleOrder, state: OrderState, **values: object) -> None:
    session.exec(
        update(SaleOrder)
        .where(col(SaleOrder.id) == order.id, col(SaleOrder.state).in_(OPEN))
        .values(state=state, **values)
    )
    session.refresh(order)


def outcome_of(order: SaleOrder, payment: Payment, to_balance: int = 0) -> PaymentOutcome:
    """Tell what became of a payment and of its order."""
    return PaymentOutcome(
        payment_id=payment.id,
        folio=order.folio,
        state=order.state,
        missing_centavos=order.missing_centavos if order.state in OPEN else 0,
        to_balance_centavos=to_balance,
        problem=order.problem or "",
    )
