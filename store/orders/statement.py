"""Bank statements: read once, compared with the orders that wait, proposed; a person records (SPEC 6; facts/domain 4.f)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, account_of, require
from store.audit.chain import record
from store.calendar import Clock, long_date
from store.errors import NotFound, PaymentRefused
from store.installation.store import Store
from store.orders.bringing import live_movement
from store.orders.movement import Money, movement_of
from store.orders.payments import record_payment
from store.orders.reference import number_in_reference
from store.orders.settling import PaymentOutcome
from store.orders.statement_file import Columns, Income, read_income
from store.orders.tables import (
    OPEN,
    Payment,
    PaymentMethod,
    SaleOrder,
    Statement,
    StatementColumns,
    StatementLine,
)
from store.text import _, clean


class Match(Enum):
    """How a line of a statement fits an order; none of them pays by itself."""

    RECORDED = "recorded"
    """Its movement is a payment already."""
    EXACT = "exact"
    """The reference of an order, and what it lacks to the centavo."""
    OTHER_AMOUNT = "other amount"
    """The reference of an order, and another amount: a part, or too much."""
    ONLY_AMOUNT = "only amount"
    """No reference, but the one order that lacks just that."""
    NONE = "none"
    """Nothing fits."""


@dataclass(frozen=True)
class Proposal:
    """A line of a statement, and the order that it may belong to; centavos."""

    line_id: int
    income: Income
    match: Match
    order_id: int | None
    folio: str
    missing_centavos: int
    """What that order lacks."""
