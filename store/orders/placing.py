"""Writing an order down: the cart's row becomes the order's, in one guarded step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, update

from store.accounts.person import Person, account_of, desk_of
from store.accounts.tables import Desk
from store.errors import CartChanged, OrderRefused
from store.installation.counters import next_number
from store.installation.store import Store
from store.legal.tables import Acceptance
from store.mail.outbox import enqueue
from store.orders.cart import items_of
from store.orders.cart_view import CartView
from store.orders.letters import order_received
from store.orders.pricing import keep_price
from store.orders.reference import HIGHEST_NUMBER, ORDER_COUNTER
from store.orders.slip import slip_for
from store.orders.tables import OrderState, SaleOrder
from store.text import _

_SATURDAY = 5


def write_order(
    session: Session,
    person: Person,
    cart: CartView,
    token: str,
    accepting: Sequence[int],
    store: Store,
) -> SaleOrder:
    """Turn a cart that nobody else can change now into an order, and tell the desk by mail.

    Args:
        accepting: The texts that were accepted: the conditions, and the licence where there are stamps.
    """
    items = items_of(session, cart.order_id or 0)
    for item, line in zip(items, cart.lines, strict=True):
        keep_price(item, line.price)
    accepted = [_accept(session, person, text_id, store) for text_id in accepting]
    order = _claim(session, person, cart, token, accepted, store)
    desk = session.get_one(Desk, order.desk_id)
    slip = slip_for(order, desk, store.settings) if order.missing_centavos else None
    letter = order_received(desk, order, [item.words for item in items], slip)
    enqueue(session, letter, fact=f"order-placed:{order.id}", desk=desk, now=store.clock.now())
    return order


def _claim(
    session: Session,
    person: Person,
    cart: CartView,
    token: str,
    accepted: Sequence[int],
    store: Store,
) -> SaleOrder:
    number = next_number(session, ORDER_COUNTER)
    if number > HIGHEST_NUMBER:
        raise OrderRefused(_("Se acabaron los folios de pedido; avisa a soporte."))
    licence = accepted[1] if len(accepted) > 1 else None
    # The claim is the test: a cart becomes an order once, and its number, token and sums with it.
    order: SaleOrder | None = session.exec(
        update(SaleOrder)
        .where(col(SaleOrder.id) == cart.order_id, col(SaleOrder.state) == OrderState.CART)
        .values(
            state=OrderState.TO_PAY,
            number=number,
            token=token,
            tax_rate_bp=cart.tax_rate_bp,
            gross_centavos=cart.gross_centavos,
            discount_centavos=cart.discount_centavos,
            credit_centavos=cart.credit_centavos,
            subtotal_centavos=cart.subtotal_centavos,
            tax_centavos=cart.tax_centavos,
            total_centavos=cart.total_centavos,
            acceptance_id=accepted[0],
            licence_acceptance_id=licence,
            placed_by=account_of(person),
            placed_at=store.clock.now(),
            due_on=add_working_days(store.clock.today(), store.settings.days_to_pay),
        )
        .returning(SaleOrder)
    ).scalar_one_or_none()
    if order is None:
        raise CartChanged
    session.refresh(order)
    return order


def _accept(session: Session, person: Person, text_id: int, store: Store) -> int:
    acceptance = Acceptance(
        legal_text_id=text_id,
        account_id=account_of(person),
        desk_id=desk_of(person),
        accepted_at=store.clock.now(),
    )
    session.add(acceptance)
    session.flush()
    return acceptance.id


def add_working_days(day: date, days: int) -> date:
    """Go on by so many days from Monday to Friday; holidays are not known here."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day
