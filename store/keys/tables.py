"""Lots of keys, and the keys."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from store.base import Base, RowId, ordered_text, states


class KeyState(StrEnum):
    """Where a key is in its life (SPEC 3).

    The values are the screen's words, so that an index on them is in the order that a person expects.
    """

    ISSUED = "emitida"
    HELD = "bloqueada"
    EXPIRED = "vencida"
    AVAILABLE = "disponible"
    WITHHELD = "retenida"
    USED = "utilizada"
    VOID = "anulada"


LISTED = (KeyState.AVAILABLE, KeyState.USED, KeyState.WITHHELD, KeyState.VOID)
"""The states that a desk's list can show."""

_IN_DESK = "state IN ('disponible', 'utilizada', 'retenida')"
_NOT_IN_DESK = "state IN ('emitida', 'bloqueada', 'vencida')"
_WITH_REASON = "state IN ('bloqueada', 'retenida', 'anulada')"
_FILTERED = ("confirmed_on", "state", "units", "signs", "client_id")
"""Columns that filters ask."""


def _of_desk(name: str, *columns: str) -> Index:
    """Index the keys of desks alone: those that no desk has yet, a whole import of them, are in no list."""
    in_desk = text("desk_id IS NOT NULL")
    return Index(
        f"ix_prepaid_key_{name}",
        "desk_id",
        *(text(column) if "(" in column else column for column in columns),
        sqlite_where=in_desk,
    )


def _ordered(name: str, *first: str) -> Index:
    """Index an order of the list, with all that filters ask, so that only rows that are shown are looked at."""
    place = (*first, "confirmed_at", "id")
    return _of_desk(name, *place, *(column for column in _FILTERED if column not in place))


class KeyLot(Base, table=True):
    """Keys that were issued or imported together; the form of a key belongs to its lot."""

    __tablename__ = "key_lot"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_range"),
        CheckConstraint(
            "vendor_length IS NULL OR vendor_length BETWEEN 12 AND 40", name="vendor_length_range"
        ),
    )

    id: RowId = Field(default=None, primary_key=True)
    folio: str = Field(unique=True, max_length=16)
    product_code: str = Field(foreign_key="product.code", max_length=32)
    quantity: int
    vendor_length: int | None = None
    """Signs of a vendor's keys, which have no check symbol; NULL for our own form."""
    redeem_by: date | None = None
    """The last local date on which its keys may be confirmed."""
    created_by: str = Field(max_length=64)
    created_at: datetime


class PrepaidKey(Base, table=True):
    """A key: its HMAC and its eight visible signs, never the key."""

    __tablename__ = "prepaid_key"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "desk_id"], ["client.id", "client.desk_id"]),
        CheckConstraint("length(mac) = 32", name="mac_length"),
        CheckConstraint("length(signs) = 8", name="signs_length"),
        CheckConstraint("units BETWEEN 1 AND 1000000", name="units_range"),
        CheckConstraint(
            "(desk_id IS NULL) = (confirmed_at IS NULL)"
            " AND (desk_id IS NULL) = (confirmed_on IS NULL)"
            " AND (desk_id IS NULL) = (confirmed_by IS NULL)"
            " AND (desk_id IS NULL) = (acceptance_id IS NULL)",
            name="confirmed_all_or_nothing",
        ),
        CheckConstraint(f"NOT ({_IN_DESK}) OR desk_id IS NOT NULL", name="has_desk"),
        CheckConstraint(f"NOT ({_NOT_IN_DESK}) OR desk_id IS NULL", name="has_no_desk"),
        CheckConstraint("(state = 'utilizada') = (activated_on IS NOT NULL)", name="used_has_date"),
        CheckConstraint("(state = 'utilizada') = (client_id IS NOT NULL)", name="used_has_client"),
        CheckConstraint("(client_id IS NULL) = (client_sort_key = '')", name="client_sorts"),
        CheckConstraint(
            "activated_on IS NULL OR activated_on >= confirmed_on", name="used_after_confirmed"
        ),
        CheckConstraint(f"({_WITH_REASON}) = (reason IS NOT NULL)", name="has_reason"),
        _ordered("confirmed"),
        _ordered("signs", "signs"),
        _ordered("units", "units"),
        _ordered("activated", "activated_on"),
        _ordered("state", "state"),
        _ordered("client", "client_sort_key"),
        _of_desk("last_signs", "substr(signs, 5, 4)"),
        _of_desk("inner_signs", "substr(signs, 2, 3)"),
        _of_desk("inner_last_signs", "substr(signs, 6, 3)"),
        Index("ix_prepaid_key_lot", "lot_id", "state"),
    )

    id: RowId = Field(default=None, primary_key=True)
    lot_id: int = Field(foreign_key="key_lot.id")
    mac: bytes = Field(sa_type=LargeBinary, unique=True)
    """HMAC-SHA256(pepper, key)."""
    signs: str = Field(max_length=8, sa_type=ordered_text(8))
    """The first and the last four, together."""
    units: int
    state: KeyState = Field(default=KeyState.ISSUED, sa_type=states(KeyState))
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    """«Válidos solo para este Escritorio»: once set, for ever."""
    confirmed_at: datetime | None = None
    confirmed_on: date | None = None
    """«Fecha»: the local day of the confirmation."""
    confirmed_by: int | None = Field(default=None, foreign_key="account.id")
    acceptance_id: int | None = Field(default=None, foreign_key="acceptance.id")
    activated_on: date | None = None
    """«F. Activación»: the local day of the client's first use; NULL is «Inactiva»."""
    client_id: int | None = None
    client_sort_key: str = Field(default="", max_length=200, sa_type=ordered_text(200))
    """The client's, copied so that an index can order by it."""
    reason: str | None = Field(default=None, max_length=300)
    """Why staff held, withheld or voided it."""


class TallyKind(StrEnum):
    """What a tally counts apart, besides state and units."""

    ALL = "all"
    DAY = "day"
    ACTIVATION = "activation"
    CLIENT = "client"


class KeyTally(Base, table=True):
    """How many keys of a desk are alike; triggers of the database keep it with every change of a key."""

    __tablename__ = "key_tally"
    __table_args__ = {"sqlite_with_rowid": False}

    desk_id: int = Field(primary_key=True, foreign_key="desk.id")
    kind: TallyKind = Field(primary_key=True, sa_type=states(TallyKind))
    value: str = Field(primary_key=True, sa_type=ordered_text(20))
    """A day as ISO writes it, a client's number, or nothing."""
    state: KeyState = Field(primary_key=True, sa_type=states(KeyState))
    units: int = Field(primary_key=True)
    keys: int


class SavedView(Base, table=True):
    """A view of the list under a name, an account's own."""

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("account_id", "folded"),
        CheckConstraint("length(name) BETWEEN 1 AND 40", name="name_length"),
        Index(
            "uq_saved_view_default",
            "account_id",
            unique=True,
            sqlite_where=text("is_default"),
        ),
    )

    id: RowId = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    name: str = Field(max_length=40)
    folded: str = Field(max_length=120)
    """The name blind to case."""
    is_default: bool = False
    """Whether the list begins with it."""
    value: str = Field(max_length=4000)
    """JSON with the version of its form."""
