"""Orders, their lines, payments, the balance, refunds, and bank statements."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from store.base import Base, RowId, states
from store.espacio.tables import Naming


class OrderState(StrEnum):
    """Where an order is (SPEC 6); the values are the screen's words."""

    CART = "carrito"
    TO_PAY = "por_pagar"
    IN_REVIEW = "en_revision"
    PAID = "pagado"
    DELIVERED = "surtido"
    CANCELLED = "cancelado"
    EXPIRED = "vencido"
    REFUNDED = "reembolsado"


class Change(StrEnum):
    """What a line of Espacio does to the contract in force."""

    CONTRACT = "contract"
    RENEWAL = "renewal"
    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"


class PaymentMethod(StrEnum):
    """How it was paid; card numbers are never typed (SPEC 6)."""

    SPEI = "spei"
    DEPOSIT = "deposito"
    CHEQUE = "cheque"
    CASH = "efectivo"
    CARD = "terminal"
    BALANCE = "saldo"


class PaymentState(StrEnum):
    """Where a payment is: declared by the customer, recorded by caja, confirmed by another person (SPEC 6)."""

    DECLARED = "declarado"
    RECORDED = "registrado"
    CONFIRMED = "confirmado"
    REJECTED = "rechazado"
    RETURNED = "devuelto"


class LedgerReason(StrEnum):
    """Why the saldo a favor moved."""

    EXCESS = "excedente"
    CREDIT = "prorrateo"
    REFUND = "reembolso"
    APPLIED = "aplicado"
    PAID_OUT = "devuelto"


_CART = text("state = 'carrito'")
_LIVE_MOVEMENT = text("movement IS NOT NULL AND state <> 'rechazado'")


class SaleOrder(Base, table=True):
    """A cart, and after placing an order; it copies its prices and is never edited again."""

    __tablename__ = "sale_order"
    __table_args__ = (
        Index("uq_order_cart", "desk_id", unique=True, sqlite_where=_CART, postgresql_where=_CART),
        Index("ix_order_list", "desk_id", "placed_at", "id"),
        Index("ix_order_state", "state", "due_on"),
        CheckConstraint("tax_rate_bp BETWEEN 0 AND 10000", name="tax_rate_range"),
        CheckConstraint(
            "(state = 'carrito') = (placed_at IS NULL) AND (state = 'carrito') = (number IS NULL)"
            " AND (state = 'carrito') = (acceptance_id IS NULL) AND (state = 'carrito') = (due_on IS NULL)"
            " AND (state = 'carrito') = (token IS NULL)",
            name="placed_all_or_nothing",
        ),
        # A CHECK that is NULL passes, hence the coalesce.
        CheckConstraint(
            "state = 'carrito' OR coalesce("
            "gross_centavos >= 0 AND discount_centavos BETWEEN 0 AND gross_centavos"
            " AND credit_centavos BETWEEN 0 AND gross_centavos - discount_centavos"
            " AND subtotal_centavos = gross_centavos - discount_centavos - credit_centavos"
            " AND tax_centavos = (subtotal_centavos * tax_rate_bp + 5000) / 10000"
            " AND total_centavos = subtotal_centavos + tax_centavos, false)",
            name="sums",
        ),
        CheckConstraint("state NOT IN ('pagado', 'surtido', 'reembolsado') OR paid_at IS NOT NULL", name="paid_has_time"),
        CheckConstraint("state <> 'surtido' OR delivered_at IS NOT NULL", name="delivered_has_time"),
        CheckConstraint("(state = 'cancelado') = (reason IS NOT NULL)", name="cancelled_has_reason"),
    )  # fmt: skip

    id: RowId = Field(default=None, primary_key=True)
    number: int | None = Field(default=None, unique=True)
    """Its folio P-000123, without gaps; NULL while it is a cart."""
    desk_id: int = Field(foreign_key="desk.id")
    state: OrderState = Field(default=OrderState.CART, sa_type=states(OrderState))
    tax_rate_bp: int
    gross_centavos: int | None = None
    discount_centavos: int | None = None
    credit_centavos: int | None = None
    subtotal_centavos: int | None = None
    tax_centavos: int | None = None
    """Once per order, half-up, on the subtotal."""
    total_centavos: int | None = None
    token: str | None = Field(default=None, unique=True, max_length=64)
    """Made when the checkout opens; placing twice with it is one order."""
    acceptance_id: int | None = Field(default=None, foreign_key="acceptance.id")
    placed_by: int | None = Field(default=None, foreign_key="account.id")
    placed_at: datetime | None = None
    due_on: date | None = None
    paid_at: datetime | None = None
    delivered_at: datetime | None = None
    reason: str | None = Field(default=None, max_length=300)
    """Why it was cancelled."""
    created_at: datetime


