"""Groups of the list: their values, in order, with how many keys and stamps each holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from store.calendar import Clock, long_date
from store.clients.tables import Client
from store.keys.code import MaskedKey
from store.keys.query import KeyColumn, KeyQuery
from store.keys.rows import conditions
from store.keys.tables import PrepaidKey
from store.keys.words import said_of_activation, said_of_client, said_of_state, stamps

_VALUES: dict[KeyColumn, Mapped[Any]] = {
    KeyColumn.KEY: col(PrepaidKey.signs),
    KeyColumn.QUANTITY: col(PrepaidKey.units),
    KeyColumn.DATE: col(PrepaidKey.confirmed_on),
    KeyColumn.ACTIVATION: col(PrepaidKey.activated_on),
    KeyColumn.STATUS: col(PrepaidKey.state),
    KeyColumn.CLIENT: col(PrepaidKey.client_id),
}

Path = tuple[object, ...]
"""The values that lead to a group, the outermost first."""


@dataclass(frozen=True)
class Leaf:
    """An innermost group as the database counted it, with what is said of each value on the way to it."""

    path: Path
    labels: tuple[str, ...]
    keys: int
    units: int


def add_up(leaves: Sequence[Leaf]) -> dict[Path, tuple[int, int]]:
    """Add up keys and stamps of every group, inner and outer."""
    sums: dict[Path, tuple[int, int]] = {}
    for leaf in leaves:
        for depth in range(1, len(leaf.path) + 1):
            keys, units = sums.get(leaf.path[:depth], (0, 0))
            sums[leaf.path[:depth]] = (keys + leaf.keys, units + leaf.units)
    return sums


def inside(groups: Sequence[KeyColumn], path: Path) -> list[ColumnElement[bool]]:
    """Match the keys of the group that a path leads to."""
    return [
        _VALUES[column].is_(None) if value is None else _VALUES[column] == value
        for column, value in zip(groups, path, strict=True)
    ]


def count_groups(session: Session, query: KeyQuery, desk_id: int, clock: Clock) -> list[Leaf]:
    """Count the innermost groups, in the order in which they are shown."""
    values: list[ColumnElement[Any]] = [
        _VALUES[column].label(f"v{depth}") for depth, column in enumerate(query.groups)
    ]
    by_client = KeyColumn.CLIENT in query.groups
    extra = [col(PrepaidKey.client_sort_key), col(Client.name)] if by_client else []
    statement = (
        select(
            *values, *extra, func.count().label("keys"), func.sum(PrepaidKey.units).label("units")
        )
        .where(*conditions(query, desk_id, clock))
        .group_by(*(_VALUES[column] for column in query.groups), *extra)
        .order_by(*(key for column in query.groups for key in _order(query, column)))
    )
    if by_client:
        statement = statement.join(
            Client, col(Client.id) == col(PrepaidKey.client_id), isouter=True
        )
    return [_leaf(query, found) for found in session.connection().execute(statement)]


def _order(query: KeyQuery, column: KeyColumn) -> Iterator[ColumnElement[Any]]:
    """Order groups as rows are; clients of one name, up to where sort keys are cut, stay apart by number."""
    descending = query.descending if column is query.sort else column.newest_first
    by_name = [col(PrepaidKey.client_sort_key)] if column is KeyColumn.CLIENT else []
    for key in (*by_name, _VALUES[column]):
        yield key.desc().nulls_last() if descending else key.asc().nulls_first()


def _leaf(query: KeyQuery, found: Any) -> Leaf:
    path = tuple(found[: len(query.groups)])
    labels = tuple(
        _label(column, value, getattr(found, "name", None))
        for column, value in zip(query.groups, path, strict=True)
    )
    return Leaf(path, labels, int(found.keys), int(found.units))


def _label(column: KeyColumn, value: Any, client: str | None) -> str:
    match column:
        case KeyColumn.KEY:
            return str(MaskedKey(value))
        case KeyColumn.QUANTITY:
            return stamps(value)
        case KeyColumn.DATE:
            return long_date(value)
        case KeyColumn.ACTIVATION:
            return said_of_activation(value)
        case KeyColumn.STATUS:
            return said_of_state(value)
        case KeyColumn.CLIENT:
            return said_of_client(client)
