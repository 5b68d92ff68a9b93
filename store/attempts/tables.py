"""Each try at a secret: a password, a key."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from store.base import Base, states


class AttemptKind(StrEnum):
    """What was tried."""

    SIGN_IN = "sign-in"
    KEY = "key"
    TYPO = "typo"
    ESPACIO = "espacio"
    ESPACIO_CODE = "espacio-code"


class Verdict(StrEnum):
    """What became of it; one that is pending counts, since its process may have been killed on purpose."""

    PENDING = "pending"
    COUNTED = "counted"
    FREE = "free"


class Attempt(Base, table=True):
    """One try, by whom and from where."""

    __table_args__ = (
        Index("ix_attempt_subject", "kind", "subject", "at"),
        Index("ix_attempt_desk", "kind", "desk_id", "at"),
        Index("ix_attempt_origin", "kind", "origin", "at"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: AttemptKind = Field(sa_type=states(AttemptKind))
    subject: str = Field(max_length=64)
    """Who tried: an account's number, or a digest of the typed usuario."""
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    origin: str = Field(max_length=100)
    at: datetime
    verdict: Verdict = Field(default=Verdict.PENDING, sa_type=states(Verdict))
