"""Groups of the list: their values, in order, with how many keys and stamps each holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from store.calendar import long_date
from store.clients.tables import Client
from store.keys.code import MaskedKey
from store.keys.filters import VALUES, Columned
from store.keys.query import KeyColumn, KeyQuery
from store.keys.tables import PrepaidKey
from store.keys.words import said_of_activation, said_of_client, said_of_state, stamps

MOST_GROUPS = 5_000
"""Innermost groups that a list shows; who has more is told so, and to filter."""

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


def keys_by_value(leaves: Sequence[Leaf]) -> Counter[tuple[int, object]]:
    """Add up the keys that have a value at a depth, whatever the groups around it."""
    keys: Counter[tuple[int, object]] = Counter()
    for leaf in leaves:
        for at in enumerate(leaf.path):
            keys[at] += leaf.keys
    return keys


def count_groups(
    session: Session, query: KeyQuery, condition: ColumnElement[bool], of: Columned
) -> list[Leaf]:
    """Count the innermost groups of the keys that meet a condition, in the order in which they are shown.

    Of more than `MOST_GROUPS`, one more than that is given.

    Args:
        of: Whether an index may be walked in the order of the groups, or the keys are found by the condition.
    """
    grouped = [of(VALUES[column]) for column in query.groups]
    values = [value.label(f"v{depth}") for depth, value in enumerate(grouped)]
    by_client = KeyColumn.CLIENT in query.groups
    extra = [of(PrepaidKey.client_sort_key), col(Client.name)] if by_client else []
    statement = (
        select(
            *values, *extra, func.count().label("keys"), func.sum(PrepaidKey.units).label("units")
        )
        .where(condition)
        .group_by(*grouped, *extra)
        .order_by(*(key for column in query.groups for key in _order(query, column, of)))
        .limit(MOST_GROUPS + 1)
    )
    if by_client:
        statement = statement.join(
            Client, col(Client.id) == col(PrepaidKey.client_id), isouter=True
        )
    return [_leaf(query, found) for found in session.connection().execute(statement)]


def is_descending(query: KeyQuery, column: KeyColumn) -> bool:
    """Tell which way the groups of a column go: as the rows do where they are sorted by it."""
    return query.descending if column is query.sort else column.newest_first


def _order(query: KeyQuery, column: KeyColumn, of: Columned) -> Iterator[ColumnElement[Any]]:
    """Order groups as rows are; clients of one name, up to where sort keys are cut, stay apart by number."""
    by_name = [of(PrepaidKey.client_sort_key)] if column is KeyColumn.CLIENT else []
    missing = column in (KeyColumn.CLIENT, KeyColumn.ACTIVATION)
    for key in (*by_name, of(VALUES[column])):
        ordered = key.desc() if is_descending(query, column) else key.asc()
        if not missing:  # the index stands in this order, and in no other that only sounds alike
            yield ordered
        else:
            yield ordered.nulls_last() if is_descending(query, column) else ordered.nulls_first()


def _leaf(query: KeyQuery, found: Any) -> Leaf:
    path = tuple(found[: len(query.groups)])
    client = getattr(found, "name", None)
    return Leaf(path, labels(query, path, client), int(found.keys), int(found.units))


def labels(query: KeyQuery, path: Path, client: str | None) -> tuple[str, ...]:
    """Say each value of a path."""
    return tuple(
        _label(column, value, client) for column, value in zip(query.groups, path, strict=True)
    )


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
