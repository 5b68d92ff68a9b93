"""Finding an order: one's own desk's, or any for the staff; a cart is none."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, desk_of, may, require
from store.errors import Mistyped, NotFound
from store.orders.locking import lock_desk
from store.orders.reference import read_folio, read_reference
from store.orders.tables import OrderState, SaleOrder
from store.text import _

_REFERENCE = 7
"""Digits of a payment reference."""


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
        Mistyped: It is neither, since a reference whose check digit is wrong is none; or it may be both, as the «13» of
            folio P-000013 is also reference 0000013 without its zeros.
        NotFound: The person may see no such order.
    """
    require(session, person, Power.LOOK)
    digits = "".join(typed.split())
    if digits[:1] in ("P", "p"):
        found = _numbered(session, read_folio(typed))
    else:
        found = _numbered(session, read_reference(typed))
        other = _numbered(session, int(digits)) if len(digits) < _REFERENCE else None
        if other is not None and _may_see(person, other):
            raise Mistyped(
                _("¿Es un folio o una referencia? Escribe P-{digits}, o los 7 dígitos.").format(
                    digits=digits.zfill(_REFERENCE - 1)
                ),
                "reference",
            )
    if found is None or not _may_see(person, found):
        raise no_such_order()
    return found.id


def _numbered(session: Session, number: int) -> SaleOrder | None:
    return session.exec(select(SaleOrder).where(col(SaleOrder.number) == number)).first()


def no_such_order() -> NotFound:
    """Say that there is no such order, and not whether it is somebody else's."""
    return NotFound(_("No hay ese pedido."))


def _may_see(person: Person, order: SaleOrder) -> bool:
    return may(person, Power.LOOK_EVERYWHERE) or order.desk_id == desk_of(person)
