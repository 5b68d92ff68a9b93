"""How far each load has come."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from store.base import Base, RowId


class KeyLoad(Base, table=True):
    """An import or an issue that has not come to its end; its row goes with its last step."""

    __tablename__ = "key_load"
    __table_args__ = (
        CheckConstraint("length(fingerprint) = 64", name="fingerprint_length"),
        CheckConstraint("line >= 0 AND taken >= 0 AND refused >= 0", name="counts_range"),
    )

    id: RowId = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True, max_length=64)
    """By what the same command is known when it is given again."""
    runner: str = Field(max_length=32)
    """The process that took it on last; one that finds another here has been relieved."""
    lot_id: int | None = Field(default=None, foreign_key="key_lot.id")
    """None until there is a first key to put into it."""
    asked: int | None = None
    """Keys to issue; an import takes what its file has."""
    line: int = 0
    """Lines of the file that are done."""
    taken: int = 0
    refused: int = 0
    newest: int
    """The newest key of the store when `line` was reached."""
    began_at: datetime
