"""From cart to order: prices read again, conditions accepted, one folio, however often it is asked for (SPEC 6)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, desk_of, require
from store.audit.chain import record
from store.calendar import Clock
from store.errors import (
    AlreadyPlaced,
    CartChanged,
    CartEmpty,
    ConditionsChanged,
    ConditionsNotAccepted,
    OrderRefused,
    PriceChange,
    PricesChanged,
)
from store.installation.store import Store
from store.legal.tables import LegalKind
from store.legal.texts import current
from store.orders.cart import cart_of, items_of
from store.orders.cart_view import CartView
from store.orders.locking import lock_desk
from store.orders.placing import write_order
from store.orders.settling import settle_order
from store.orders.tables import OrderState, SaleOrder


@dataclass(frozen=True)
class Conditions:
    """A text that has to be accepted, as it stood when it was shown."""

    text_id: int
    kind: LegalKind
    version: int
    sha256: str
    body: str


@dataclass(frozen=True)
class Checkout:
    """What was on the screen when it was asked for the yes."""

    token: str
    cart: CartView
    changes: tuple[PriceChange, ...]
    """Prices that changed since the lines were put in: to be shown."""
    texts: tuple[Conditions, ...]
    """What has to be accepted: the conditions, and the licence of prepaid keys where there are stamps."""


@dataclass(frozen=True)
class PlacedOrder:
    """An order, once it has its folio."""

    order_id: int
    folio: str
    total_centavos: int
    due_on: date
    is_new: bool
    """False where it had been placed before: a double Enter, another session, a retry after a cut."""


def prepare(session: Session, person: Person, clock: Clock) -> Checkout:
    """Read the cart at today's prices and the texts to accept, and make the token with which to place it.

    Raises:
        CartEmpty: There is nothing in it.
        OrderRefused: A line cannot be had any more; the sentence says which and why.
    """
    require(session, person, Power.CONTRACT)
    cart = cart_of(session, person, clock)
    _refuse_unplaceable(cart)
    changes = tuple(
        PriceChange(line.price.description, line.before_centavos, line.price.net_centavos)
        for line in cart.lines
        if line.before_centavos != line.price.net_centavos
    )
    return Checkout(secrets.token_hex(), cart, changes, _texts(session, cart))


def place(
    session: Session, person: Person, checkout: Checkout, store: Store, *, accepted: bool
) -> PlacedOrder:
    """Turn the cart into an order: prices copied, folio taken, conditions accepted, mail queued, or none of it.

    The same checkout again, or another session's of the same cart, gives the order that there is.

    Raises:
        ConditionsNotAccepted, ConditionsChanged: The box, or the texts behind it.
        PricesChanged: A price is another one than was shown; prepare again, show it, and ask.
        CartChanged: The lines are other ones than were shown.
        AlreadyPlaced: The cart became an order with other lines than were shown.
        OrderRefused: A line cannot be had any more.
    """
    require(session, person, Power.CONTRACT)
    if not accepted:
        raise ConditionsNotAccepted
    lock_desk(session, desk_of(person))
    former = _former(session, person, checkout)
    if former is not None:
        return _placed(former, is_new=False)
    cart = cart_of(session, person, store.clock)
    _refuse_other_than_shown(checkout.cart, cart)
    if _texts(session, cart) != checkout.texts:
        raise ConditionsChanged
    accepting = [text.text_id for text in checkout.texts]
    order = write_order(session, person, cart, checkout.token, accepting, store)
    settle_order(session, person, order, store)  # where a credit covers all, nothing is to be paid
    placed = _placed(order, is_new=True)
    said = {"folio": placed.folio, "total": placed.total_centavos}
    record(session, person, "order.placed", f"order:{order.id}", now=store.clock.now(), **said)
    return placed


def _texts(session: Session, cart: CartView) -> tuple[Conditions, ...]:
    """The conditions first; then the licence, where stamps arrive as confirmed keys."""
    kinds = [LegalKind.ESPACIO_CONDITIONS]
    if not all(line.is_espacio for line in cart.lines):
        kinds.append(LegalKind.PREPAID_LICENCE)
    texts = [current(session, kind) for kind in kinds]
    return tuple(
        Conditions(text.id, text.kind, text.version, text.sha256, text.body) for text in texts
    )


def _refuse_unplaceable(cart: CartView) -> None:
    if not cart.lines:
        raise CartEmpty
    for line in cart.lines:
        if line.price.problem:
            raise OrderRefused(line.price.problem)


def _refuse_other_than_shown(shown: CartView, cart: CartView) -> None:
    if list(_lines_of(shown)) != list(_lines_of(cart)) or shown.tax_rate_bp != cart.tax_rate_bp:
        raise CartChanged
    _refuse_unplaceable(cart)
    changes = [
        PriceChange(now.price.description, then.price.net_centavos, now.price.net_centavos)
        for then, now in zip(shown.lines, cart.lines, strict=True)
        if then.price.net_centavos != now.price.net_centavos
    ]
    if changes:
        raise PricesChanged(changes)


def _lines_of(cart: CartView) -> Iterator[tuple[object, ...]]:
    """What makes a line the one that was shown, but for its price."""
    for line in cart.lines:
        yield line.item_id, line.product_code, line.price.quantity, line.term_code, line.naming


def _former(session: Session, person: Person, checkout: Checkout) -> SaleOrder | None:
    """Give the order that this checkout, or another one of the same cart, has become."""
    desk_id = desk_of(person)
    order = session.exec(
        select(SaleOrder).where(
            col(SaleOrder.token) == checkout.token, col(SaleOrder.desk_id) == desk_id
        )
    ).first()
    if order is not None:
        return order
    order = session.get(SaleOrder, checkout.cart.order_id, populate_existing=True)
    if order is None or order.desk_id != desk_id:
        raise CartChanged
    if order.state is OrderState.CART:
        return None
    shown = [(line.item_id, line.price.net_centavos) for line in checkout.cart.lines]
    if [(item.id, item.net_centavos) for item in items_of(session, order.id)] == shown:
        return order
    raise AlreadyPlaced(order.folio, order.id)


def _placed(order: SaleOrder, *, is_new: bool) -> PlacedOrder:
    assert order.due_on is not None, "it was placed"
    return PlacedOrder(order.id, order.folio, order.total_centavos or 0, order.due_on, is_new)
