"""Deciding on a payment: confirmed by another person than recorded it, or rejected with a reason (SPEC 6)."""

from __future__ import annotations

from sqlmodel import Session, col, update

from store.accounts.person import Person, Power, account_of, require
from store.accounts.tables import Desk
from store.audit.chain import record
from store.errors import NotFound, OwnPayment, PaymentRefused
from store.installation.store import Store
from store.mail.outbox import enqueue
from store.orders.bringing import reason_of
from store.orders.finding import lock_order
from store.orders.letters import payment_confirmed, payment_rejected
from store.orders.settling import PaymentOutcome, apply_payment, outcome_of, settle_order
from store.orders.tables import UNDECIDED, Payment, PaymentState, SaleOrder
from store.text import _


def confirm_payment(
    session: Session, person: Person, payment_id: int, store: Store
) -> PaymentOutcome:
    """Let another person confirm it; the last one that was missing pays the order and delivers it.

    Raises:
        OwnPayment: The person recorded it, and two are needed.
        PaymentRefused: It was decided already, or was only declared.
    """
    require(session, person, Power.CONFIRM_PAYMENT)
    payment, order = _locked(session, person, payment_id)
    if payment.state is PaymentState.DECLARED:
        raise PaymentRefused(_("Primero regístralo: solo está declarado."))
    # The stricter of then and now: switching the rule off does not reach back to what was recorded under it.
    if payment.recorded_by == account_of(person) and (
        payment.four_eyes or store.settings.four_eyes
    ):
        raise OwnPayment
    _decide(session, person, payment, PaymentState.CONFIRMED, store)
    outcome = apply_payment(session, person, order, payment, store)
    write_confirmation(session, order, payment, outcome, store)
    record(
        session,
        person,
        "payment.confirmed",
        f"payment:{payment.id}",
        now=store.clock.now(),
        order=order.id,
        amount=payment.amount_centavos,
        to_balance=outcome.to_balance_centavos,
        state=order.state.value,
        four_eyes=payment.four_eyes,
    )
    return outcome


def reject_payment(
    session: Session, person: Person, payment_id: int, reason: str, store: Store
) -> PaymentOutcome:
    """Refuse a declared or recorded payment with a reason; its movement is free again.

    Raises:
        Mistyped, CardNumberTyped: What was written as the reason.
        PaymentRefused: It was decided already.
    """
    require(session, person, Power.CONFIRM_PAYMENT)
    reason = reason_of(reason)
    payment, order = _locked(session, person, payment_id)
    reject(session, person, payment, reason, store)
    settle_order(session, person, order, store)
    now = store.clock.now()
    desk = session.get_one(Desk, order.desk_id)
    letter = payment_rejected(desk, order, payment, reason)
    enqueue(session, letter, fact=f"payment-rejected:{payment.id}", desk=desk, now=now)
    said = {"order": order.id, "reason": reason}
    record(session, person, "payment.rejected", f"payment:{payment.id}", now=now, **said)
    return outcome_of(order, payment)


def reject(session: Session, person: Person, payment: Payment, reason: str, store: Store) -> None:
    """Reject a payment as part of a larger step."""
    _decide(session, person, payment, PaymentState.REJECTED, store, reason=reason)


def write_confirmation(
    session: Session, order: SaleOrder, payment: Payment, outcome: PaymentOutcome, store: Store
) -> None:
    """Queue the mail that tells the desk that its money was confirmed."""
    desk = session.get_one(Desk, order.desk_id)
    letter = payment_confirmed(
        desk, order, payment, outcome.missing_centavos, outcome.to_balance_centavos
    )
    fact = f"payment-confirmed:{payment.id}"
    enqueue(session, letter, fact=fact, desk=desk, now=store.clock.now())


def _locked(session: Session, person: Person, payment_id: int) -> tuple[Payment, SaleOrder]:
    found = session.get(Payment, payment_id)
    if found is None:
        raise NotFound(_("No hay ese pago."))
    order = lock_order(session, person, found.order_id)
    return session.get_one(Payment, payment_id, populate_existing=True), order


def _decide(
    session: Session,
    person: Person,
    payment: Payment,
    state: PaymentState,
    store: Store,
    *,
    reason: str | None = None,
) -> None:
    """The claim is the test: a payment is decided once, whoever else is deciding it in the same instant."""
    before = UNDECIDED if state is PaymentState.REJECTED else (PaymentState.RECORDED,)
    decided = session.exec(
        update(Payment)
        .where(col(Payment.id) == payment.id, col(Payment.state).in_(before))
        .values(
            state=state,
            decided_by=account_of(person),
            decided_at=store.clock.now(),
            reason=reason,
        )
        .returning(col(Payment.id))
    ).first()
    if decided is None:
        raise PaymentRefused(_("Ese pago ya se decidió."))
    session.refresh(payment)
