"""Finding an order: one's own desk's, or any for the staff; a cart is none."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, desk_of, may, require
from store.errors import NotFound
from store.orders.locking import lock_desk
from store.orders.reference import read_folio, read_reference
from store.orders.tables import OrderState, SaleOrder
from store.text import _


def find_order(session: Session, person: Person, order_id: int) -> SaleOrder:
    """Give a placed order that the person may see.

    Raises:
        NotFound: There is none; another desk's is none to a customer.
    """
    order = session.get(SaleOrder, order_id, populate_existing=True)
    if order is None or order.state is OrderState.CART or not _may_see(person, order):
        raise no_such_order()
    return order


def lock_order(session: Session, person: Person, order_id: int) -> SaleOrder:
    """Lock the desk of an order that the person may see, and give the order as it is then.

    Raises:
        NotFound: There is none; another desk's is none to a customer.
    """
    order = find_order(session, person, order_id)
    lock_desk(session, order.desk_id)
    return find_order(session, person, order_id)


def find_by_number(session: Session, person: Person, typed: str) -> int:
    """Give the order of a folio «P-000123», or of a payment reference of seven digits.

    Raises:
        Mistyped: It is neither; a reference whose check digit is wrong is none.
        NotFound: The person may see no such order.
    """
    require(session, person, Power.LOOK)
    number = read_folio(typed) if typed.strip()[:1] in ("P", "p") else read_reference(typed)
    found = session.exec(select(SaleOrder).where(col(SaleOrder.number) == number)).first()
    if found is None or not _may_see(person, found):
        raise no_such_order()
    return found.id


def no_such_order() -> NotFound:
    """Say that there is no such order, and not whether it is somebody else's."""
    return NotFound(_("No hay ese pedido."))


def _may_see(person: Person, order: SaleOrder) -> bool:
    return may(person, Power.LOOK_EVERYWHERE) or order.desk_id == desk_of(person)
