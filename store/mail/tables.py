"""The outbox."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from store.base import Base, RowId, states


class MailState(StrEnum):
    """Where a mail is."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


class Mail(Base, table=True):
    """A mail as it will be sent; `fact` makes each fact mail once."""

    __table_args__ = (
        CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL)", name="lease_while_sending"
        ),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
        CheckConstraint("attempts >= 0", name="attempts_range"),
        CheckConstraint(
            "secret IS NULL OR state NOT IN ('sent', 'dead')", name="secret_until_it_is_gone"
        ),
        Index("ix_mail_due", "state", "next_at"),
        Index("ix_mail_list", "created_at", "id"),
    )

    id: RowId = Field(default=None, primary_key=True)
    fact: str = Field(unique=True, max_length=100)
    """What caused it, «key-confirmed:12»."""
    message_id: str = Field(unique=True, max_length=100)
    """Fixed here, so that a mail that had to be sent twice is still one to who receives it."""
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    body: str
    secret: str | None = Field(default=None, max_length=20)
    """What its body masks, a one-time code; erased by the statement that says that the mail is gone, or never goes."""
    state: MailState = Field(default=MailState.QUEUED, sa_type=states(MailState))
    attempts: int = 0
    next_at: datetime
    lease_until: datetime | None = None
    last_error: str | None = Field(default=None, max_length=300)
    created_at: datetime
    sent_at: datetime | None = None
