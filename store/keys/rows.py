"""Rows of the list: one SELECT, any order, read from any place in either direction by keyset.

A window costs what it shows, not what the desk holds: the seek is one arm for the ties of the edge and one for
what comes after, since SQLite 3.40 seeks only on the first column of a row value (facts/performance 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, true, tuple_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from store.calendar import Clock
from store.clients.tables import Client
from store.keys.code import MaskedKey
from store.keys.query import KeyColumn, KeyQuery
from store.keys.tables import LISTED, KeyState, PrepaidKey
from store.text import clean, search_key

_SORTED: dict[KeyColumn, Mapped[Any]] = {
    KeyColumn.KEY: col(PrepaidKey.signs),
    KeyColumn.QUANTITY: col(PrepaidKey.units),
    KeyColumn.ACTIVATION: col(PrepaidKey.activated_on),
    KeyColumn.STATUS: col(PrepaidKey.state),
    KeyColumn.CLIENT: col(PrepaidKey.client_sort_key),
}
"""What each column is ordered by before the instant of confirmation, which alone orders «Fecha»."""
_TIE: tuple[ColumnElement[Any], ColumnElement[Any]] = (
    cast(ColumnElement[Any], col(PrepaidKey.confirmed_at)),
    cast(ColumnElement[Any], col(PrepaidKey.id)),
)
_UNASSIGNED = "sin asignar"


@dataclass(frozen=True)
class Place:
    """Where a row stands in an order."""

    value: object
    confirmed_at: datetime
    id: int


@dataclass(frozen=True)
class KeyRow:
    """A key as the list shows it; the masking is in `key`'s own type."""

    id: int
    key: MaskedKey
    units: int
    confirmed_on: date
    activated_on: date | None
    state: KeyState
    client: str | None
    place: Place


class KeyRows:
    """The rows of a desk that a query asks for, or those of one group of them."""

    def __init__(
        self, query: KeyQuery, desk_id: int, clock: Clock, group: Sequence[ColumnElement[bool]] = ()
    ) -> None:
        self._query = query
        self._condition = and_(*conditions(query, desk_id, clock), *group)
        self._sorted = _SORTED.get(query.sort)

    def window(
        self,
        session: Session,
        length: int,
        *,
        edge: Place | None = None,
        skip: int = 0,
        backwards: bool = False,
    ) -> list[KeyRow]:
        """Read rows after an edge, or before it, in the list's order.

        Args:
            length: How many rows at the most.
            edge: The row to start behind; `None` is the near end.
            skip: How many rows to leave out first; each one costs.
            backwards: Read towards the beginning, from the far end where there is no edge.
        """
        descending = self._query.descending is not backwards
        rows: list[KeyRow] = []
        for arm in self._arms(edge, descending):
            if skip and (held := self._count(session, arm)) <= skip:
                skip -= held
                continue
            statement = self._select(arm, descending).limit(length - len(rows)).offset(skip)
            rows += [_row(found) for found in session.connection().execute(statement)]
            skip = 0
            if len(rows) == length:
                break
        return rows[::-1] if backwards else rows

    def totals(self, session: Session) -> tuple[int, int]:
        """Count the keys and their stamps."""
        counted = session.connection().execute(
            select(func.count(), func.coalesce(func.sum(PrepaidKey.units), 0)).where(
                self._condition
            )
        )
        keys, units = counted.one()
        return int(keys), int(units)

    def index_of(self, session: Session, key_id: int) -> int | None:
        """Count the rows before a key's; `None` where the key is not listed."""
        statement = self._select(col(PrepaidKey.id) == key_id, self._query.descending)
        found = session.connection().execute(statement).first()
        if found is None:
            return None
        arms = self._arms(_row(found).place, not self._query.descending)
        return sum(self._count(session, arm) for arm in arms)

    def _count(self, session: Session, arm: ColumnElement[bool]) -> int:
        statement = select(func.count()).where(self._condition, arm)
        return int(session.connection().execute(statement).scalar_one())

    def _select(self, arm: ColumnElement[bool], descending: bool) -> Select[*tuple[Any, ...]]:
        order = _TIE if self._sorted is None else (self._sorted, *_TIE)
        return (
            select(
                col(PrepaidKey.id),
                col(PrepaidKey.signs),
                col(PrepaidKey.units),
                col(PrepaidKey.confirmed_on),
                col(PrepaidKey.activated_on),
                col(PrepaidKey.state),
                col(Client.name),
                col(PrepaidKey.confirmed_at),
                (literal(None) if self._sorted is None else self._sorted).label("value"),
            )
            .join(Client, col(Client.id) == col(PrepaidKey.client_id), isouter=True)
            .where(self._condition, arm)
            .order_by(*(column.desc() if descending else column.asc() for column in order))
        )

    def _arms(self, edge: Place | None, descending: bool) -> Iterator[ColumnElement[bool]]:
        """Split what comes after the edge into seeks, in order; a missing value is smaller than any other."""
        if self._sorted is None:
            yield true() if edge is None else _beyond(edge, descending)
            return
        missing, present = self._sorted.is_(None), self._sorted.is_not(None)
        nullable = self._query.sort is KeyColumn.ACTIVATION
        if edge is None:
            yield from _in_order(missing, present, descending) if nullable else (true(),)
            return
        if edge.value is None:
            yield missing & _beyond(edge, descending)
            if not descending:
                yield present
            return
        yield (self._sorted == edge.value) & _beyond(edge, descending)
        yield self._sorted < edge.value if descending else self._sorted > edge.value
        if nullable and descending:
            yield missing


