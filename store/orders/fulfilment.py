"""Delivering a paid order: each line once, in the transaction of the payment that made it whole (SPEC 6).

A line of Espacio begins, renews or changes its contract. Packages of stamps arrive as keys confirmed in this desk:
that is the one form in which a desk holds stamps, so they stand in «Claves prepago» beside all others and are used and
counted like them, and no second ledger of stamps is needed. Nobody ever sees these keys in clear, and nobody has to.

A line that cannot be delivered (another change of the Espacio waits) does not keep the money from being confirmed: the
order stays «pagado» and says why, until somebody delivers it or gives the money back.
"""

from __future__ import annotations

from sqlmodel import Session, col, func, select, update

from store.accounts.person import Person, Power, require
from store.accounts.tables import Desk
from store.audit.chain import record
from store.catalogue.products import find_package
from store.errors import EspacioRefused, NotFound, OrderRefused
from store.espacio.contracts import deliver
from store.installation.store import Store
from store.keys.code import new_key
from store.keys.lots import add_keys
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.orders.finding import lock_order
from store.orders.tables import OrderItem, OrderState, SaleOrder
from store.text import _


def deliver_lines(session: Session, person: Person, order: SaleOrder, store: Store) -> None:
    """Deliver what is not delivered yet of an order that was just paid; the desk is locked.

    The order is «surtido» once every line is; else it keeps the sentence of the first that cannot be.
    """
    waiting = session.exec(
        select(OrderItem)
        .where(OrderItem.order_id == order.id, col(OrderItem.delivered_at).is_(None))
        .order_by(col(OrderItem.id))
    ).all()
    problems = [_deliver_line(session, person, order, item, store) for item in waiting]
    problem = next(filter(None, problems), None)
    values: dict[str, object] = {"problem": problem}
    if problem is None:
        values |= {"state": OrderState.DELIVERED, "delivered_at": store.clock.now()}
    session.exec(
        update(SaleOrder)
        .where(col(SaleOrder.id) == order.id, col(SaleOrder.state) == OrderState.PAID)
        .values(**values)
    )
    session.refresh(order)


def deliver_order(session: Session, person: Person, order_id: int, store: Store) -> str:
    """Try again to deliver what a paid order lacks; give the sentence of what still cannot be, or nothing.

    Raises:
        OrderRefused: The order is not one that is paid and waits.
    """
    require(session, person, Power.CONFIRM_PAYMENT)
    order = lock_order(session, person, order_id)
    if order.state is not OrderState.PAID:
        raise OrderRefused(_("Ese pedido no espera entrega."))
    deliver_lines(session, person, order, store)
    now, problem = store.clock.now(), order.problem or ""
    record(session, person, "order.delivered", f"order:{order.id}", now=now, problem=problem)
    return problem


def _deliver_line(
    session: Session, person: Person, order: SaleOrder, item: OrderItem, store: Store
) -> str | None:
    """Deliver one line, or undo what was begun of it and give the reason."""
    try:
        with session.begin_nested():
            if item.espacio_line:
                desk = session.get_one(Desk, order.desk_id)
                deliver(session, person, item, desk, store)
            else:
                _deliver_stamps(session, person, order, item, store)
            session.flush()
    except (EspacioRefused, NotFound) as refusal:
        return refusal.sentence
    return None


def _deliver_stamps(
    session: Session, person: Person, order: SaleOrder, item: OrderItem, store: Store
) -> None:
    now, today = store.clock.now(), store.clock.today()
    # The claim is the test; behind it stands the lot's folio, which is the line's and unique.
    claimed = session.exec(
        update(OrderItem)
        .where(col(OrderItem.id) == item.id, col(OrderItem.delivered_at).is_(None))
        .values(delivered_at=now)
        .returning(col(OrderItem.id))
    ).first()
    if claimed is None:
        return
    package = find_package(session, item.product_code)
    lot = KeyLot(
        folio=lot_folio(session, order, item),
        product_code=item.product_code,
        quantity=item.quantity,
        created_by=person.username,
        created_at=now,
    )
    session.add(lot)
    session.flush()
    keys = [new_key() for _key in range(item.quantity)]
    add_keys(session, store.pepper, lot, package.units, keys)
    session.exec(
        update(PrepaidKey)
        .where(col(PrepaidKey.lot_id) == lot.id)
        .values(
            state=KeyState.AVAILABLE,
            desk_id=order.desk_id,
            confirmed_at=now,
            confirmed_on=today,
            confirmed_by=order.placed_by,
            acceptance_id=order.licence_acceptance_id,
        )
    )


def lot_folio(session: Session, order: SaleOrder, item: OrderItem) -> str:
    """Name the lot of a line of stamps after the order and the line's place in it: «P-000123-1»."""
    before = session.exec(
        select(func.count()).where(col(OrderItem.order_id) == order.id, col(OrderItem.id) < item.id)
    ).one()
    return f"{order.folio}-{before + 1}"
