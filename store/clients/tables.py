"""The clients of a desk."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from store.base import Base, RowId, ordered_text


class Client(Base, table=True):
    """A customer of one desk."""

    __table_args__ = (
        # A key's client belongs to the key's desk: the composite foreign key of `prepaid_key` needs this pair.
        UniqueConstraint("id", "desk_id"),
        UniqueConstraint("desk_id", "name"),
        Index("ix_client_order", "desk_id", "sort_key"),
        Index("ix_client_search", "desk_id", "search_key"),
        CheckConstraint("length(name) BETWEEN 1 AND 254", name="name_length"),
    )

    id: RowId = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="desk.id")
    name: str = Field(max_length=254)
    search_key: str = Field(max_length=600)
    sort_key: str = Field(max_length=200, sa_type=ordered_text(200))
    created_at: datetime
