"""Bringing money to an order: the customer declares it, caja records it; neither delivers anything (SPEC 6)."""

from __future__ import annotations

from sqlmodel import Session, col, select, update

from store.accounts.person import Person, Power, account_of, require
from store.audit.chain import record
from store.errors import NotFound, OrderRefused, PaymentRefused
from store.installation.store import Store
from store.orders.bringing import bring, live_movement, refuse_alike
from store.orders.deciding import reject
from store.orders.finding import lock_order
from store.orders.movement import AT_A_BANK, Money, checked, movement_of
from store.orders.settling import PaymentOutcome, outcome_of, settle_order
from store.orders.slip import takes_transfers
from store.orders.tables import OPEN, Payment, PaymentMethod, PaymentState, SaleOrder
from store.text import _


def declare_payment(
    session: Session, person: Person, order_id: int, money: Money, store: Store
) -> PaymentOutcome:
    """Let the customer say that they paid at a bank: «Declarado por ti – en revisión»; it delivers nothing.

    Raises:
        Mistyped: An amount, day, bank or number that cannot be.
        CardNumberTyped: It looks like a card number.
        MovementTaken: «Esa referencia ya está registrada.»
        OrderRefused: The order does not wait for money.
        PaymentRefused: It cannot be declared: cash and cards are paid at the counter.
    """
    require(session, person, Power.PAY)
    if money.method not in AT_A_BANK or not takes_transfers(store.settings):
        raise PaymentRefused(_("Ese pago se hace en caja; no se declara."))
    order = lock_order(session, person, order_id)
    if order.state not in OPEN:
        raise OrderRefused(_("Ese pedido ya no espera un pago."))
    payment = bring(session, person, order, checked(money, store.clock.today()), store)
    return _brought(session, person, order, payment, store)


def record_payment(
    session: Session,
    person: Person,
    order_id: int,
    money: Money,
    store: Store,
    *,
    is_other: bool = False,
) -> PaymentOutcome:
    """Let caja write down money that arrived, for any order that was placed.

    What the customer declared in the same words is taken over; a declaration of the same amount in other words makes
    way, since it is most likely the same money and nothing but words.

    Args:
        is_other: The person has looked: what is alike is another movement.

    Raises:
        Mistyped, CardNumberTyped: As above.
        MovementTaken: «Esa referencia ya pagó el pedido P-000120.»
        MovementAlike: The same number and amount stand elsewhere with another bank or day.
        PaymentRefused: The saldo a favor is no money that arrives.
    """
    require(session, person, Power.RECORD_PAYMENT)
    account_of(person)
    if money.method is PaymentMethod.BALANCE:
        raise PaymentRefused(_("El saldo a favor lo aplica el cliente desde su pedido."))
    money = checked(money, store.clock.today())
    order = lock_order(session, person, order_id)
    declared = live_movement(session, movement_of(money, order.id))
    if declared is None or not _is_same(declared, order, money):
        declared = _declared_for(session, order, money)
    return _record(session, person, order, money, declared, store, is_other=is_other)


def record_declared(
    session: Session,
    person: Person,
    payment_id: int,
    money: Money,
    store: Store,
    *,
    is_other: bool = False,
) -> PaymentOutcome:
    """Let caja write a declared payment down as the bank shows it; where that differs, the declaration is rejected.

    Raises:
        PaymentRefused: It is not a declaration any more.
        Mistyped, CardNumberTyped, MovementTaken, MovementAlike: As above.
    """
    require(session, person, Power.RECORD_PAYMENT)
    account_of(person)
    found = session.get(Payment, payment_id)
    if found is None:
        raise NotFound(_("No hay ese pago."))
    money = checked(money, store.clock.today())
    order = lock_order(session, person, found.order_id)
    declared = session.get_one(Payment, payment_id, populate_existing=True)
    if declared.state is not PaymentState.DECLARED:
        raise PaymentRefused(_("Ese pago ya se registró o se decidió."))
    return _record(session, person, order, money, declared, store, is_other=is_other)


def _record(
    session: Session,
    person: Person,
    order: SaleOrder,
    money: Money,
    declared: Payment | None,
    store: Store,
    *,
    is_other: bool,
) -> PaymentOutcome:
    if not is_other:
        refuse_alike(session, money, order)
    if declared is not None and _is_same(declared, order, money):
        payment = _take_over(session, person, declared, store)
    else:
        if declared is not None:
            words = _("La caja lo registró con otros datos.")
            reject(session, person, declared, words, store)
        payment = bring(session, person, order, money, store)
    return _brought(session, person, order, payment, store)


def _declared_for(session: Session, order: SaleOrder, money: Money) -> Payment | None:
    """Give the oldest declaration of this amount; cash and cards are not declared."""
    if money.method not in AT_A_BANK:
        return None
    return session.exec(
        select(Payment)
        .where(
            Payment.order_id == order.id,
            Payment.amount_centavos == money.amount_centavos,
            Payment.state == PaymentState.DECLARED,
        )
        .order_by(col(Payment.id))
    ).first()


def _is_same(declared: Payment, order: SaleOrder, money: Money) -> bool:
    told = (declared.method, declared.amount_centavos, declared.movement, declared.order_id)
    found = (money.method, money.amount_centavos, movement_of(money, order.id), order.id)
    return declared.state is PaymentState.DECLARED and told == found


def _take_over(session: Session, person: Person, declared: Payment, store: Store) -> Payment:
    """Turn a declaration into a record; of two members of the caja, one finds it declared and the other does not."""
    taken = session.exec(
        update(Payment)
        .where(col(Payment.id) == declared.id, col(Payment.state) == PaymentState.DECLARED)
        .values(
            state=PaymentState.RECORDED,
            recorded_by=person.account_id,
            four_eyes=store.settings.four_eyes,
        )
        .returning(col(Payment.id))
    ).first()
    if taken is None:
        raise PaymentRefused(_("Ese pago ya se registró o se decidió."))
    session.refresh(declared)
    return declared


def _brought(
    session: Session, person: Person, order: SaleOrder, payment: Payment, store: Store
) -> PaymentOutcome:
    settle_order(session, person, order, store)
    record(
        session,
        person,
        "payment.declared" if payment.state is PaymentState.DECLARED else "payment.recorded",
        f"payment:{payment.id}",
        now=store.clock.now(),
        order=order.id,
        method=payment.method.value,
        amount=payment.amount_centavos,
        movement=payment.movement,
        four_eyes=payment.four_eyes,
    )
    return outcome_of(order, payment)
