"""The outbox: a mail is queued in the transaction of its fact, claimed with a lease, and marked when it is gone."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, or_, select, update

from store.accounts.person import Person, Power, require
from store.accounts.tables import Desk
from store.mail.letters import Letter
from store.mail.tables import Mail, MailState

LEASE = timedelta(seconds=60)
"""How long a sender may take before another may try; longer than a connection may hang."""
MOST_ATTEMPTS = 8
STUCK_AFTER = timedelta(hours=1)


def enqueue(session: Session, letter: Letter, *, fact: str, desk: Desk, now: datetime) -> None:
    """Queue a mail to a desk; the same fact twice breaks the transaction."""
    session.add(
        Mail(
            fact=fact,
            message_id=f"<{uuid.uuid4().hex}@escritorio.invalid>",
            desk_id=desk.id,
            recipient=desk.email,
            subject=letter.subject,
            body=letter.body,
            secret=letter.secret or None,
            next_at=now,
            created_at=now,
        )
    )
    session.flush()


def claim(session: Session, now: datetime) -> Mail | None:
    """Take the next mail that is due, or whose sender vanished; nobody else has it until the lease ends."""
    due = or_(
        and_(col(Mail.state) == MailState.QUEUED, col(Mail.next_at) <= now),
        and_(col(Mail.state) == MailState.SENDING, col(Mail.lease_until) <= now),
    )
    first = select(Mail.id).where(due).order_by(col(Mail.next_at), col(Mail.id)).limit(1)
    # `due` stands again outside: PostgreSQL looks at the row once more after waiting for another claim of it.
    return session.exec(
        update(Mail)
        .where(col(Mail.id) == first.scalar_subquery(), due)
        .values(state=MailState.SENDING, attempts=col(Mail.attempts) + 1, lease_until=now + LEASE)
        .returning(Mail)
    ).scalar_one_or_none()


def mark_sent(session: Session, mail: Mail, now: datetime) -> None:
    """Say that a claimed mail is gone, and forget the secret that it carried."""
    _finish(session, mail, state=MailState.SENT, sent_at=now, last_error=None, secret=None)


def mark_failed(session: Session, mail: Mail, error: str, *, final: bool, now: datetime) -> None:
    """Say that a claimed mail did not go: again after a growing wait, or never.

    Args:
        error: The server's words.
        final: Whether the server refused for good; the eighth failure is final too.
    """
    if final or mail.attempts >= MOST_ATTEMPTS:
        _finish(session, mail, state=MailState.DEAD, last_error=error[:300], secret=None)
        return
    wait = min(5 * 2 ** (mail.attempts - 1), 3600) * random.uniform(0.8, 1.2)
    later = now + timedelta(seconds=wait)
    _finish(session, mail, state=MailState.QUEUED, next_at=later, last_error=error[:300])


def _finish(session: Session, mail: Mail, **values: object) -> None:
    """Mark a mail that is still ours: one whose lease ran out may have been claimed again."""
    session.exec(
        update(Mail)
        .where(
            col(Mail.id) == mail.id,
            col(Mail.state) == MailState.SENDING,
            col(Mail.attempts) == mail.attempts,
        )
        .values(lease_until=None, **values)
    )


def list_mail(session: Session, person: Person) -> Sequence[Mail]:
    """Give all mails, newest first."""
    require(session, person, Power.ADMINISTER)
    return session.exec(
        select(Mail).order_by(col(Mail.created_at).desc(), col(Mail.id).desc())
    ).all()


def stuck(session: Session, now: datetime) -> Sequence[Mail]:
    """Give the mails that died, and those that should have gone an hour ago."""
    return session.exec(
        select(Mail).where(
            or_(
                col(Mail.state) == MailState.DEAD,
                and_(col(Mail.state) != MailState.SENT, col(Mail.created_at) < now - STUCK_AFTER),
            )
        )
    ).all()
