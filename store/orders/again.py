"""Ordering again: the lines of an order, at today's prices, in the cart (SPEC 6)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from store.accounts.person import Person, Power, desk_of, require
from store.calendar import Clock
from store.errors import EspacioRefused, Mistyped, NotFound
from store.orders.cart import cart_of, items_of, put_espacio, put_stamps
from store.orders.cart_view import CartView
from store.orders.finding import find_order, no_such_order
from store.orders.tables import OrderItem
from store.text import clean


@dataclass(frozen=True)
class Again:
    """The cart, and what of the order could not be put into it."""

    cart: CartView
    left_out: tuple[str, ...]
    """A sentence for each line that cannot be had any more."""


def order_again(session: Session, person: Person, order_id: int, clock: Clock) -> Again:
    """Put the lines of an order into the cart at today's prices; the order itself is never edited.

    A line of Espacio takes the place of the one in the cart; of the plan in force it is a renewal.

    Raises:
        NotFound: The desk has no such order.
    """
    require(session, person, Power.CONTRACT)
    if find_order(session, person, order_id).desk_id != desk_of(person):
        raise no_such_order()
    left_out = []
    for item in items_of(session, order_id):
        try:
            _put(session, person, item, clock)
        except (EspacioRefused, NotFound) as refusal:
            left_out.append(refusal.sentence)
        except Mistyped as refusal:
            left_out.append(f"{clean(item.description)}: {refusal.sentence}")
    return Again(cart_of(session, person, clock), tuple(left_out))


def _put(session: Session, person: Person, item: OrderItem, clock: Clock) -> None:
    if item.term_code is None or item.naming is None:
        put_stamps(session, person, item.product_code, item.quantity, clock)
    else:
        put_espacio(
            session, person, item.product_code, item.term_code, item.naming, clock, renewing=True
        )
