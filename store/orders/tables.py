"""Orders, their lines, payments, the balance, refunds, and bank statements."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from store.base import Base, RowId, states
from store.espacio.tables import Naming
from store.orders.reference import folio_of


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


OPEN = (OrderState.TO_PAY, OrderState.IN_REVIEW)
"""The states in which an order waits for money."""


PAID = (OrderState.PAID, OrderState.DELIVERED, OrderState.REFUNDED)
"""The states of an order that was paid in full."""


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


UNDECIDED = (PaymentState.DECLARED, PaymentState.RECORDED)


class LedgerReason(StrEnum):
    """Why the saldo a favor moved."""

    EXCESS = "excedente"
    CREDIT = "prorrateo"
    REFUND = "reembolso"
    APPLIED = "aplicado"
    PAID_OUT = "devuelto"


class RefundState(StrEnum):
    """Where a refund is: asked by one person, decided by another."""

    ASKED = "solicitado"
    APPROVED = "aprobado"
    REJECTED = "rechazado"


_CART = text("state = 'carrito'")
_LIVE_MOVEMENT = text("movement IS NOT NULL AND state <> 'rechazado'")
_GIVEN_BACK = text("reason = 'reembolso'")
_LIVE_REFUND = text("state <> 'rechazado'")

# What the staff's lists hold. Written out: SQLite uses such an index only where a query says the very same words.
IS_WAITING = text("state NOT IN ('carrito', 'surtido', 'cancelado', 'vencido', 'reembolsado')")
"""An order lacks money or delivery; said by what it is not, so that the index on states does not offer itself."""
IS_UNDECIDED = text("state IN ('declarado', 'registrado')")
"""A payment is neither confirmed nor rejected."""
IS_ASKED = text("state = 'solicitado'")
"""A refund waits for its second person."""


class SaleOrder(Base, table=True):
    """A cart, and after placing an order; it copies its prices and is never edited again."""

    __tablename__ = "sale_order"
    __table_args__ = (
        Index("uq_order_cart", "desk_id", unique=True, sqlite_where=_CART),
        Index("ix_order_list", "desk_id", "placed_at", "id"),
        Index("ix_order_state", "state", "due_on"),
        Index("ix_order_waiting", "placed_at", "id", sqlite_where=IS_WAITING),
        CheckConstraint("tax_rate_bp BETWEEN 0 AND 10000", name="tax_rate_range"),
        CheckConstraint("number BETWEEN 1 AND 999999", name="number_range"),
        CheckConstraint(
            "(state = 'carrito') = (placed_at IS NULL) AND (state = 'carrito') = (number IS NULL)"
            " AND (state = 'carrito') = (acceptance_id IS NULL) AND (state = 'carrito') = (due_on IS NULL)"
            " AND (state = 'carrito') = (token IS NULL) AND (state = 'carrito') = (placed_by IS NULL)",
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
        CheckConstraint("paid_centavos BETWEEN 0 AND coalesce(total_centavos, 0)", name="paid_range"),
        CheckConstraint(
            "state NOT IN ('pagado', 'surtido', 'reembolsado') OR paid_centavos = total_centavos",
            name="paid_in_full",
        ),
        CheckConstraint("(state IN ('pagado', 'surtido', 'reembolsado')) = (paid_at IS NOT NULL)",
                        name="paid_has_time"),
        CheckConstraint("state <> 'surtido' OR delivered_at IS NOT NULL", name="delivered_has_time"),
        CheckConstraint("delivered_at IS NULL OR paid_at IS NOT NULL", name="delivered_after_paid"),
        CheckConstraint("(state = 'cancelado') = (reason IS NOT NULL)", name="cancelled_has_reason"),
    )  # fmt: skip

    id: RowId = Field(default=None, primary_key=True)
    number: int | None = Field(default=None, unique=True)
    """Its folio P-000123, without gaps; NULL while it is a cart."""
    desk_id: int = Field(foreign_key="desk.id")
    state: OrderState = Field(default=OrderState.CART, sa_type=states(OrderState))
    tax_rate_bp: int
    gross_centavos: int | None = Field(default=None, sa_type=BigInteger)
    discount_centavos: int | None = Field(default=None, sa_type=BigInteger)
    credit_centavos: int | None = Field(default=None, sa_type=BigInteger)
    subtotal_centavos: int | None = Field(default=None, sa_type=BigInteger)
    tax_centavos: int | None = Field(default=None, sa_type=BigInteger)
    """Once per order, half-up, on the subtotal."""
    total_centavos: int | None = Field(default=None, sa_type=BigInteger)
    paid_centavos: int = Field(default=0, sa_type=BigInteger)
    """What confirmed payments have brought to it; what is beyond the total went to the saldo a favor."""
    token: str | None = Field(default=None, unique=True, max_length=64)
    """Made when the checkout opens; placing twice with it is one order."""
    acceptance_id: int | None = Field(default=None, foreign_key="acceptance.id")
    """The conditions of the contract."""
    licence_acceptance_id: int | None = Field(default=None, foreign_key="acceptance.id")
    """The licence of prepaid keys, where stamps were bought."""
    placed_by: int | None = Field(default=None, foreign_key="account.id")
    placed_at: datetime | None = None
    due_on: date | None = None
    """The last local day on which it can be paid."""
    paid_at: datetime | None = None
    delivered_at: datetime | None = None
    problem: str | None = Field(default=None, max_length=300)
    """Why a line of a paid order could not be delivered yet."""
    reason: str | None = Field(default=None, max_length=300)
    """Why it was cancelled."""
    created_at: datetime

    @property
    def folio(self) -> str:
        """«P-000123»; a cart has none yet."""
        return "" if self.number is None else folio_of(self.number)

    @property
    def missing_centavos(self) -> int:
        """What it still lacks; nothing of a cart's."""
        return (self.total_centavos or 0) - self.paid_centavos


