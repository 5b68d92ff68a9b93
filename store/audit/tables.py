"""The chain of events and its head; a trigger of the first migration refuses changes to it on both databases."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from store.base import Base


class AuditEvent(Base, table=True):
    """One thing that happened; `hash` covers all of it and the hash before."""

    __tablename__ = "audit_event"
    __table_args__ = (
        CheckConstraint("length(previous_hash) = 64 AND length(hash) = 64", name="hashes"),
        Index("ix_audit_event_subject", "subject", "seq"),
        Index("ix_audit_event_at", "at", "seq"),
        Index("ix_audit_event_who", "account_id", "at", "seq"),
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    account_id: int | None = Field(default=None, foreign_key="account.id")
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    origin: str = Field(max_length=100)
    action: str = Field(max_length=64)
    subject: str = Field(max_length=64)
    """What it happened to, «key:12»."""
    detail: str
    """More of it, as canonical JSON; never a key, a password or a code."""
    previous_hash: str = Field(unique=True, max_length=64)
    hash: str = Field(unique=True, max_length=64)


class AuditHead(Base, table=True):
    """The end of the chain, in one row: whoever appends locks it."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = 0
    hash: str = Field(max_length=64)
