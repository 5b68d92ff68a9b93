"""Desks, accounts, their keys and sessions, and what an account likes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from store.base import Base, RowId, ordered_text, states

GENERIC_RFCS = ("XAXX010101000", "XEXX010101000")
"""The SAT's RFCs for the public at large and for foreigners, which may repeat (RMF 2.7.1.23)."""
_NOT_GENERIC = text("rfc NOT IN ('XAXX010101000', 'XEXX010101000')")
_TITULAR = text("role = 'titular'")
_IS_OPEN = text("ended_at IS NULL")


class DeskKind(StrEnum):
    """What a desk is: a customer's, or a distributor's, who has clients of its own."""

    CUSTOMER = "customer"
    DISTRIBUTOR = "distributor"


class DeskState(StrEnum):
    """Whether a desk may work."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Role(StrEnum):
    """What an account may do in its desk (SPEC 8)."""

    TITULAR = "titular"
    OPERADOR = "operador"
    CONSULTA = "consulta"


class StaffRole(StrEnum):
    """What a member of the staff may do (SPEC 8)."""

    SOPORTE = "soporte"
    CAJA = "caja"
    AUDITOR = "auditor"
    ADMIN = "admin"


class AccountState(StrEnum):
    """Whether an account may sign in."""

    ACTIVE = "active"
    BLOCKED = "blocked"


class Desk(Base, table=True):
    """An «escritorio de servicios»: one per company."""

    __table_args__ = (
        Index(
            "uq_desk_rfc",
            "rfc",
            unique=True,
            sqlite_where=_NOT_GENERIC,
        ),
        Index("ix_desk_order", "sort_key"),
        CheckConstraint("length(name) BETWEEN 1 AND 254", name="name_length"),
        CheckConstraint("length(rfc) IN (12, 13)", name="rfc_length"),
        CheckConstraint("length(handle) BETWEEN 3 AND 30", name="handle_length"),
        CheckConstraint("tax_rate_bp BETWEEN 0 AND 10000", name="tax_rate_range"),
    )

    id: RowId = Field(default=None, primary_key=True)
    name: str = Field(max_length=254)
    search_key: str = Field(max_length=600)
    sort_key: str = Field(max_length=200, sa_type=ordered_text(200))
    rfc: str = Field(max_length=13)
    handle: str = Field(unique=True, max_length=30)
    """The usuario that registered it."""
    kind: DeskKind = Field(sa_type=states(DeskKind))
    email: str = Field(max_length=254)
    state: DeskState = Field(default=DeskState.ACTIVE, sa_type=states(DeskState))
    tax_rate_bp: int = 1600
    """IVA in basis points: 16 %, or 8 % at the border."""
    created_at: datetime


class Account(Base, table=True):
    """A login: of one desk with a role, or of the staff."""

    __table_args__ = (
        CheckConstraint("(desk_id IS NULL) <> (staff_role IS NULL)", name="desk_or_staff"),
        CheckConstraint("(desk_id IS NULL) = (role IS NULL)", name="role_in_desk"),
        CheckConstraint("length(username) BETWEEN 3 AND 30", name="username_length"),
        CheckConstraint("password_hash LIKE '$argon2id$%'", name="argon2id"),
        Index(
            "uq_account_titular",
            "desk_id",
            unique=True,
            sqlite_where=_TITULAR,
        ),
    )

    id: RowId = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=30)
    password_hash: str = Field(max_length=200)
    must_change_password: bool = True
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    role: Role | None = Field(default=None, sa_type=states(Role))
    staff_role: StaffRole | None = Field(default=None, sa_type=states(StaffRole))
    state: AccountState = Field(default=AccountState.ACTIVE, sa_type=states(AccountState))
    last_access_at: datetime | None = None
    last_access_origin: str | None = Field(default=None, max_length=100)
    created_at: datetime


class KeyUse(StrEnum):
    """What a public key that an account is bound to is good for."""

    BESIDE = "beside"
    """It is needed, and the password too."""
    INSTEAD = "instead"
    """It is enough: no password is asked."""


class AccountKey(Base, table=True):
    """A public key that an account is bound to."""

    __tablename__ = "account_key"
    __table_args__ = (
        CheckConstraint(
            "fingerprint LIKE 'SHA256:%' AND length(fingerprint) = 50", name="fingerprint_form"
        ),
    )

    fingerprint: str = Field(primary_key=True, max_length=50)
    """As `ssh-keygen -lf` prints it."""
    account_id: int = Field(foreign_key="account.id", index=True)
    use: KeyUse = Field(sa_type=states(KeyUse))
    kind: str = Field(max_length=40)
    comment: str = Field(max_length=100)
    """What its owner called it; shown, never trusted."""
    created_at: datetime


class SessionEnd(StrEnum):
    """How a session ended."""

    LEFT = "left"
    """By «Salir»."""
    IDLE = "idle"
    """Nobody pressed a key for too long."""
    ENDED = "ended"
    """From another session, or from the command line."""
    CUT = "cut"
    """Its line went down."""


class DeskSession(Base, table=True):
    """Somebody's stay at a desk, from signing in to leaving.

    A process that was killed writes no end: its session is over because nothing has been seen of it for a while.
    """

    __tablename__ = "desk_session"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_somehow"),
        Index(
            "ix_desk_session_open",
            "account_id",
            sqlite_where=_IS_OPEN,
        ),
    )

    id: RowId = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    origin: str = Field(max_length=100)
    """The address and the key that they came with, or their terminal."""
    since: datetime
    seen_at: datetime
    """When its process last said that it is there, which it does once a minute."""
    ended_at: datetime | None = None
    ending: SessionEnd | None = Field(default=None, sa_type=states(SessionEnd))


class Preference(Base, table=True):
    """Something an account chose and the desk remembers."""

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    name: str = Field(primary_key=True, max_length=64)
    value: str = Field(max_length=4000)
    """Canonical JSON."""
