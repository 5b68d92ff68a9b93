"""The Espacio, its contracts, and the codes that open it the first time."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from store.base import Base, RowId, states


class Naming(StrEnum):
    """What an Espacio's name is made from."""

    RFC = "rfc"
    USERNAME = "username"


def written(name: str, naming: Naming) -> str:
    """Write a name as what it is made from is written: an RFC in upper case."""
    return name.upper() if naming is Naming.RFC else name


class ContractState(StrEnum):
    """Where a contract is (facts/domain 4.b.2); the values are the screen's words."""

    SCHEDULED = "programado"
    ACTIVE = "activo"
    GRACE = "gracia"
    SUSPENDED = "suspendido"
    EXPIRED = "vencido"
    REPLACED = "reemplazado"
    CANCELLED = "cancelado"


CURRENT = (ContractState.ACTIVE, ContractState.GRACE, ContractState.SUSPENDED)
_IS_CURRENT = text("state IN ('activo', 'gracia', 'suspendido')")
_IS_SCHEDULED = text("state = 'programado'")
_IS_FREE = text("term_code IS NULL")


class Espacio(Base, table=True):
    """One per desk; it stays while contracts follow one another."""

    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 3 AND 30", name="name_length"),
        CheckConstraint("users_in_use >= 1 AND storage_in_use_mb >= 0", name="use_range"),
    )

    id: RowId = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="desk.id", unique=True)
    name: str = Field(unique=True, max_length=30)
    """In lower case, as it is found and stands in its address."""
    naming: Naming = Field(sa_type=states(Naming))
    renamed_at: datetime | None = None
    """Set by the first paid contract, which may rename it once."""
    password_hash: str | None = Field(default=None, max_length=200)
    """NULL until a one-time code was used to set one."""
    users_in_use: int = 1
    storage_in_use_mb: int = 0
    created_at: datetime

    @property
    def written_name(self) -> str:
        """The name as a person reads it."""
        return written(self.name, self.naming)


class EspacioContract(Base, table=True):
    """A plan for a time; the free one has no term, no end and no order."""

    __tablename__ = "espacio_contract"
    __table_args__ = (
        Index("uq_contract_current", "espacio_id", unique=True, sqlite_where=_IS_CURRENT),
        Index("uq_contract_scheduled", "espacio_id", unique=True, sqlite_where=_IS_SCHEDULED),
        Index("uq_contract_free", "espacio_id", unique=True, sqlite_where=_IS_FREE),
        Index("ix_contract_due", "state", "ends_on"),
        CheckConstraint(
            "(term_code IS NULL) = (ends_on IS NULL) AND (term_code IS NULL) = (order_item_id IS NULL)"
            " AND (term_code IS NULL) = (anchor_on IS NULL)",
            name="free_has_no_end",
        ),
        CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="days"),
        CheckConstraint("(state = 'reemplazado') = (replaced_by IS NOT NULL)", name="replaced_by_another"),
        CheckConstraint("paid_centavos >= 0 AND (term_code IS NOT NULL OR paid_centavos = 0)", name="paid"),
    )  # fmt: skip

    id: RowId = Field(default=None, primary_key=True)
    espacio_id: int = Field(foreign_key="espacio.id")
    plan_code: str = Field(foreign_key="plan.product_code", max_length=32)
    term_code: str | None = Field(default=None, foreign_key="term.code", max_length=16)
    order_item_id: int | None = Field(default=None, foreign_key="order_item.id", unique=True)
    """The paid line that delivered it: each line once."""
    state: ContractState = Field(sa_type=states(ContractState))
    starts_on: date
    ends_on: date | None = None
    """The first local day on which it no longer runs."""
    anchor_on: date | None = None
    """The day from which months are counted, so that 31/01 leads to 28/02 and then to 31/03."""
    paid_centavos: int = Field(default=0, sa_type=BigInteger)
    """Its subtotal before any credit: what the credit of an upgrade is a part of."""
    replaced_by: int | None = Field(default=None, foreign_key="espacio_contract.id")


class EspacioCode(Base, table=True):
    """A one-time code that lets its holder set the Espacio's password."""

    __tablename__ = "espacio_code"
    __table_args__ = (CheckConstraint("length(mac) = 32", name="mac_length"),)

    id: RowId = Field(default=None, primary_key=True)
    espacio_id: int = Field(foreign_key="espacio.id", index=True)
    mac: bytes = Field(sa_type=LargeBinary, unique=True)
    """HMAC-SHA256(pepper, code)."""
    expires_at: datetime
    used_at: datetime | None = None
    created_at: datetime
