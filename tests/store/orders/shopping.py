"""People of the tests who buy, pay and confirm, as they do on the screen."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from store.accounts.person import Person
from store.espacio.tables import Naming
from store.installation.store import Store
from store.orders.cart import put_espacio, put_stamps
from store.orders.checkout import Checkout, PlacedOrder, place, prepare
from store.orders.deciding import confirm_payment
from store.orders.listing import order_view
from store.orders.movement import Money
from store.orders.payments import declare_payment, record_payment
from store.orders.rows import OrderView
from store.orders.settling import PaymentOutcome
from store.orders.tables import PaymentMethod, SaleOrder
from tests.store.people import member

MONTH_OF_4G = 7540
"""Centavos: the seed's 65.00 and 16 %."""


def put_4g(store: Store, person: Person, plan: str = "4G", term: str = "mensual") -> None:
    """Put a plan into the cart."""
    with store.writing() as session:
        put_espacio(session, person, f"ESPACIO-{plan}", term, Naming.USERNAME, store.clock)


def put_50(store: Store, person: Person, quantity: int = 1, units: int = 50) -> None:
    """Put packages of stamps into the cart."""
    with store.writing() as session:
        put_stamps(session, person, f"TIMBRES-{units}", quantity, store.clock)


def prepared(store: Store, person: Person) -> Checkout:
    """Open the checkout."""
    with store.reading() as session:
        return prepare(session, person, store.clock)


def placed(store: Store, person: Person, checkout: Checkout) -> PlacedOrder:
    """Say yes to what is on the screen."""
    with store.writing() as session:
        return place(session, person, checkout, store, accepted=True)


def ordered(
    store: Store, person: Person, plan: str | None = "4G", term: str = "mensual", stamps: int = 0
) -> PlacedOrder:
    """Fill the cart and place it."""
    if plan is not None:
        put_4g(store, person, plan, term)
    if stamps:
        put_50(store, person, stamps)
    return placed(store, person, prepared(store, person))


def spei(
    store: Store, amount: int, tracking: str = "MBAN01000001", bank: str = "BBVA", days_ago: int = 0
) -> Money:
    """Describe a transfer of so many centavos."""
    day = store.clock.today() - timedelta(days=days_ago)
    return Money(PaymentMethod.SPEI, amount, day, bank, tracking)


def cash(store: Store, amount: int, number: str = "") -> Money:
    """Describe notes on the counter."""
    return Money(PaymentMethod.CASH, amount, store.clock.today(), tracking=number)


def declared(store: Store, person: Person, order_id: int, money: Money) -> PaymentOutcome:
    """Let the customer say that they paid."""
    with store.writing() as session:
        return declare_payment(session, person, order_id, money, store)


def recorded(store: Store, order_id: int, money: Money, by: str = "caja1") -> PaymentOutcome:
    """Let caja write money down."""
    with store.writing() as session:
        return record_payment(session, member(store, by), order_id, money, store)


def confirmed(store: Store, payment_id: int, by: str = "caja2") -> PaymentOutcome:
    """Let another one confirm it."""
    with store.writing() as session:
        return confirm_payment(session, member(store, by), payment_id, store)


def paid(store: Store, order_id: int, money: Money) -> PaymentOutcome:
    """Write money down and confirm it."""
    return confirmed(store, recorded(store, order_id, money).payment_id)


def bought(
    store: Store, person: Person, plan: str | None = "4G", term: str = "mensual", stamps: int = 0
) -> PlacedOrder:
    """Order, pay in cash, have it."""
    order = ordered(store, person, plan, term, stamps)
    paid(store, order.order_id, cash(store, order.total_centavos))
    return order


def row_of(store: Store, order_id: int) -> SaleOrder:
    """Give the row of an order."""
    with store.reading() as session:
        return session.exec(select(SaleOrder).where(SaleOrder.id == order_id)).one()


def view_of(store: Store, person: Person, order_id: int) -> OrderView:
    """Give an order as a screen shows it."""
    with store.reading() as session:
        return order_view(session, person, order_id)
