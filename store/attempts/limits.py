"""Limits: how often a secret may be tried, and until when one has to wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select, update

from store.attempts.tables import Attempt, AttemptKind, Verdict
from store.calendar import Clock
from store.errors import TooManyAttempts
from store.installation.counters import next_number

COUNTER = "attempt"
_COUNTING = (Verdict.PENDING, Verdict.COUNTED)


class Scope(Enum):
    """Whose attempts a limit adds up; the values are columns of `Attempt`."""

    SUBJECT = "subject"
    DESK = "desk_id"
    ORIGIN = "origin"


@dataclass(frozen=True)
class Try:
    """Somebody about to try a secret."""

    kind: AttemptKind
    subject: str
    origin: str
    desk_id: int | None = None

    def same(self, scope: Scope) -> ColumnElement[bool]:
        """Match the attempts of the same kind in this scope."""
        column: Mapped[Any] = col(getattr(Attempt, scope.value))
        return and_(col(Attempt.kind) == self.kind, column == getattr(self, scope.value))


Limit = Callable[[Session, Try, datetime], datetime | None]
"""Tells until when a try has to wait, or `None` where it may go on."""


@dataclass(frozen=True)
class Window:
    """So many attempts within a sliding time."""

    scope: Scope
    most: int
    length: timedelta

    def __call__(self, session: Session, attempt: Try, now: datetime) -> datetime | None:
        """Tell when the oldest of the attempts that fill the window leaves it."""
        filling = session.exec(
            select(Attempt.at)
            .where(attempt.same(self.scope), col(Attempt.verdict).in_(_COUNTING))
            .where(col(Attempt.at) > now - self.length)
            .order_by(col(Attempt.at).desc())
            .limit(self.most)
        ).all()
        return filling[-1] + self.length if len(filling) == self.most else None


@dataclass(frozen=True)
class GrowingWait:
    """So many failures are free; then each one doubles the wait, up to the longest.

    The longest stays short enough that a stranger cannot lock an account out for a day (ASVS 5.0, 6.1.1).
    """

    scope: Scope
    free: int
    memory: timedelta
    first: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=1)
    forgives: bool = True
    """Whether a success forgets the failures before it."""

    def __call__(self, session: Session, attempt: Try, now: datetime) -> datetime | None:
        """Tell when the wait after the latest failure is over."""
        since = now - self.memory
        if self.forgives:
            since = max(since, self._latest_success(session, attempt) or since)
        count, latest = session.exec(
            select(func.count(), func.max(Attempt.at))
            .where(attempt.same(self.scope), col(Attempt.verdict).in_(_COUNTING))
            .where(col(Attempt.at) > since)
        ).one()
        if count < self.free:
            return None
        doubled = min(count - self.free, 10)
        until: datetime = latest + min(self.first * 2**doubled, self.longest)
        return until if until > now else None

    def _latest_success(self, session: Session, attempt: Try) -> datetime | None:
        return session.exec(
            select(func.max(Attempt.at)).where(
                attempt.same(self.scope), col(Attempt.verdict) == Verdict.FREE
            )
        ).one()


def reserve(session: Session, attempt: Try, limits: Sequence[Limit], clock: Clock) -> int:
    """Write an attempt down before it is checked; give its number, to settle it with.

    Commit before checking: then parallel guesses and reconnecting do not help.

    Raises:
        TooManyAttempts: A limit is reached; nothing was written.
    """
    number = next_number(session, COUNTER)  # from here on, alone: the counts below cannot change
    now = clock.now()
    until = max((end for limit in limits if (end := limit(session, attempt, now))), default=None)
    if until is not None:
        raise TooManyAttempts(until, clock.hour_of(until))
    session.add(
        Attempt(
            id=number,
            kind=attempt.kind,
            subject=attempt.subject,
            desk_id=attempt.desk_id,
            origin=attempt.origin,
            at=now,
        )
    )
    session.flush()
    return number


def settle(session: Session, number: int, verdict: Verdict) -> None:
    """Say what became of a reserved attempt."""
    session.exec(update(Attempt).where(col(Attempt.id) == number).values(verdict=verdict))