def _in_order(
    missing: ColumnElement[bool], present: ColumnElement[bool], descending: bool
) -> tuple[ColumnElement[bool], ...]:
    return (present, missing) if descending else (missing, present)


def _beyond(edge: Place, descending: bool) -> ColumnElement[bool]:
    at, number = _TIE
    here = tuple_(literal(edge.confirmed_at, at.type), literal(edge.id, number.type))
    return tuple_(at, number) < here if descending else tuple_(at, number) > here


def _row(found: Any) -> KeyRow:
    return KeyRow(
        id=found.id,
        key=MaskedKey(found.signs),
        units=found.units,
        confirmed_on=found.confirmed_on,
        activated_on=found.activated_on,
        state=found.state,
        client=found.name,
        place=Place(found.value, found.confirmed_at, found.id),
    )


def conditions(query: KeyQuery, desk_id: int, clock: Clock) -> Iterator[ColumnElement[bool]]:
    """Turn a query into conditions on the keys of a desk."""
    yield col(PrepaidKey.desk_id) == desk_id
    yield from _dates(query, clock)
    if query.states:
        yield col(PrepaidKey.state).in_(query.states & set(LISTED))
    if query.units is not None:
        yield col(PrepaidKey.units) == query.units
    if query.signs:
        yield _signs(clean(query.signs))
    if query.client:
        yield _client(clean(query.client), desk_id)


def _dates(query: KeyQuery, clock: Clock) -> Iterator[ColumnElement[bool]]:
    """The day decides; the instant, a day wider, lets the index that orders the list find it."""
    dates = query.range_on(clock.today())
    if dates.since is not None:
        yield col(PrepaidKey.confirmed_on) >= dates.since
        if dates.since > date.min:
            yield col(PrepaidKey.confirmed_at) > _midnight(dates.since, clock) - timedelta(days=1)
    if dates.until is not None:
        yield col(PrepaidKey.confirmed_on) <= dates.until
        if dates.until < date.max - timedelta(days=3):
            yield col(PrepaidKey.confirmed_at) < _midnight(dates.until, clock) + timedelta(days=2)


def _midnight(day: date, clock: Clock) -> datetime:
    return datetime.combine(day, time.min, clock.zone)


def _signs(signs: str) -> ColumnElement[bool]:
    """Up to four signs stand anywhere in the first or the last four; more begin at the first."""
    first, last = func.substr(PrepaidKey.signs, 1, 4), func.substr(PrepaidKey.signs, 5, 4)
    if len(signs) <= 4:
        return or_(first.contains(signs, autoescape=True), last.contains(signs, autoescape=True))
    return col(PrepaidKey.signs).startswith(signs[:8], autoescape=True)


def _client(term: str, desk_id: int) -> ColumnElement[bool]:
    folded = search_key(term)
    named = col(PrepaidKey.client_id).in_(
        select(col(Client.id)).where(
            col(Client.desk_id) == desk_id,
            col(Client.search_key).contains(folded, autoescape=True),
        )
    )
    if len(folded) >= 3 and _UNASSIGNED.startswith(folded):
        return or_(named, col(PrepaidKey.client_id).is_(None))
    return named
