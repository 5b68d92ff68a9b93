"""Versions of the texts, and who accepted which when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from store.base import Base, RowId, states


class LegalKind(StrEnum):
    """Which text."""

    PREPAID_LICENCE = "prepaid-licence"
    ESPACIO_CONDITIONS = "espacio-conditions"


class LegalText(Base, table=True):
    """One version of a text; it is never edited, a new one is published."""

    __tablename__ = "legal_text"
    __table_args__ = (
        UniqueConstraint("kind", "version"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: RowId = Field(default=None, primary_key=True)
    kind: LegalKind = Field(sa_type=states(LegalKind))
    version: int = Field(ge=1)
    body: str
    sha256: str = Field(max_length=64)
    published_at: datetime


class Acceptance(Base, table=True):
    """A person accepted a version for a desk."""

    id: RowId = Field(default=None, primary_key=True)
    legal_text_id: int = Field(foreign_key="legal_text.id")
    account_id: int = Field(foreign_key="account.id")
    desk_id: int = Field(foreign_key="desk.id")
    accepted_at: datetime
