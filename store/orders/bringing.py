"""Writing a payment down: its movement is claimed in the same instant, so that it can pay nothing else."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from store.accounts.person import Person
from store.errors import Mistyped, MovementAlike, MovementTaken
from store.installation.store import Store
from store.orders.movement import AT_A_BANK, Money, movement_of, refuse_card_number, tracking_key
from store.orders.tables import Payment, PaymentMethod, PaymentState, SaleOrder
from store.text import _, clean, normal

LONGEST_REASON = 300
_ARRIVED = (PaymentState.RECORDED, PaymentState.CONFIRMED)
_TELLING = 6
"""Signs of a number that are enough to know a movement again."""
_CLOSE = timedelta(days=5)
"""How far the payer's day and the bank's may lie apart, over a long weekend."""


def bring(
    session: Session, person: Person, order: SaleOrder, money: Money, store: Store
) -> Payment:
    """Write a payment of an order down: declared by a customer, recorded by a member of the staff.

    Args:
        money: Tidied by `checked`.

    Raises:
        MovementTaken: It is written down already, for this order or another one.
    """
    movement = movement_of(money, order.id)
    _refuse_taken(session, person, money, movement)
    by_staff = person.staff_role is not None
    payment = Payment(
        order_id=order.id,
        method=money.method,
        amount_centavos=money.amount_centavos,
        state=PaymentState.RECORDED if by_staff else PaymentState.DECLARED,
        movement=movement,
        bank=money.bank,
        tracking=money.tracking,
        tracking_key=tracking_key(money.tracking),
        paid_on=money.paid_on,
        four_eyes=store.settings.four_eyes,
        declared_by=None if by_staff else person.account_id,
        recorded_by=person.account_id if by_staff else None,
        created_at=store.clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(payment)
            session.flush()
    except IntegrityError:
        # Another desk's session wrote the same movement down since it was looked for.
        _refuse_taken(session, person, money, movement)
        raise
    return payment


def live_movement(session: Session, movement: str | None) -> Payment | None:
    """Give the payment that has a movement, if one has."""
    return session.exec(
        select(Payment)
        .where(col(Payment.movement) == movement, Payment.state != PaymentState.REJECTED)
        .execution_options(populate_existing=True)
    ).first()


def find_alike(session: Session, money: Money, movement: str | None) -> Payment | None:
    """Give a payment that looks like this money, written down with another bank or a day close by."""
    key = tracking_key(money.tracking)
    if money.method not in AT_A_BANK or len(key) < _TELLING:
        return None
    return session.exec(
        select(Payment).where(
            Payment.tracking_key == key,
            Payment.amount_centavos == money.amount_centavos,
            col(Payment.movement) != movement,
            col(Payment.method).in_(AT_A_BANK),
            col(Payment.state).in_(_ARRIVED),
            col(Payment.paid_on).between(money.paid_on - _CLOSE, money.paid_on + _CLOSE),
        )
    ).first()


def refuse_alike(session: Session, money: Money, order: SaleOrder) -> None:
    """Refuse money that looks like other money, until a person says that it is another movement.

    Raises:
        MovementAlike: The same number and amount stand elsewhere with another bank or day.
    """
    alike = find_alike(session, money, movement_of(money, order.id))
    if alike is not None:
        raise MovementAlike(session.get_one(SaleOrder, alike.order_id).folio)


def _refuse_taken(session: Session, person: Person, money: Money, movement: str | None) -> None:
    taken = live_movement(session, movement)
    if taken is None:
        return
    if person.staff_role is None:
        raise MovementTaken(_("Esa referencia ya está registrada."))
    if money.method is PaymentMethod.CASH and not money.tracking:
        raise MovementTaken(
            _("Ya se registró un pago en efectivo igual; si es otro, escribe su folio de caja.")
        )
    folio = session.get_one(SaleOrder, taken.order_id).folio
    if taken.state is PaymentState.DECLARED:
        raise MovementTaken(
            _("Esa referencia está declarada en el pedido {folio}.").format(folio=folio)
        )
    raise MovementTaken(_("Esa referencia ya pagó el pedido {folio}.").format(folio=folio))


def reason_of(typed: str) -> str:
    """Read why something is refused, cancelled or given back.

    Raises:
        Mistyped: Nothing was written.
        CardNumberTyped: It holds what looks like a card number.
    """
    refuse_card_number(typed, "reason")
    reason = clean(normal(typed), LONGEST_REASON)
    if not reason:
        raise Mistyped(_("Escribe el motivo."), "reason")
    return reason