class OrderItem(Base, table=True):
    """A line of a cart or an order."""

    __tablename__ = "order_item"
    __table_args__ = (
        UniqueConstraint("order_id", "espacio_line"),
        UniqueConstraint("order_id", "product_code"),
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
    unit_centavos: int = Field(sa_type=BigInteger)
    months: int = 1
    discount_bp: int = 0
    gross_centavos: int = Field(sa_type=BigInteger)
    discount_centavos: int = Field(sa_type=BigInteger)
    credit_centavos: int = Field(default=0, sa_type=BigInteger)
    espacio_line: bool | None = None
    """True on the one line of Espacio that an order may have, else NULL: the UNIQUE pair counts no NULLs."""
    term_code: str | None = Field(default=None, foreign_key="term.code", max_length=16)
    change: Change | None = Field(default=None, sa_type=states(Change))
    naming: Naming | None = Field(default=None, sa_type=states(Naming))
    delivered_at: datetime | None = None

    @property
    def words(self) -> str:
        """«@spacio 4G por un Mes», «2 × 50 Timbres»."""
        return self.description if self.quantity == 1 else f"{self.quantity:,} × {self.description}"

    @property
    def net_centavos(self) -> int:
        """What it adds to the subtotal."""
        return self.gross_centavos - self.discount_centavos - self.credit_centavos


class Payment(Base, table=True):
    """Money for an order; it is never edited: it is rejected and recorded anew."""

    __table_args__ = (
        Index("uq_payment_movement", "movement", unique=True, sqlite_where=_LIVE_MOVEMENT),
        Index("ix_payment_undecided", "id", sqlite_where=IS_UNDECIDED),
        Index("ix_payment_tracking", "tracking_key"),
        CheckConstraint("amount_centavos > 0", name="amount_range"),
        CheckConstraint("declared_by IS NOT NULL OR recorded_by IS NOT NULL", name="brought_by_somebody"),
        CheckConstraint(
            "state NOT IN ('registrado', 'confirmado', 'devuelto') OR method = 'saldo' OR recorded_by IS NOT NULL",
            name="recorded_by_somebody",
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
        CheckConstraint("(method = 'saldo') = (movement IS NULL)", name="has_movement"),
        CheckConstraint("(state = 'rechazado') = (reason IS NOT NULL)", name="rejected_has_reason"),
    )  # fmt: skip

    id: RowId = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="sale_order.id", index=True)
    method: PaymentMethod = Field(sa_type=states(PaymentMethod))
    amount_centavos: int = Field(sa_type=BigInteger)
    state: PaymentState = Field(sa_type=states(PaymentState))
    movement: str | None = Field(default=None, max_length=100)
    """Its own id, folded (`store.orders.movement`): bank, day and clave de rastreo. A movement pays once."""
    bank: str = Field(default="", max_length=60)
    """The bank as it was written."""
    tracking: str = Field(default="", max_length=40)
    """Clave de rastreo, number of the cheque or deposit, authorisation of the terminal, as it was written."""
    tracking_key: str = Field(default="", max_length=40)
    """The same, folded, to find a movement that was written down with another day or bank."""
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
    """Why it was rejected."""


class BalanceEntry(Base, table=True):
    """A movement of a desk's saldo a favor; the sum can never be negative, since each row carries it."""

    __tablename__ = "balance_entry"
    __table_args__ = (
        UniqueConstraint("desk_id", "place"),
        Index("uq_balance_refund", "order_id", unique=True, sqlite_where=_GIVEN_BACK),
        CheckConstraint(
            "(reason IN ('excedente', 'prorrateo', 'reembolso') AND delta_centavos > 0)"
            " OR (reason IN ('aplicado', 'devuelto') AND delta_centavos < 0)",
            name="delta_sign",
        ),
        CheckConstraint("balance_centavos >= 0", name="never_negative"),
        CheckConstraint("place > 1 OR balance_centavos = delta_centavos", name="begins_at_zero"),
        CheckConstraint("place >= 1", name="place_range"),
    )  # fmt: skip

    id: RowId = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="desk.id")
    place: int
    """The how-manieth entry of the desk's: two at the same moment cannot both follow the same one."""
    delta_centavos: int = Field(sa_type=BigInteger)
    balance_centavos: int = Field(sa_type=BigInteger)
    """What the desk has after it."""
    reason: LedgerReason = Field(sa_type=states(LedgerReason))
    order_id: int | None = Field(default=None, foreign_key="sale_order.id")
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    at: datetime


