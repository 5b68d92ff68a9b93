"""Orders and payments as lists show them: «Mis pedidos», and the staff's inbox."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from store.accounts.person import Person
from store.orders.tables import UNDECIDED, OrderState, PaymentMethod, PaymentState


@dataclass(frozen=True)
class OrderRow:
    """A line of «Mis pedidos»."""

    order_id: int
    folio: str
    state: OrderState
    placed_at: datetime
    due_on: date
    total_centavos: int
    paid_centavos: int
    summary: str
    """«@spacio 4G por un Mes», «@spacio 4G por un Mes y 2 más»."""


@dataclass(frozen=True)
class PaymentRow:
    """A payment, for the staff's inbox and for an order's details."""

    payment_id: int
    order_id: int
    folio: str
    desk: str
    method: PaymentMethod
    state: PaymentState
    amount_centavos: int
    missing_centavos: int
    """What its order still lacks."""
    paid_on: date
    bank: str
    tracking: str
    declared_by: str
    recorded_by: str
    decided_by: str
    four_eyes: bool
    """False: it was recorded while one person was enough."""
    created_at: datetime
    reason: str


@dataclass(frozen=True)
class OrderLine:
    """A line of an order as it was placed; centavos, before tax."""

    description: str
    quantity: int
    gross_centavos: int
    discount_bp: int
    discount_centavos: int
    credit_centavos: int
    delivered: bool


@dataclass(frozen=True)
class OrderView:
    """An order with all that belongs to it."""

    row: OrderRow
    desk: str
    lines: tuple[OrderLine, ...]
    gross_centavos: int
    discount_centavos: int
    credit_centavos: int
    subtotal_centavos: int
    tax_rate_bp: int
    tax_centavos: int
    payments: tuple[PaymentRow, ...]
    reason: str
    """Why it was cancelled."""
    problem: str
    """Why it is paid and not delivered."""

    @property
    def missing_centavos(self) -> int:
        """What it still lacks."""
        return self.row.total_centavos - self.row.paid_centavos


def my_orders(session: Session, person: Person, *, most: int = 200) -> tuple[OrderRow, ...]:
    """Give the orders of the person's desk, newest first."""
    raise NotImplementedError


def order_view(session: Session, person: Person, order_id: int) -> OrderView:
    """Give one order with its lines and payments; the staff may see any.

    Raises:
        NotFound: The desk has no such order.
    """
    raise NotImplementedError


def payments_inbox(
    session: Session,
    person: Person,
    states: Collection[PaymentState] = UNDECIDED,
    *,
    most: int = 200,
) -> tuple[PaymentRow, ...]:
    """Give the payments in some states, oldest first, of every desk; for the staff."""
    raise NotImplementedError
