"""Products."""

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from store.base import Base, states


class ProductKind(StrEnum):
    """What a product gives."""

    STAMPS = "stamps"


class Product(Base, table=True):
    """Something a key can stand for."""

    __table_args__ = (CheckConstraint("units BETWEEN 1 AND 1000000", name="units_range"),)

    code: str = Field(primary_key=True, max_length=32)
    kind: ProductKind = Field(sa_type=states(ProductKind))
    name: str = Field(max_length=100)
    units: int = Field(ge=1)
    """Stamps in the package."""
