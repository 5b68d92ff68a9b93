"""Mails as the staff see them: the list, and one with what became of it; never what only the mail itself tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, true

from store.accounts.person import Person, Power, require
from store.errors import NotFound
from store.mail.tables import Mail, MailState
from store.text import _
from store.windows.listing import Listed
from store.windows.order import plain_order


@dataclass(frozen=True)
class MailRow:
    """A mail, and where it is."""

    mail_id: int
    created_at: datetime
    recipient: str
    subject: str
    state: MailState
    attempts: int


@dataclass(frozen=True)
class MailView:
    """A mail with all that may be told of it."""

    row: MailRow
    body: str
    """What it says; a code that only the mail itself told is masked."""
    next_at: datetime
    """When it is tried next, where it waits."""
    sent_at: datetime | None
    answer: str
    """What the server said when it did not take it; empty where it said nothing."""


def list_mails(session: Session, person: Person) -> Listed[MailRow]:
    """Give all mails, newest first; for who looks after them.

    Raises:
        NotAllowed: The person may not see the customers' mail.
    """
    require(session, person, Power.SEE_MAIL)
    newest = plain_order(col(Mail.created_at), col(Mail.id), descending=True)
    return Listed(col(Mail.id), true(), newest, _rows)


def mail_view(session: Session, person: Person, mail_id: int) -> MailView:
    """Give one mail.

    Raises:
        NotAllowed: As above.
        NotFound: There is none.
    """
    require(session, person, Power.SEE_MAIL)
    mail = session.get(Mail, mail_id, populate_existing=True)
    if mail is None:
        raise NotFound(_("No hay ese correo."))
    return MailView(_row(mail), mail.body, mail.next_at, mail.sent_at, mail.last_error or "")


def _rows(session: Session, numbers: Sequence[int]) -> dict[int, MailRow]:
    found = session.exec(select(Mail).where(col(Mail.id).in_(numbers))).all()
    return {mail.id: _row(mail) for mail in found}


def _row(mail: Mail) -> MailRow:
    return MailRow(
        mail.id, mail.created_at, mail.recipient, mail.subject, mail.state, mail.attempts
    )
