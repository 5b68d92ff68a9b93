"""Orders and payments as lists and details show them; money in centavos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.orders.tables import OPEN, OrderState, PaymentMethod, PaymentState


@dataclass(frozen=True)
class OrderRow:
    """A line of «Mis pedidos»; centavos."""

    order_id: int
    folio: str
    desk: str
    state: OrderState
    placed_at: datetime
    due_on: date
    total_centavos: int
    paid_centavos: int
    summary: str
    """«@spacio 4G por un Mes», «@spacio 4G por un Mes y 2 más»."""

    @property
    def missing_centavos(self) -> int:
        """«Faltan $ 10.00»; 0 where the order takes no money any more."""
        return self.total_centavos - self.paid_centavos if self.state in OPEN else 0


@dataclass(frozen=True)
class PaymentRow:
    """A payment, for the staff's inbox and for an order's details; centavos."""

    payment_id: int
    order_id: int
    folio: str
    desk: str
    method: PaymentMethod
    state: PaymentState
    amount_centavos: int
    missing_centavos: int
    """What its order lacks, before this payment."""
    paid_on: date
    bank: str
    tracking: str
    declared_by: str
    recorded_by: str
    decided_by: str
    """The usuarios; empty where nobody has yet."""
    four_eyes: bool
    """False: it was recorded while one person was enough."""
    created_at: datetime
    reason: str
    """Why it was rejected."""


@dataclass(frozen=True)
class OrderLine:
    """A line of an order as it was placed; centavos, before tax."""

    description: str
    quantity: int
    gross_centavos: int
    discount_bp: int
    discount_centavos: int
    credit_centavos: int
    is_delivered: bool


@dataclass(frozen=True)
class OrderView:
    """An order with all that belongs to it; centavos."""

    row: OrderRow
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
