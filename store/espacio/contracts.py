"""Delivering a paid line of Espacio: contracting, renewing, upgrading, setting a smaller plan for the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select, update

from store.accounts.person import Person
from store.accounts.tables import Desk
from store.audit.chain import record
from store.calendar import Clock
from store.espacio.changes import change_of, credit_of, refuse_while_waiting, span_of
from store.espacio.codes import issue_code
from store.espacio.letters import Entry, Term, Writer
from store.espacio.life import Holding, Span, holding_of
from store.espacio.making import named_espacio
from store.espacio.passing import begin, catch_up, move, record_steps, replace
from store.espacio.plans import PlanRow, find_plan
from store.espacio.tables import ContractState, Espacio, EspacioContract
from store.installation.store import Store
from store.mail.outbox import enqueue
from store.money import share
from store.orders.balance import move_balance
from store.orders.locking import lock_desk
from store.orders.tables import Change, LedgerReason, OrderItem, SaleOrder

_FACTS = {
    Change.CONTRACT: "espacio-contracted",
    Change.UPGRADE: "espacio-upgraded",
    Change.RENEWAL: "espacio-renewed",
    Change.DOWNGRADE: "espacio-scheduled",
}
"""What each mail is of; the line's number makes it mail once."""


@dataclass(frozen=True)
class _Delivery:
    """A line about to be delivered: what it is now, which may be otherwise than when it was put into the cart."""

    item: OrderItem
    desk: Desk
    plan: PlanRow
    change: Change
    span: Span
    today: date


def deliver(session: Session, person: Person, item: OrderItem, desk: Desk, store: Store) -> None:
    """Give a desk what it paid for, in the transaction of the payment; a line delivered before changes nothing.

    What the line does is decided by what the desk holds today. A credit that is larger than the new price goes to the
    saldo a favor, with its tax.

    Args:
        person: Who confirmed the payment.
        item: The line of Espacio of a paid order.

    Raises:
        ChangeWaits: Another paid change begins first; nothing was changed.
    """
    clock, today = store.clock, store.clock.today()
    desk = lock_desk(session, desk.id)
    if _is_delivered(session, item):
        return
    holding = holding_of(session, desk.id, today)
    plan = find_plan(session, item.product_code, custody=False, price=None)
    change = change_of(session, holding, plan)
    refuse_while_waiting(session, holding, change)
    if not _claim(session, item, clock):
        return
    span = span_of(holding, change, item.months, today)
    delivery = _Delivery(item, desk, plan, change, span, today)
    steps = catch_up(session, holding.espacio, today) if holding.espacio else []
    espacio = named_espacio(session, desk, holding.espacio, item.naming, clock)
    _return_surplus(session, holding, delivery, clock)
    contract = _contract(session, espacio, holding, delivery)
    _tell(session, espacio, delivery, store)
    record_steps(session, steps, clock)
    _record(session, person, espacio, contract, delivery, clock)


def _is_delivered(session: Session, item: OrderItem) -> bool:
    """Look at the line as it stands now: what it brought would be in its own way the second time."""
    delivered_at = select(OrderItem.delivered_at).where(OrderItem.id == item.id)
    return session.exec(delivered_at).one() is not None


def _claim(session: Session, item: OrderItem, clock: Clock) -> bool:
    """Take the line for this delivery: the claim is the test, and UNIQUE(order_item_id) stands behind it."""
    claimed = session.exec(
        update(OrderItem)
        .where(col(OrderItem.id) == item.id, col(OrderItem.delivered_at).is_(None))
        .values(delivered_at=clock.now())
        .returning(col(OrderItem.id))
    ).first()
    return claimed is not None


def _contract(
    session: Session, espacio: Espacio, holding: Holding, delivery: _Delivery
) -> EspacioContract:
    """Write the new contract, and put it into force where its day has come."""
    waiting = holding.scheduled if delivery.change is Change.UPGRADE else None
    if waiting is not None:
        # Out of the way first: an Espacio has one scheduled contract, and this one is about to be it.
        move(session, waiting, ContractState.SCHEDULED, ContractState.CANCELLED)
    item, span = delivery.item, delivery.span
    contract = EspacioContract(
        espacio_id=espacio.id,
        plan_code=delivery.plan.code,
        term_code=item.term_code,
        order_item_id=item.id,
        state=ContractState.SCHEDULED,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        anchor_on=span.anchor_on,
        paid_centavos=item.gross_centavos - item.discount_centavos,
    )
    session.add(contract)
    session.flush()
    if waiting is not None:
        # Not merely cancelled: its money is the credit of this one, and is not given back again.
        replace(session, waiting, contract, ContractState.CANCELLED)
    if span.starts_on <= delivery.today:
        begin(session, contract, holding.running)
    return contract


def _return_surplus(session: Session, holding: Holding, delivery: _Delivery, clock: Clock) -> None:
    """Put what is unused of the old contract and went into no price into the saldo a favor.

    With its tax: a credit inside an order takes tax off too, and so does this one.
    """
    item = delivery.item
    surplus = credit_of(holding, delivery.change, delivery.today) - item.credit_centavos
    if surplus <= 0:
        return
    order = session.exec(select(SaleOrder).where(SaleOrder.id == item.order_id)).one()
    move_balance(
        session,
        delivery.desk.id,
        surplus + share(surplus, order.tax_rate_bp),
        LedgerReason.CREDIT,
        order_id=order.id,
        now=clock.now(),
    )


def _tell(session: Session, espacio: Espacio, delivery: _Delivery, store: Store) -> None:
    """Mail what was contracted and how to enter; with a code where no password was set yet."""
    desk, span, change, now = delivery.desk, delivery.span, delivery.change, store.clock.now()
    if change is Change.DOWNGRADE and span.starts_on <= delivery.today:
        change = Change.UPGRADE  # the mail's words: the plan is in force already
    issued = None
    if espacio.password_hash is None:
        issued = issue_code(session, store.pepper, espacio.id, now=now)
    term = Term(delivery.plan, span.starts_on, span.ends_on)
    letter = Writer(store.words, store.clock).delivered(
        change, term, Entry(espacio.written_name, desk.handle, issued)
    )
    enqueue(session, letter, fact=f"{_FACTS[change]}:{delivery.item.id}", desk=desk, now=now)


def _record(
    session: Session,
    person: Person,
    espacio: Espacio,
    contract: EspacioContract,
    delivery: _Delivery,
    clock: Clock,
) -> None:
    record(
        session,
        person,
        f"espacio.{delivery.change.value}",
        f"espacio:{espacio.id}",
        now=clock.now(),
        contract=contract.id,
        plan=delivery.plan.code,
        term=delivery.item.term_code,
        starts_on=delivery.span.starts_on.isoformat(),
        ends_on=delivery.span.ends_on.isoformat(),
        name=espacio.name,
    )
