"""What the store knows of itself, and the numbers it hands out without a gap."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from store.base import Base


class Installation(Base, table=True):
    """The one row that says which store this is."""

    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    pepper_fingerprint: str = Field(max_length=64)
    clock_offset_seconds: int = 0
    is_demo: bool = False
    created_at: datetime


class Counter(Base, table=True):
    """A number handed out in order; taking one locks its row, so that takers queue up on both databases."""

    name: str = Field(primary_key=True, max_length=32)
    value: int = Field(ge=0)
