"""Finding an order: one's own desk's, or any for the staff; a cart is none."""

from __future__ import annotations

from sqlmodel import Session

from store.accounts.person import Person, Power, desk_of, may
from store.errors import NotFound
from store.orders.locking import lock_desk
from store.orders.tables import OrderState, SaleOrder
from store.text import _


def find_order(session: Session, person: Person, order_id: int) -> SaleOrder:
    """Give a placed order that the person may see.

    Raises:
        NotFound: There is none; another desk's is none to a customer.
    """
    order = session.get(SaleOrder, order_id, populate_existing=True)
    if order is None or order.state is OrderState.CART or not _may_see(person, order):
        raise NotFound(_("No hay ese pedido en este escritorio."))
    return order


def lock_order(session: Session, person: Person, order_id: int) -> SaleOrder:
    """Lock the desk of an order that the person may see, and give the order as it is then.

    Raises:
        NotFound: There is none; another desk's is none to a customer.
    """
    order = find_order(session, person, order_id)
    lock_desk(session, order.desk_id)
    return find_order(session, person, order_id)


def _may_see(person: Person, order: SaleOrder) -> bool:
    return may(person, Power.LOOK_EVERYWHERE) or order.desk_id == desk_of(person)