class Refund(Base, table=True):
    """Money of an order given back: asked by one person, decided by another."""

    __table_args__ = (
        Index("uq_refund_order", "order_id", unique=True, sqlite_where=_LIVE_REFUND),
        Index("ix_refund_asked", "id", sqlite_where=IS_ASKED),
        CheckConstraint("amount_centavos > 0", name="amount_range"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_persons"),
        CheckConstraint(
            "(state = 'solicitado') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decided_by_somebody",
        ),
    )  # fmt: skip

    id: RowId = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="sale_order.id", index=True)
    state: RefundState = Field(default=RefundState.ASKED, sa_type=states(RefundState))
    amount_centavos: int = Field(sa_type=BigInteger)
    reason: str = Field(max_length=300)
    asked_by: int = Field(foreign_key="account.id")
    asked_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = None


class StatementColumns(Base, table=True):
    """How this store's bank heads the columns of its statements: said once, remembered."""

    __tablename__ = "statement_columns"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    bank: str = Field(max_length=60)
    """The bank whose statements they are."""
    day: str = Field(max_length=60)
    amount: str = Field(max_length=60)
    """The column of what came in."""
    reference: str = Field(max_length=60)
    concept: str = Field(default="", max_length=60)
    tracking: str = Field(default="", max_length=60)
    """The column of the clave de rastreo; where a bank gives none, the line itself stands for it."""


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
        CheckConstraint("payment_id IS NULL OR order_id IS NOT NULL", name="recorded_for_an_order"),
    )

    id: RowId = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id")
    line: int
    paid_on: date
    amount_centavos: int = Field(sa_type=BigInteger)
    reference: str = Field(default="", max_length=40)
    concept: str = Field(default="", max_length=200)
    tracking: str = Field(max_length=40)
    """The clave de rastreo, or what stands for it where the bank gives none."""
    order_id: int | None = Field(default=None, foreign_key="sale_order.id")
    """The order for which a person recorded it."""
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    """The payment that a person recorded from it."""
