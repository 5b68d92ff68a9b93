"""Paying with the saldo a favor: the one payment that confirms itself, since a ledger stands behind it (SPEC 6)."""

from __future__ import annotations

from sqlmodel import Session

from store.accounts.person import Person, Power, account_of, require
from store.audit.chain import record
from store.errors import Mistyped, OrderRefused, PaymentRefused
from store.installation.store import Store
from store.money import pesos
from store.orders.balance import balance_at, move_balance
from store.orders.deciding import write_confirmation
from store.orders.finding import lock_order
from store.orders.settling import PaymentOutcome, apply_payment
from store.orders.tables import (
    OPEN,
    LedgerReason,
    Payment,
    PaymentMethod,
    PaymentState,
    SaleOrder,
)
from store.text import _


def pay_with_balance(
    session: Session,
    person: Person,
    order_id: int,
    store: Store,
    amount_centavos: int | None = None,
) -> PaymentOutcome:
    """Pay with the saldo a favor, all that is missing or as much as there is; it confirms itself.

    Raises:
        PaymentRefused: There is no saldo, or less than that.
        Mistyped: More than is missing, or nothing.
        OrderRefused: The order does not wait for money.
    """
    require(session, person, Power.PAY)
    order = lock_order(session, person, order_id)
    if order.state not in OPEN:
        raise OrderRefused(_("Ese pedido ya no espera un pago."))
    amount = _amount(session, order, amount_centavos)
    payment = _payment(session, person, order, amount, store)
    move_balance(
        session,
        order.desk_id,
        -amount,
        LedgerReason.APPLIED,
        order_id=order.id,
        payment_id=payment.id,
        now=store.clock.now(),
    )
    outcome = apply_payment(session, person, order, payment, store)
    write_confirmation(session, order, payment, outcome, store)
    said = {"order": order.id, "amount": amount, "state": order.state.value}
    subject = f"payment:{payment.id}"
    record(session, person, "payment.from_balance", subject, now=store.clock.now(), **said)
    return outcome


def _amount(session: Session, order: SaleOrder, wanted: int | None) -> int:
    balance = balance_at(session, order.desk_id)
    if not balance:
        raise PaymentRefused(_("No hay saldo a favor."))
    amount = min(balance, order.missing_centavos) if wanted is None else wanted
    if not 0 < amount <= order.missing_centavos:
        raise Mistyped(
            _("Al pedido le faltan {missing}.").format(missing=pesos(order.missing_centavos)),
            "amount",
        )
    return amount


def _payment(
    session: Session, person: Person, order: SaleOrder, amount: int, store: Store
) -> Payment:
    now = store.clock.now()
    payment = Payment(
        order_id=order.id,
        method=PaymentMethod.BALANCE,
        amount_centavos=amount,
        state=PaymentState.CONFIRMED,
        paid_on=store.clock.today(),
        four_eyes=store.settings.four_eyes,
        declared_by=account_of(person),
        decided_by=account_of(person),
        created_at=now,
        decided_at=now,
    )
    session.add(payment)
    session.flush()
    return payment