class OrderItem(Base, table=True):
    """A line of a cart or an order."""

    __tablename__ = "order_item"
    __table_args__ = (
        UniqueConstraint("order_id", "espacio_line"),
        CheckConstraint("quantity BETWEEN 1 AND 999", name="quantity_range"),
        CheckConstraint(
            "espacio_line IS NULL OR (espacio_line AND quantity = 1)", name="one_espacio"
        ),
        CheckConstraint(
            "(espacio_line IS NULL) = (change IS NULL) AND (espacio_line IS NULL) = (naming IS NULL)"
            " AND (espacio_line IS NULL) = (term_code IS NULL)",
            name="espacio_all_or_nothing",
        ),
        CheckConstraint("unit_centavos >= 0 AND months >= 1", name="price_range"),
        CheckConstraint("discount_bp BETWEEN 0 AND 9999", name="discount_range"),
        CheckConstraint("gross_centavos = unit_centavos * months * quantity", name="gross"),
        CheckConstraint(
            "discount_centavos = (gross_centavos * discount_bp + 5000) / 10000", name="discount"
        ),
        CheckConstraint(
            "credit_centavos BETWEEN 0 AND gross_centavos - discount_centavos", name="credit_range"
        ),
    )

    id: RowId = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="sale_order.id", index=True)
    product_code: str = Field(foreign_key="product.code", max_length=32)
    description: str = Field(max_length=200)
    """«@spacio 4G por un Mes»."""
    quantity: int = 1
    unit_centavos: int
    months: int = 1
    discount_bp: int = 0
    gross_centavos: int
    discount_centavos: int
    credit_centavos: int = 0
    espacio_line: bool | None = None
    """True on the one line of Espacio that an order may have, else NULL: the UNIQUE pair counts no NULLs."""
    term_code: str | None = Field(default=None, foreign_key="term.code", max_length=16)
    change: Change | None = Field(default=None, sa_type=states(Change))
    naming: Naming | None = Field(default=None, sa_type=states(Naming))
    delivered_at: datetime | None = None


class Payment(Base, table=True):
    """Money for an order; it is never edited: it is rejected and recorded anew."""

    __table_args__ = (
        Index("uq_payment_movement", "method", "movement", unique=True, sqlite_where=_LIVE_MOVEMENT,
              postgresql_where=_LIVE_MOVEMENT),
        Index("ix_payment_inbox", "state", "id"),
        CheckConstraint("amount_centavos > 0", name="amount_range"),
        CheckConstraint(
            "state = 'declarado' OR method = 'saldo' OR recorded_by IS NOT NULL OR state = 'rechazado'", name="recorded_by_somebody"
        ),
        CheckConstraint(
            "(state IN ('confirmado', 'rechazado', 'devuelto')) = (decided_at IS NOT NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint(
            "NOT four_eyes OR method = 'saldo' OR state NOT IN ('confirmado', 'devuelto')"
            " OR coalesce(decided_by <> recorded_by, false)",
            name="four_eyes",
        ),
        CheckConstraint("state NOT IN ('registrado', 'confirmado') OR method IN ('efectivo', 'saldo') OR movement IS NOT NULL",
                        name="has_movement"),
        CheckConstraint("(state = 'rechazado') = (reason IS NOT NULL)", name="rejected_has_reason"),
    )  # fmt: skip

    id: RowId = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="sale_order.id", index=True)
    method: PaymentMethod = Field(sa_type=states(PaymentMethod))
    amount_centavos: int
    state: PaymentState = Field(sa_type=states(PaymentState))
    movement: str | None = Field(default=None, max_length=64)
    """The bank movement's own id (bank, clave de rastreo and day) or the terminal's authorisation: it pays once."""
    paid_on: date
    """The day that the payer or the bank says."""
    four_eyes: bool = True
    """Whether the rule of two persons was in force when it was recorded; a row says so for ever."""
    declared_by: int | None = Field(default=None, foreign_key="account.id")
    recorded_by: int | None = Field(default=None, foreign_key="account.id")
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime
    decided_at: datetime | None = None
    reason: str | None = Field(default=None, max_length=300)


class BalanceEntry(Base, table=True):
    """A movement of a desk's saldo a favor; the sum can never be negative, since each row carries it."""

    __tablename__ = "balance_entry"
    __table_args__ = (
        UniqueConstraint("desk_id", "place"),
        CheckConstraint("delta_centavos <> 0", name="delta_range"),
        CheckConstraint("balance_centavos >= 0", name="never_negative"),
        CheckConstraint("place >= 1", name="place_range"),
    )

    id: RowId = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="desk.id")
    place: int
    """The how-manieth entry of the desk's: two at the same moment cannot both follow the same one."""
    delta_centavos: int
    balance_centavos: int
    """What the desk has after it."""
    reason: LedgerReason = Field(sa_type=states(LedgerReason))
    order_id: int | None = Field(default=None, foreign_key="sale_order.id")
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    at: datetime


class Refund(Base, table=True):
    """Money of an order given back: asked by one person of the staff, approved by another."""

    __table_args__ = (
        CheckConstraint("amount_centavos > 0", name="amount_range"),
        CheckConstraint("approved_by IS NULL OR approved_by <> asked_by", name="two_persons"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved_has_time"),
    )

    id: RowId = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="sale_order.id", unique=True)
    amount_centavos: int
    reason: str = Field(max_length=300)
    asked_by: int = Field(foreign_key="account.id")
    asked_at: datetime
    approved_by: int | None = Field(default=None, foreign_key="account.id")
    approved_at: datetime | None = None


class Statement(Base, table=True):
    """A bank statement that was read; the same file never twice."""

    id: RowId = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200)
    read_by: int = Field(foreign_key="account.id")
    read_at: datetime


class StatementLine(Base, table=True):
    """A movement of a statement, and the order it may belong to: a proposal, until a person records it."""

    __tablename__ = "statement_line"
    __table_args__ = (
        UniqueConstraint("statement_id", "line"),
        CheckConstraint("amount_centavos > 0", name="amount_range"),
    )

    id: RowId = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id")
    line: int
    paid_on: date
    amount_centavos: int
    reference: str = Field(default="", max_length=40)
    concept: str = Field(default="", max_length=200)
    movement: str = Field(max_length=64)
    order_id: int | None = Field(default=None, foreign_key="sale_order.id")
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    """The payment that a person recorded from it."""
