"""The audit as an auditor reads it: newest first, all of it, or one account's, or one day's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select, true

from store.accounts.desks import account_named
from store.accounts.person import Person, Power, require
from store.accounts.tables import Account, Desk
from store.audit.tables import AuditEvent
from store.calendar import Clock
from store.windows.listing import Listed
from store.windows.order import plain_order


@dataclass(frozen=True)
class AuditFilter:
    """Which events are wanted."""

    who: str = ""
    """An usuario; empty for everybody, and for what nobody did."""
    day: date | None = None
    """A local day; `None` for all."""


@dataclass(frozen=True)
class AuditRow:
    """An event."""

    seq: int
    at: datetime
    who: str
    """The usuario; empty where nobody was signed in, as at the command line."""
    desk: str
    """The desk that it happened in; empty where it was none's."""
    origin: str
    action: str
    subject: str
    detail: str
    """JSON, as it was written."""
    hash: str


def list_audit(
    session: Session, person: Person, wanted: AuditFilter, clock: Clock
) -> Listed[AuditRow]:
    """Give the events that are wanted, newest first; for auditors.

    Raises:
        NotAllowed: The person may not see what others did.
        NotFound: There is no such usuario.
    """
    require(session, person, Power.AUDIT)
    newest = plain_order(col(AuditEvent.at), col(AuditEvent.seq), descending=True)
    return Listed(col(AuditEvent.seq), _condition(session, wanted, clock), newest, _rows)


def _condition(session: Session, wanted: AuditFilter, clock: Clock) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if wanted.who:
        account = account_named(session, wanted.who)
        condition = and_(condition, col(AuditEvent.account_id) == account.id)
    if wanted.day is not None:
        since, until = (
            datetime.combine(day, time(), clock.zone)
            for day in (wanted.day, wanted.day + timedelta(days=1))
        )
        condition = and_(condition, col(AuditEvent.at) >= since, col(AuditEvent.at) < until)
    return condition


def _rows(session: Session, numbers: Sequence[int]) -> dict[int, AuditRow]:
    found = session.exec(
        select(AuditEvent, Account.username, Desk.name)
        .join(Account, col(Account.id) == col(AuditEvent.account_id), isouter=True)
        .join(Desk, col(Desk.id) == col(AuditEvent.desk_id), isouter=True)
        .where(col(AuditEvent.seq).in_(numbers))
    ).all()
    return {event.seq: _row(event, username, desk) for event, username, desk in found}


def _row(event: AuditEvent, username: str | None, desk: str | None) -> AuditRow:
    return AuditRow(
        event.seq,
        event.at,
        username or "",
        desk or "",
        event.origin,
        event.action,
        event.subject,
        event.detail,
        event.hash,
    )
