"""A query's questions together, and what is known of the answer before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from store.calendar import Clock
from store.keys.filters import Filter, has_value, in_states, on_days
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.tables import LISTED, KeyState, PrepaidKey
from store.keys.tally import Tally, tally
from store.keys.terms import client_named, signs_held
from store.keys.used import last_used
from store.text import clean

MANY_LATER = 5_000
"""Entries of an index that are passed in the time that it takes to step over some hundred days in it."""


@dataclass(frozen=True)
class Asked:
    """A query's questions, and what is known of the answer beforehand."""

    filters: Sequence[Filter]
    desk_keys: int
    """How many keys the desk holds."""
    keys: int
    """How many are found, or at the most."""
    units: int
    is_exact: bool
    """Whether the tallies know how many are found."""
    states: frozenset[KeyState] = frozenset(LISTED)
    """The states that a key found may be in."""
    quantities: tuple[int, ...] = ()
    """The quantities that a key found may have, in order."""
    dates: DateRange = field(default_factory=DateRange)
    """The days on which a key found may have been confirmed."""
    last_used: date | None = None
    """The last day on which a key found may have been used, where it is of use to know."""

    @property
    def places(self) -> tuple[str, ...]:
        """What orders the clients of a key found, in order; where they are many, only the first and the last."""
        return next((one.places for one in self.filters if one.places), ())

    @property
    def at_most(self) -> int:
        """How many keys are found at the most."""
        return min([self.keys, *(one.keys for one in self.filters if one.is_counted)])

    @property
    def cost(self) -> int:
        """How many rows are met to count them, about."""
        return min([self.desk_keys, *(one.keys for one in self.filters if one.is_counted)])

    @property
    def likely(self) -> float:
        """How many keys are found, if the columns have nothing to do with one another."""
        share = float(self.keys)
        for one in () if self.is_exact else self.filters:
            if one.column in (KeyColumn.KEY, KeyColumn.CLIENT):
                share *= one.keys / max(self.desk_keys, 1)
        return share


def ask(session: Session, query: KeyQuery, desk_id: int, clock: Clock) -> Asked:
    """Put a query's questions."""
    dates = query.range_on(clock.today())
    held = tally(session, desk_id)
    in_range = held if dates == DateRange() else tally(session, desk_id, dates)
    filters = [
        *_facts(query, dates, clock, held, in_range),
        *signs_held(session, clean(query.signs), desk_id, held.keys()),
        *client_named(session, query, desk_id, held.keys()),
    ]
    states = (query.states or frozenset(LISTED)) & set(LISTED) - _excluded(filters)
    is_empty = any(one.keys == 0 for one in filters if one.is_counted)
    found = in_range.narrowed(() if is_empty else states, query.units)
    return Asked(
        filters,
        held.keys(),
        found.keys(),
        found.units(),
        is_exact=not (query.signs or query.client) or not found.keys(),
        states=states,
        quantities=found.quantities,
        dates=dates,
        last_used=_last_used(session, query, dates, desk_id, clock),
    )


def _last_used(
    session: Session, query: KeyQuery, dates: DateRange, desk_id: int, clock: Clock
) -> date | None:
    """Find where the keys of some days begin if the last used come first; it is no use where few stand before them."""
    if query.sort is not KeyColumn.ACTIVATION or not query.descending or dates.until is None:
        return None
    later = tally(session, desk_id, DateRange(since=dates.until)).narrowed({KeyState.USED})
    return last_used(session, desk_id, dates, clock) if later.keys() > MANY_LATER else None


def _excluded(filters: Iterable[Filter]) -> set[KeyState]:
    """Give the states that cannot be where there has to be a client: only a used key has one."""
    assigned = any(one.column is KeyColumn.CLIENT and one.is_used for one in filters)
    return set(KeyState) - {KeyState.USED} if assigned else set()


def ask_group(
    asked: Asked, values: Mapping[KeyColumn, tuple[Any, int]], keys: int, clock: Clock
) -> Asked:
    """Ask for the keys of one group besides.

    Args:
        values: The group's value in each column, and how many keys have it.
        keys: How many keys are in the group.
        clock: Tells the instants of a group's day.
    """
    rest = [one for one in asked.filters if one.column not in values]
    inside = [has_value(column, *given, clock) for column, given in values.items()]
    day = values.get(KeyColumn.DATE, (None, 0))[0]
    state = values.get(KeyColumn.STATUS, (None, 0))[0]
    return replace(
        asked,
        filters=[*rest, *inside],
        keys=keys,
        units=0,
        is_exact=True,
        states=(asked.states if state is None else frozenset({state})) - _excluded(inside),
        dates=asked.dates if day is None else DateRange(day, day),
    )


def _facts(
    query: KeyQuery, dates: DateRange, clock: Clock, held: Tally, in_range: Tally
) -> Iterator[Filter]:
    if dates != DateRange():
        yield on_days(dates, clock, in_range.keys())
    if query.states:
        states = sorted(query.states & set(LISTED))
        yield Filter(
            KeyColumn.STATUS,
            held.narrowed(states).keys(),
            lambda of: in_states(states, of),
            len(states) == 1,
        )
    if query.units is not None:
        units = query.units
        yield Filter(
            KeyColumn.QUANTITY,
            held.narrowed(LISTED, units).keys(),
            lambda of: of(PrepaidKey.units) == units,
            is_one_value=True,
        )
