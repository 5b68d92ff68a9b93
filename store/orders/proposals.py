"""What the lines of a bank statement may belong to: proposals, and never a payment (SPEC 6; facts/domain 4.f)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlmodel import Session, col, func, select, true

from store.accounts.person import Person, Power, require
from store.errors import NotFound
from store.orders.bringing import find_alike, live_movement
from store.orders.movement import movement_of
from store.orders.reference import number_in_reference
from store.orders.statement import money_of
from store.orders.tables import OPEN, PaymentState, SaleOrder, Statement, StatementLine
from store.text import _
from store.windows.listing import Listed
from store.windows.order import plain_order

_NUMBERS = re.compile(r"\d{2,7}", re.ASCII)


class Match(Enum):
    """How a line of a statement fits an order; none of them pays by itself."""

    RECORDED = "recorded"
    """Its movement is a payment already, of the order named."""
    EXACT = "exact"
    """The reference of an order, and what it lacks to the centavo."""
    OTHER_AMOUNT = "other amount"
    """The reference of an order, and another amount: a part, too much, or more than it takes."""
    ONLY_AMOUNT = "only amount"
    """No reference, but the one order that lacks just that: a hint."""
    NONE = "none"
    """Nothing fits."""


@dataclass(frozen=True)
class Proposal:
    """A line of a statement, and the order that it may belong to; centavos."""

    line_id: int
    line: int
    paid_on: date
    amount_centavos: int
    reference: str
    concept: str
    tracking: str
    match: Match
    order_id: int | None
    folio: str
    missing_centavos: int
    """What that order lacks; 0 where it takes no money any more."""


@dataclass(frozen=True)
class StatementRow:
    """A statement that was read."""

    statement_id: int
    name: str
    read_at: datetime
    lines: int


def list_statements(session: Session, person: Person) -> Listed[StatementRow]:
    """Give the statements that were read, newest first; for the staff."""
    require(session, person, Power.LOOK_EVERYWHERE)
    newest = plain_order(col(Statement.id), descending=True)
    return Listed(col(Statement.id), true(), newest, _statement_rows)


def _statement_rows(session: Session, numbers: Sequence[int]) -> dict[int, StatementRow]:
    lines = (
        select(func.count())
        .where(col(StatementLine.statement_id) == col(Statement.id))
        .scalar_subquery()
    )
    found = session.exec(select(Statement, lines).where(col(Statement.id).in_(numbers))).all()
    return {row.id: StatementRow(row.id, row.name, row.read_at, count) for row, count in found}


def propose(session: Session, person: Person, statement_id: int) -> Listed[Proposal]:
    """Give the lines of a statement, each compared with the orders as they are when it is read; for the staff.

    Raises:
        NotFound: There is no such statement.
    """
    require(session, person, Power.LOOK_EVERYWHERE)
    if session.get(Statement, statement_id) is None:
        raise NotFound(_("No hay ese estado de cuenta."))
    its_own = col(StatementLine.statement_id) == statement_id
    as_read = plain_order(col(StatementLine.line), descending=False)
    return Listed(col(StatementLine.id), its_own, as_read, _proposals)


def _proposals(session: Session, numbers: Sequence[int]) -> dict[int, Proposal]:
    found = session.exec(select(StatementLine).where(col(StatementLine.id).in_(numbers))).all()
    return {line.id: _proposal(session, line) for line in found}


def _proposal(session: Session, line: StatementLine) -> Proposal:
    match, order = _match(session, line)
    return Proposal(
        line.id,
        line.line,
        line.paid_on,
        line.amount_centavos,
        line.reference,
        line.concept,
        line.tracking,
        match,
        order.id if order else None,
        order.folio if order else "",
        _missing(order) if order else 0,
    )


def _match(session: Session, line: StatementLine) -> tuple[Match, SaleOrder | None]:
    recorded = _recorded(session, line)
    if recorded is not None:
        return Match.RECORDED, recorded
    order = _by_reference(session, line)
    if order is not None:
        exact = _missing(order) == line.amount_centavos
        return (Match.EXACT if exact else Match.OTHER_AMOUNT), order
    alone = _by_amount(session, line.amount_centavos)
    if len(alone) == 1:
        return Match.ONLY_AMOUNT, alone[0]
    return Match.NONE, None


def _recorded(session: Session, line: StatementLine) -> SaleOrder | None:
    """Give the order of the payment that this line is already, by whatever words it was written down."""
    if line.order_id is not None:
        return session.get(SaleOrder, line.order_id)
    money = money_of(session, line)
    movement = movement_of(money, 0)
    payment = live_movement(session, movement)
    if payment is None or payment.state is PaymentState.DECLARED:
        payment = find_alike(session, money, movement)
    return None if payment is None else session.get(SaleOrder, payment.order_id)


def _by_reference(session: Session, line: StatementLine) -> SaleOrder | None:
    """Find the order whose reference stands in its column, or else in the words of the payer."""
    written = [line.reference, *_NUMBERS.findall(line.concept)]
    for number in filter(None, map(number_in_reference, written)):
        order = session.exec(select(SaleOrder).where(col(SaleOrder.number) == number)).first()
        if order is not None:
            return order
    return None


def _by_amount(session: Session, amount: int) -> Sequence[SaleOrder]:
    return session.exec(
        select(SaleOrder)
        .where(
            col(SaleOrder.state).in_(OPEN),
            col(SaleOrder.total_centavos) - col(SaleOrder.paid_centavos) == amount,
        )
        .limit(2)
    ).all()


def _missing(order: SaleOrder) -> int:
    return order.missing_centavos if order.state in OPEN else 0
