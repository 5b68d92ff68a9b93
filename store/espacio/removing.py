"""«Quitar el cambio programado»: what was paid for the end of the term, taken back before it begins.

The money becomes saldo a favor and never leaves the house, so the titular needs no second person, as a refund does
(facts/domain 4.b.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from store.accounts.person import Person, Power, desk_of, require
from store.audit.chain import record
from store.calendar import Clock
from store.errors import NoChangeWaits
from store.espacio.letters import Writer
from store.espacio.life import holding_of
from store.espacio.ordered import refuse_while_ordered
from store.espacio.passing import move
from store.espacio.plans import PlanRow, find_plan
from store.espacio.tables import ContractState, EspacioContract
from store.installation.store import Store
from store.mail.outbox import enqueue
from store.money import share
from store.orders.balance import move_balance
from store.orders.locking import lock_desk
from store.orders.tables import LedgerReason, OrderItem, SaleOrder


@dataclass(frozen=True)
class Removal:
    """A change that waits, and what taking it back gives."""

    plan: PlanRow
    starts_on: date
    centavos: int
    """What becomes saldo a favor, tax included."""


def removal_of(session: Session, person: Person, clock: Clock) -> Removal:
    """Say what taking back the scheduled change of the person's desk would give.

    Raises:
        NoChangeWaits: None waits, or its day has come.
        OrderWaits: An order for the Espacio is not paid yet; its credit may hold this money.
        NotAllowed: The person may not have money given back.
    """
    require(session, person, Power.REMOVE_CHANGE)
    removal, _contract, _order = _find(session, desk_of(person), clock)
    return removal


def remove_change(session: Session, person: Person, store: Store) -> Removal:
    """Take the scheduled change back: it does not begin, and its money is saldo a favor.

    Raises:
        NoChangeWaits, OrderWaits, NotAllowed: As above.
    """
    require(session, person, Power.REMOVE_CHANGE)
    desk, now = lock_desk(session, desk_of(person)), store.clock.now()
    removal, contract, order = _find(session, desk.id, store.clock)
    if not move(session, contract, ContractState.SCHEDULED, ContractState.CANCELLED):
        raise NoChangeWaits
    if removal.centavos:
        credit = LedgerReason.CREDIT
        move_balance(session, desk.id, removal.centavos, credit, order_id=order.id, now=now)
    letter = Writer(store.words, store.clock).removed(removal.plan, removal.centavos)
    enqueue(session, letter, fact=f"espacio-removed:{contract.id}", desk=desk, now=now)
    said = {"contract": contract.id, "to_balance": removal.centavos}
    record(
        session, person, "espacio.change_removed", f"espacio:{contract.espacio_id}", now=now, **said
    )
    return removal


def _find(
    session: Session, desk_id: int, clock: Clock
) -> tuple[Removal, EspacioContract, SaleOrder]:
    contract = holding_of(session, desk_id, clock.today()).scheduled
    if contract is None:
        raise NoChangeWaits
    refuse_while_ordered(session, desk_id)
    item = session.get_one(OrderItem, contract.order_item_id)
    order = session.get_one(SaleOrder, item.order_id)
    plan = find_plan(session, contract.plan_code, custody=False, price=None)
    return Removal(plan, contract.starts_on, _paid_for(order, item)), contract, order


def _paid_for(order: SaleOrder, item: OrderItem) -> int:
    """Give what the line cost with its tax: the order's total without what the other lines alone would have cost."""
    others = (order.subtotal_centavos or 0) - item.net_centavos
    return (order.total_centavos or 0) - others - share(others, order.tax_rate_bp)
