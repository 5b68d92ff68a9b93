"""When keys were used, which no tally knows of those of some days."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, func, select
from sqlmodel import Session, col

from store.calendar import Clock
from store.keys.filters import between_instants
from store.keys.query import DateRange
from store.keys.tables import PrepaidKey


def last_used(session: Session, desk_id: int, dates: DateRange, clock: Clock) -> date | None:
    """Find a day after which no key confirmed on some days was used; nothing where no key was used at all.

    From the last day of use it goes to the one before, and so on, by one step of the index each: of the keys used on a
    day, which may be thousands, none is looked at.
    """
    is_theirs, used_on = col(PrepaidKey.desk_id) == desk_id, col(PrepaidKey.activated_on)
    day = select(func.max(used_on).label("used_on")).where(is_theirs).cte("day", recursive=True)
    is_found = exists().where(is_theirs, used_on == day.c.used_on, *between_instants(dates, clock))
    before = (
        select(func.max(used_on))
        .where(is_theirs, used_on < day.c.used_on)
        .correlate(day)
        .scalar_subquery()
    )
    days = day.union_all(
        select(before).where(
            ~is_found.correlate(day),
            day.c.used_on >= (dates.since or date.min),
        )
    )
    found: date | None = session.scalar(select(func.min(days.c.used_on)))
    return found
