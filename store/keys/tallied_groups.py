"""Groups that the tallies know: counted at once, however many keys they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func, select
from sqlmodel import Session, col

from store.calendar import Clock
from store.clients.tables import Client
from store.keys.groups import MOST_GROUPS, Leaf, is_descending, labels
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.tables import LISTED, KeyTally, TallyKind
from store.keys.tally import day_of, in_days

_KINDS = {
    KeyColumn.DATE: TallyKind.DAY,
    KeyColumn.ACTIVATION: TallyKind.ACTIVATION,
    KeyColumn.CLIENT: TallyKind.CLIENT,
}
"""The columns that are counted apart, one at a time; state and quantity are in every tally."""


def tallied_groups(
    session: Session, query: KeyQuery, desk_id: int, clock: Clock
) -> list[Leaf] | None:
    """Count the innermost groups as `count_groups` does; `None` where the tallies do not tell."""
    dates = query.range_on(clock.today())
    apart = {column for column in query.groups if column in _KINDS}
    apart |= set() if dates == DateRange() else {KeyColumn.DATE}
    if query.signs or query.client or KeyColumn.KEY in query.groups or len(apart) > 1:
        return None
    kind = _KINDS[apart.pop()] if apart else TallyKind.ALL
    keys = func.sum(KeyTally.keys)
    values = [_value(column).label(column.name) for column in query.groups]
    names = [col(Client.sort_key), col(Client.name)] if kind is TallyKind.CLIENT else []
    statement = (
        select(*values, *names, keys.label("keys"), func.sum(KeyTally.keys * KeyTally.units))
        .where(
            col(KeyTally.desk_id) == desk_id, col(KeyTally.kind) == kind, *_filtered(query, dates)
        )
        .group_by(*(_value(column) for column in query.groups), *names)
        .having(keys > 0)
        .order_by(*(key for column in query.groups for key in _order(query, column)))
        .limit(MOST_GROUPS + 1)
    )
    if kind is TallyKind.CLIENT:
        statement = statement.join(Client, col(Client.id) == _client_number(), isouter=True)
    return [_leaf(query, found) for found in session.connection().execute(statement)]


def _filtered(query: KeyQuery, dates: DateRange) -> Iterator[ColumnElement[bool]]:
    yield from in_days(dates)
    if query.states:
        yield col(KeyTally.state).in_(query.states & set(LISTED))
    if query.units is not None:
        yield col(KeyTally.units) == query.units


def _client_number() -> ColumnElement[int]:
    return case((col(KeyTally.value) != "", cast(col(KeyTally.value), Integer)), else_=0)


def _value(column: KeyColumn) -> ColumnElement[Any]:
    by_column: dict[KeyColumn, Any] = {
        KeyColumn.STATUS: col(KeyTally.state),
        KeyColumn.QUANTITY: col(KeyTally.units),
    }
    found: ColumnElement[Any] = by_column.get(column, col(KeyTally.value))
    return found


def _order(query: KeyQuery, column: KeyColumn) -> Iterator[ColumnElement[Any]]:
    keys = [_value(column)]
    if column is KeyColumn.CLIENT:
        keys = [func.coalesce(col(Client.sort_key), ""), _client_number()]
    yield from (key.desc() if is_descending(query, column) else key.asc() for key in keys)


def _leaf(query: KeyQuery, found: Any) -> Leaf:
    path = tuple(_read(column, value) for column, value in zip(query.groups, found, strict=False))
    said = labels(query, path, getattr(found, "name", None))
    return Leaf(path, said, int(found.keys), int(found[-1]))


def _read(column: KeyColumn, value: Any) -> object:
    if column is KeyColumn.CLIENT:
        return int(value) if value else None
    return day_of(value) if column in _KINDS else value
