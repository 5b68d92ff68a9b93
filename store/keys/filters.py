"""One question of a query: what is asked of a key in one column, and how many keys pass it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from store.calendar import Clock
from store.clients.tables import Client
from store.keys.query import DateRange, KeyColumn
from store.keys.tables import KeyState, PrepaidKey
from store.windows.order import aside

Columned = Callable[[Any], ColumnElement[Any]]
"""Gives a column as an index may find it, or `aside`."""

VALUES: dict[KeyColumn, Mapped[Any]] = {
    KeyColumn.KEY: col(PrepaidKey.signs),
    KeyColumn.QUANTITY: col(PrepaidKey.units),
    KeyColumn.DATE: col(PrepaidKey.confirmed_on),
    KeyColumn.ACTIVATION: col(PrepaidKey.activated_on),
    KeyColumn.STATUS: col(PrepaidKey.state),
    KeyColumn.CLIENT: col(PrepaidKey.client_id),
}
"""What is compared, and grouped by, in each column."""


def as_it_is(column: Any) -> ColumnElement[Any]:
    """Give a column that an index may find."""
    return cast(ColumnElement[Any], column)


@dataclass(frozen=True)
class Filter:
    """One question of a query."""

    column: KeyColumn
    keys: int
    """How many keys of the desk pass it, about."""
    condition: Callable[[Columned], ColumnElement[bool]]
    is_one_value: bool = False
    """Whether all that pass have the same value in the column."""
    is_counted: bool = True
    """Whether `keys` is no guess."""
    is_by_number: bool = False
    """Whether the keys themselves were found beforehand."""
    is_used: bool = False
    """Whether only used keys pass it."""
    places: tuple[str, ...] = ()
    """What orders the clients whose keys pass it, in order; where they are many, only the first and the last."""


def has_value(column: KeyColumn, value: Any, keys: int, clock: Clock) -> Filter:
    """Ask for the keys with a value, or with none, in a column; so many have it."""
    if column is KeyColumn.DATE:
        return on_days(DateRange(value, value), clock, keys)

    def condition(of: Columned) -> ColumnElement[bool]:
        if column is KeyColumn.CLIENT:
            return _of_client(value, of)
        found = of(VALUES[column])
        return found.is_(None) if value is None else found == value

    return Filter(
        column,
        keys,
        condition,
        is_one_value=True,
        is_used=column is KeyColumn.CLIENT and value is not None,
    )


def through(column: KeyColumn, value: Any, keys: int, clock: Clock, *, descending: bool) -> Filter:
    """Ask for the keys of the first groups of a column, up to one of them.

    Args:
        value: The last group's value; a missing one only where it comes first.
        keys: How many keys they hold.
        descending: Whether the largest comes first.
    """
    if column is KeyColumn.DATE:
        return on_days(
            DateRange(since=value) if descending else DateRange(until=value), clock, keys
        )
    return Filter(column, keys, lambda of: _up_to(column, value, of, descending=descending))


def _up_to(
    column: KeyColumn, value: object, of: Columned, *, descending: bool
) -> ColumnElement[bool]:
    if column is KeyColumn.CLIENT:
        place = of(PrepaidKey.client_sort_key)
        theirs = select(col(Client.sort_key)).where(col(Client.id) == value).scalar_subquery()
        last = "" if value is None else theirs
        return place >= last if descending else place <= last
    found = of(VALUES[column])
    if descending:
        return found >= value
    missing = [found.is_(None)] if column is KeyColumn.ACTIVATION else []
    return or_(*missing, *([] if value is None else [found <= value]))


def _of_client(number: object, of: Columned) -> ColumnElement[bool]:
    client, place = aside(PrepaidKey.client_id), of(PrepaidKey.client_sort_key)
    theirs = client.is_(None) if number is None else client == number
    if of is aside:
        return theirs
    if number is None:
        return and_(place == "", theirs)
    same = select(col(Client.sort_key)).where(col(Client.id) == number).scalar_subquery()
    return and_(place == same, theirs)


def on_days(dates: DateRange, clock: Clock, keys: int) -> Filter:
    """Ask for the keys that were confirmed on some days; so many were."""

    def condition(of: Columned) -> ColumnElement[bool]:
        narrowed = between_instants(dates, clock) if of is as_it_is else ()
        return and_(*narrowed, *_on(dates))

    return Filter(KeyColumn.DATE, keys, condition)


def _on(dates: DateRange) -> Iterator[ColumnElement[bool]]:
    day = aside(PrepaidKey.confirmed_on)
    if dates.since is not None:
        yield day >= dates.since
    if dates.until is not None:
        yield day <= dates.until


def between_instants(dates: DateRange, clock: Clock) -> Iterator[ColumnElement[bool]]:
    """Narrow the instants to some days and one around, for the index that orders by them; the day itself decides."""
    instant = col(PrepaidKey.confirmed_at)
    if dates.since is not None and dates.since > date.min:
        yield instant > _midnight(dates.since, clock) - timedelta(days=1)
    if dates.until is not None and dates.until < date.max - timedelta(days=3):
        yield instant < _midnight(dates.until, clock) + timedelta(days=2)


def _midnight(day: date, clock: Clock) -> datetime:
    return datetime.combine(day, time.min, clock.zone)


def in_states(states: Sequence[KeyState], of: Columned) -> ColumnElement[bool]:
    """Match the keys in one of some states; of none, no key."""
    return of(PrepaidKey.state).in_(states) if states else col(PrepaidKey.id) < 0
