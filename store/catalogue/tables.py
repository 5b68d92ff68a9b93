"""Products, plans, terms and prices."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from store.base import Base, RowId, states

_OPEN = text("valid_to IS NULL")


class ProductKind(StrEnum):
    """What a product gives."""

    STAMPS = "stamps"
    ESPACIO = "espacio"


class PriceSource(StrEnum):
    """Where a figure comes from; only the seed's and the operator's are meant."""

    SEED = "seed"
    SAMPLE = "sample"
    OPERATOR = "operator"


class Product(Base, table=True):
    """Something that can be sold, or that a key can stand for."""

    __table_args__ = (
        CheckConstraint("units BETWEEN 1 AND 1000000", name="units_range"),
        CheckConstraint("(kind = 'stamps') = (units IS NOT NULL)", name="stamps_have_units"),
    )

    code: str = Field(primary_key=True, max_length=32)
    kind: ProductKind = Field(sa_type=states(ProductKind))
    name: str = Field(max_length=100)
    units: int | None = Field(default=None, ge=1)
    """Stamps in the package; a modality of Espacio has none."""


class Plan(Base, table=True):
    """A «Modalidad» of Espacio (SPEC 5)."""

    __table_args__ = (
        CheckConstraint("rank >= 0", name="rank_range"),
        CheckConstraint("max_users > 0", name="users_range"),
        CheckConstraint("storage_gb > 0 AND cfdi_years > 0", name="sizes"),
    )

    product_code: str = Field(primary_key=True, foreign_key="product.code", max_length=32)
    modality: str = Field(max_length=32)
    """«4G», as the table of modalities says; its product's name is «@spacio 4G»."""
    rank: int = Field(unique=True)
    """A higher one is an upgrade."""
    max_users: int | None = None
    """NULL is «Usuarios ilimitados»."""
    storage_gb: int
    cfdi_years: int
    """Years of custody of CFDI, where the desk has Sellado CFDI."""
    is_free: bool = False


class Term(Base, table=True):
    """A «Plan»: for how many months one contracts, and with which discount (SPEC 5)."""

    __table_args__ = (
        CheckConstraint("months > 0", name="months_range"),
        CheckConstraint("discount_bp BETWEEN 0 AND 9999", name="discount_range"),
    )

    code: str = Field(primary_key=True, max_length=16)
    name: str = Field(max_length=32)
    """«Mensual»."""
    label: str = Field(max_length=32)
    """«Un mes», as the picker says."""
    months: int = Field(unique=True)
    discount_bp: int
    """Basis points: 200 is 2 %."""
    source: PriceSource = Field(sa_type=states(PriceSource))
    """Where the discount comes from."""


class Price(Base, table=True):
    """What a product costs from one day to another; a price is never edited, a new one follows it."""

    __table_args__ = (
        UniqueConstraint("product_code", "valid_from"),
        Index("uq_price_open", "product_code", unique=True, sqlite_where=_OPEN),
        CheckConstraint("centavos >= 0", name="centavos_range"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days"),
    )

    id: RowId = Field(default=None, primary_key=True)
    product_code: str = Field(foreign_key="product.code", max_length=32)
    centavos: int = Field(sa_type=BigInteger)
    """Before tax: of a plan for a month, of anything else for a package."""
    valid_from: date
    valid_to: date | None = None
    """The last day; NULL is open."""
    source: PriceSource = Field(sa_type=states(PriceSource))


class PriceList(Base, table=True):
    """The one row that holds for all prices."""

    __tablename__ = "price_list"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("tax_rate_bp BETWEEN 0 AND 10000", name="tax_rate_range"),
    )

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    currency: str = Field(max_length=3)
    tax_rate_bp: int
    """The IVA that a new desk starts with; a desk at the border has its own."""
