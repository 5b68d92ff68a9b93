"""The cart: one per desk, kept between sessions, counted in the header (SPEC 2, 6)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, delete, func, select

from store.accounts.person import Person, Power, desk_of, require
from store.accounts.tables import Desk
from store.calendar import Clock
from store.catalogue.products import find_package
from store.errors import Mistyped, NotFound
from store.espacio.tables import Naming
from store.orders.cart_view import CartLine, CartView
from store.orders.locking import lock_desk
from store.orders.pricing import LinePrice, espacio_price, keep_price, price_today, stamps_price
from store.orders.tables import OrderItem, OrderState, SaleOrder
from store.text import _, ngettext

MOST = 999
"""Packages of one kind in a cart."""


def cart_of(session: Session, person: Person, clock: Clock) -> CartView:
    """Give the cart of the person's desk at today's prices.

    Raises:
        NotAllowed: The person may not look, or chose no desk.
    """
    require(session, person, Power.LOOK)
    desk = session.get_one(Desk, desk_of(person))
    cart = find_cart(session, desk.id)
    if cart is None:
        return CartView(None, (), desk.tax_rate_bp)
    lines = tuple(_line(session, person, item, clock) for item in items_of(session, cart.id))
    return CartView(cart.id, lines, desk.tax_rate_bp)


def count_units(session: Session, person: Person) -> int:
    """Count the units in the cart of the person's desk; 0 where there is none or no desk was chosen."""
    require(session, person, Power.LOOK)
    counted = session.exec(
        select(func.sum(OrderItem.quantity))
        .join(SaleOrder, col(OrderItem.order_id) == col(SaleOrder.id))
        .where(SaleOrder.desk_id == person.desk_id, SaleOrder.state == OrderState.CART)
    ).one()
    return int(counted or 0)


def said_of_units(units: int) -> str:
    """Write the header's count: «3 Productos», «1 Producto»."""
    return ngettext("{n:,} Producto", "{n:,} Productos", units).format(n=units)


def put_espacio(
    session: Session,
    person: Person,
    plan_code: str,
    term_code: str,
    naming: Naming,
    clock: Clock,
    *,
    renewing: bool = False,
) -> CartView:
    """Put the line of Espacio into the cart, in place of the one that was there.

    Args:
        renewing: The person said that the plan in force is to be renewed.

    Raises:
        EspacioRefused, NotFound: What `quote_for` and `name_for` refuse.
    """
    require(session, person, Power.CONTRACT)
    cart = _own_cart(session, person, clock)
    price = espacio_price(session, person, plan_code, term_code, naming, clock, renewing=renewing)
    former = (col(OrderItem.order_id) == cart.id, col(OrderItem.espacio_line).is_(True))
    session.exec(delete(OrderItem).where(*former))
    line = _new_line(cart, plan_code, price)
    line.espacio_line, line.term_code, line.naming = True, term_code, naming
    session.add(line)
    session.flush()
    return cart_of(session, person, clock)


def put_stamps(
    session: Session, person: Person, product_code: str, quantity: int, clock: Clock
) -> CartView:
    """Put packages of stamps into the cart, on top of those of the same kind.

    Raises:
        NotFound: No such package, or it is not for sale today.
        Mistyped: More than 999 of one kind, or less than one.
    """
    require(session, person, Power.CONTRACT)
    code = find_package(session, product_code).code
    cart = _own_cart(session, person, clock)
    same = (col(OrderItem.order_id) == cart.id, col(OrderItem.product_code) == code)
    line = session.exec(select(OrderItem).where(*same)).first()
    wanted = _possible(quantity) + (line.quantity if line else 0)
    price = stamps_price(session, code, _possible(wanted), clock)
    if line is None:
        session.add(_new_line(cart, code, price))
    else:
        keep_price(line, price)
    session.flush()
    return cart_of(session, person, clock)


def set_quantity(
    session: Session, person: Person, item_id: int, quantity: int, clock: Clock
) -> CartView:
    """Say how many of a line; of Espacio there is one.

    Raises:
        NotFound: The cart has no such line any more, or it is not for sale today.
        Mistyped: Not 1 to 999, or not 1 of Espacio.
    """
    require(session, person, Power.CONTRACT)
    cart = _own_cart(session, person, clock)
    line = session.get(OrderItem, item_id, populate_existing=True)
    if line is None or line.order_id != cart.id:
        raise NotFound(_("Esa línea ya no está en el carrito."))
    if line.espacio_line:
        if quantity != 1:
            raise Mistyped(_("De Espacio se contrata uno."), "quantity")
    else:
        keep_price(line, stamps_price(session, line.product_code, _possible(quantity), clock))
        session.flush()
    return cart_of(session, person, clock)


def remove_line(session: Session, person: Person, item_id: int, clock: Clock) -> CartView:
    """Take a line out of the cart; one that is gone already stays gone."""
    require(session, person, Power.CONTRACT)
    cart = _own_cart(session, person, clock)
    session.exec(
        delete(OrderItem).where(col(OrderItem.id) == item_id, col(OrderItem.order_id) == cart.id)
    )
    return cart_of(session, person, clock)


def find_cart(session: Session, desk_id: int) -> SaleOrder | None:
    """Give a desk's cart, if it has one."""
    return session.exec(
        select(SaleOrder)
        .where(SaleOrder.desk_id == desk_id, SaleOrder.state == OrderState.CART)
        .execution_options(populate_existing=True)
    ).first()


def items_of(session: Session, order_id: int) -> Sequence[OrderItem]:
    """Give the lines of a cart or an order, as they were put in."""
    return session.exec(
        select(OrderItem)
        .where(OrderItem.order_id == order_id)
        .order_by(col(OrderItem.id))
        .execution_options(populate_existing=True)
    ).all()


def _own_cart(session: Session, person: Person, clock: Clock) -> SaleOrder:
    """Lock the desk, so that two sessions fill one cart, and give it; a desk without one gets one."""
    desk = lock_desk(session, desk_of(person))
    cart = find_cart(session, desk.id)
    if cart is None:
        cart = SaleOrder(desk_id=desk.id, tax_rate_bp=desk.tax_rate_bp, created_at=clock.now())
        session.add(cart)
        session.flush()
    return cart


def _new_line(cart: SaleOrder, product_code: str, price: LinePrice) -> OrderItem:
    return OrderItem(
        order_id=cart.id,
        product_code=product_code,
        description=price.description,
        quantity=price.quantity,
        unit_centavos=price.unit_centavos,
        months=price.months,
        discount_bp=price.discount_bp,
        gross_centavos=price.gross_centavos,
        discount_centavos=price.discount_centavos,
        credit_centavos=price.credit_centavos,
        change=price.change,
    )


def _possible(quantity: int) -> int:
    if not 1 <= quantity <= MOST:
        raise Mistyped(_("La cantidad va de 1 a {most}.").format(most=MOST), "quantity")
    return quantity


def _line(session: Session, person: Person, item: OrderItem, clock: Clock) -> CartLine:
    return CartLine(
        item.id,
        item.product_code,
        price_today(session, person, item, clock),
        item.net_centavos,
        item.term_code,
        item.naming,
    )
