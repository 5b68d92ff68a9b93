"""What a query asks of a key, column by column, and how many keys pass each of its questions alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from store.calendar import Clock
from store.clients.search import ends_of, named
from store.clients.tables import Client
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.tables import LISTED, KeyState, PrepaidKey
from store.keys.tally import Tally, keys_of_clients, tally
from store.text import clean, search_key
from store.windows.order import aside

Columned = Callable[[Any], ColumnElement[Any]]
"""Gives a column as an index may find it, or `aside`."""
FEW_CLIENTS = 500
"""Clients up to which a term is looked up client by client."""
SIGNS_IN_ALPHABET = 31
FEW_ARE_FOUND_BY = 3
"""Signs of a key from which on few keys have them."""
FEW_KEYS = 2_000
"""Keys up to which those that hold a term are looked up one by one."""
_UNASSIGNED = "sin asignar"
_LAST_SIGNS: ColumnElement[str] = literal_column("substr(prepaid_key.signs, 5, 4)")


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
    used_later: int = 0
    """How many used keys were confirmed on the last of those days or after, where it is of use to know."""

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
        *_signs(session, clean(query.signs), desk_id, held.keys()),
        *_client(session, query, desk_id, held.keys()),
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
        used_later=_used_later(session, query, dates, desk_id),
    )


def _used_later(session: Session, query: KeyQuery, dates: DateRange, desk_id: int) -> int:
    """Count what stands before the keys of some days where the last used come first."""
    if query.sort is not KeyColumn.ACTIVATION or not query.descending or dates.until is None:
        return 0
    later = tally(session, desk_id, DateRange(since=dates.until))
    return later.narrowed({KeyState.USED}).keys()


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
    inside = [_has_value(column, *given, clock) for column, given in values.items()]
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


def _has_value(column: KeyColumn, value: Any, keys: int, clock: Clock) -> Filter:
    if column is KeyColumn.DATE:
        return _on_days(DateRange(value, value), clock, keys)

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
        return _on_days(
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


def _facts(
    query: KeyQuery, dates: DateRange, clock: Clock, held: Tally, in_range: Tally
) -> Iterator[Filter]:
    if dates != DateRange():
        yield _on_days(dates, clock, in_range.keys())
    if query.states:
        states = sorted(query.states & set(LISTED))
        yield Filter(
            KeyColumn.STATUS,
            held.narrowed(states).keys(),
            lambda of: _one_of(states, of),
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


def _on_days(dates: DateRange, clock: Clock, keys: int) -> Filter:
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


def _one_of(states: Sequence[KeyState], of: Columned) -> ColumnElement[bool]:
    return of(PrepaidKey.state).in_(states) if states else col(PrepaidKey.id) < 0


def _signs(session: Session, signs: str, desk_id: int, desk_keys: int) -> Iterator[Filter]:
    """Up to four signs stand anywhere in the first or the last four; more begin at the first."""
    if not signs:
        return
    if len(signs) >= FEW_ARE_FOUND_BY:
        found = _found_by(session, signs[:8], desk_id)
        if len(found) <= FEW_KEYS:
            yield Filter(
                KeyColumn.KEY,
                len(found),
                lambda of: of(PrepaidKey.id).in_(found),
                is_by_number=True,
            )
            return
    # Places where the term may begin in a key, over the number of terms of that length.
    likely = int(desk_keys * 2 * (5 - min(len(signs), 4)) / SIGNS_IN_ALPHABET ** len(signs))
    yield Filter(
        KeyColumn.KEY,
        max(likely, FEW_KEYS),
        lambda of: or_(*_holds(signs[:8], of)),
        is_counted=False,
    )


def _found_by(session: Session, signs: str, desk_id: int) -> list[int]:
    """Find the keys of a term that few have; more than `FEW_KEYS` are not all given."""
    found: list[int] = []
    for condition in _holds(signs, as_it_is):
        # The lot is asked for so that no other index, walked to its end, could answer without looking at a row.
        few = select(col(PrepaidKey.id), col(PrepaidKey.lot_id)).where(
            col(PrepaidKey.desk_id) == desk_id, condition
        )
        found += session.connection().execute(few.limit(FEW_KEYS + 1)).scalars()
    return sorted(set(found))


def _holds(signs: str, of: Columned) -> Iterator[ColumnElement[bool]]:
    """Give the ways to hold a term, each for an index."""
    written = of(PrepaidKey.signs)
    if len(signs) >= FEW_ARE_FOUND_BY:
        yield _begins(written, signs)
        if len(signs) <= 4:
            yield _begins(of(_LAST_SIGNS), signs)
        if len(signs) == FEW_ARE_FOUND_BY:
            yield from (of(_signs_from(start)) == signs for start in (2, 6))
        return
    halves = (func.substr(PrepaidKey.signs, start, 4) for start in (1, 5))
    # The first is true of all, and says which index to walk; the second costs less than the halves.
    yield and_(
        written >= "",
        written.contains(signs, autoescape=True),
        or_(*(half.contains(signs, autoescape=True) for half in halves)),
    )


def _begins(written: ColumnElement[str], signs: str) -> ColumnElement[bool]:
    return and_(written >= signs, written < signs[:-1] + chr(ord(signs[-1]) + 1))


def _signs_from(start: int) -> ColumnElement[str]:
    """Give the last three of four signs, written as the index is."""
    return literal_column(f"substr(prepaid_key.signs, {start}, 3)")


def _client(session: Session, query: KeyQuery, desk_id: int, desk_keys: int) -> Iterator[Filter]:
    folded = search_key(clean(query.client))
    if not folded:
        return
    clients = named(session, desk_id, folded)
    found = session.connection().execute(clients.limit(FEW_CLIENTS + 1)).all()
    if len(folded) >= 3 and _UNASSIGNED.startswith(folded):
        yield Filter(
            KeyColumn.CLIENT,
            desk_keys,
            lambda _of: _of_any(_numbers(clients), unassigned=True),
            is_counted=False,
        )
        return
    if len(found) > FEW_CLIENTS:
        by_client = query.sort is KeyColumn.CLIENT
        yield Filter(
            KeyColumn.CLIENT,
            int(desk_keys * _share(session, desk_id, clients)),
            lambda _of: _of_any(_numbers(clients), unassigned=False),
            is_counted=False,
            is_used=True,
            places=ends_of(session, desk_id, folded) if by_client else (),
        )
        return
    yield Filter(
        KeyColumn.CLIENT,
        keys_of_clients(session, desk_id, [client.id for client in found]),
        lambda of: _of_some(found, of),
        is_one_value=len(found) == 1,
        is_used=True,
        places=tuple(sorted({client.sort_key for client in found})),
    )


def _share(session: Session, desk_id: int, clients: Select[*tuple[Any, ...]]) -> float:
    """Say which share of a desk's clients is found."""
    found = clients.with_only_columns(func.count())
    every = select(func.count()).where(col(Client.desk_id) == desk_id)
    counts = select(found.scalar_subquery(), every.scalar_subquery())
    few, all_ = session.connection().execute(counts).one()
    return float(few / all_)


def _numbers(clients: Select[*tuple[Any, ...]]) -> Select[int]:
    return clients.with_only_columns(col(Client.id))


def _of_any(clients: Select[int], *, unassigned: bool) -> ColumnElement[bool]:
    theirs = aside(col(PrepaidKey.client_id)).in_(clients)
    return or_(theirs, col(PrepaidKey.client_id).is_(None)) if unassigned else theirs


def _of_some(clients: Sequence[Any], of: Columned) -> ColumnElement[bool]:
    """Find keys by what orders their clients, which has the index; of clients in one place, the number decides."""
    theirs = aside(col(PrepaidKey.client_id)).in_([client.id for client in clients])
    if of is aside:
        return theirs
    return and_(of(PrepaidKey.client_sort_key).in_({client.sort_key for client in clients}), theirs)
