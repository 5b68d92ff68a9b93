"""Sessions: where an account is signed in, since when, and how that is ended from another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select, update

from store.accounts.person import Person, Power, account_of, may, require
from store.accounts.tables import Account, DeskSession, SessionEnd
from store.audit.chain import record
from store.errors import NotFound
from store.text import _

BEAT = timedelta(minutes=1)
"""How often the process of a session says that it is there."""
LOST_AFTER = 3 * BEAT
"""For how long nothing may be seen of one until it is taken for killed; the clocks of two machines differ a little."""


@dataclass(frozen=True)
class SessionRow:
    """A session that is open."""

    id: int
    username: str
    origin: str
    since: datetime


def open_session(session: Session, person: Person, *, now: datetime) -> int:
    """Write down that somebody came in, and give the session's number."""
    opened = DeskSession(
        account_id=account_of(person), origin=person.origin, since=now, seen_at=now
    )
    session.add(opened)
    session.flush()
    return opened.id


def beat(session: Session, person: Person, *, now: datetime) -> None:
    """Say that the session's process is there; one that was ended stays so."""
    session.exec(update(DeskSession).where(_is_open(person.session_id)).values(seen_at=now))


def is_over(session: Session, person: Person) -> bool:
    """Tell whether somebody ended the session that the person acts in."""
    return session.exec(select(DeskSession.id).where(_is_open(person.session_id))).first() is None


def close_session(session: Session, person: Person, ending: SessionEnd, *, now: datetime) -> bool:
    """End the session that the person acts in; tell whether nobody had done so before."""
    if person.session_id is None:
        return True
    return _end(session, person.session_id, ending, now) is not None


def list_sessions(session: Session, person: Person, *, now: datetime) -> Sequence[SessionRow]:
    """Give the person's own open sessions, newest first."""
    require(session, person, Power.LOOK)
    return _listed(session, now, account_of(person))


def list_all_sessions(session: Session, person: Person, *, now: datetime) -> Sequence[SessionRow]:
    """Give everybody's open sessions, newest first."""
    require(session, person, Power.ADMINISTER)
    return _listed(session, now)


def end_session(session: Session, person: Person, session_id: int, *, now: datetime) -> None:
    """End a session of one's own, or as an admin anybody's; its process leaves within seconds.

    Raises:
        NotFound: It is no open session, or somebody else's.
    """
    require(session, person, Power.LOOK)
    owner = session.exec(
        select(DeskSession.account_id).where(DeskSession.id == session_id)
    ).one_or_none()
    allowed = owner == person.account_id or may(person, Power.ADMINISTER)
    if owner is None or not allowed or not _end(session, session_id, SessionEnd.ENDED, now):
        raise NotFound(_("Esa sesión ya no está abierta."))
    record(
        session,
        person,
        "session.ended",
        f"session:{session_id}",
        now=now,
        account=f"account:{owner}",
    )


def _end(session: Session, session_id: int, ending: SessionEnd, now: datetime) -> int | None:
    """End an open session, and give its number; nothing where it was over."""
    return session.exec(
        update(DeskSession)
        .where(_is_open(session_id))
        .values(ended_at=now, ending=ending)
        .returning(col(DeskSession.id))
    ).scalar_one_or_none()


def _is_open(session_id: int | None) -> ColumnElement[bool]:
    return and_(col(DeskSession.id) == session_id, col(DeskSession.ended_at).is_(None))


def _listed(session: Session, now: datetime, account_id: int | None = None) -> list[SessionRow]:
    wanted = (
        select(DeskSession.id, Account.username, DeskSession.origin, DeskSession.since)
        .join(Account)
        .where(col(DeskSession.ended_at).is_(None), DeskSession.seen_at > now - LOST_AFTER)
        .order_by(col(DeskSession.since).desc(), col(DeskSession.id).desc())
    )
    if account_id is not None:
        wanted = wanted.where(DeskSession.account_id == account_id)
    return [SessionRow(*row) for row in session.exec(wanted)]
