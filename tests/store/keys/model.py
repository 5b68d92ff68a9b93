"""The list as a plain Python model writes it: every key is looked at, then sorted and grouped (SPEC 4)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from store.keys.query import KeyColumn, KeyQuery
from store.keys.words import said_of_activation, said_of_client, said_of_state, stamps
from store.text import search_key, sort_key
from tests.store.keys.crowded import Held

GroupLine = tuple[tuple[object, ...], str, int, int, bool]
"""A group as the model writes it: its path, its label, its keys, its stamps, whether it is folded."""


def value_of(key: Held, column: KeyColumn) -> Any:
    """Give what groups a key in a column."""
    return {
        KeyColumn.KEY: key.signs,
        KeyColumn.QUANTITY: key.units,
        KeyColumn.DATE: key.confirmed_on,
        KeyColumn.ACTIVATION: key.activated_on,
        KeyColumn.STATUS: key.state,
        KeyColumn.CLIENT: key.client_id,
    }[column]


def rank_of(key: Held, column: KeyColumn) -> tuple[Any, ...]:
    """Give what orders a key in a column; a missing value comes before any other."""
    if column is KeyColumn.CLIENT:
        return () if key.client is None else (sort_key(key.client), key.client_id)
    value = value_of(key, column)
    return () if value is None else (str(value) if column is KeyColumn.STATUS else value,)


def label_of(key: Held, column: KeyColumn) -> str:
    """Give what is written of a key in a column."""
    return {
        KeyColumn.KEY: f"{key.signs[:4]}-••••-••••-{key.signs[4:]}",
        KeyColumn.QUANTITY: stamps(key.units),
        KeyColumn.DATE: f"{key.confirmed_on:%d/%m/%Y}",
        KeyColumn.ACTIVATION: said_of_activation(key.activated_on),
        KeyColumn.STATUS: said_of_state(key.state),
        KeyColumn.CLIENT: said_of_client(key.client),
    }[column]


def is_asked_for(key: Held, query: KeyQuery) -> bool:
    """Tell whether a key passes the filter, as SPEC 4 says it."""
    dates = query.range_on(date(2020, 7, 14))
    first, last = key.signs[:4], key.signs[4:]
    client = search_key(query.client)
    return (
        (dates.since is None or key.confirmed_on >= dates.since)
        and (dates.until is None or key.confirmed_on <= dates.until)
        and (not query.states or key.state in query.states)
        and (query.units is None or key.units == query.units)
        and (
            (query.signs in first or query.signs in last)
            if len(query.signs) <= 4
            else key.signs.startswith(query.signs)
        )
        and (
            (key.client is not None and client in search_key(key.client))
            or (not query.client)
            or (key.client is None and len(client) >= 3 and "sin asignar".startswith(client))
        )
    )


def ordered(keys: Sequence[Held], query: KeyQuery) -> list[Held]:
    """Sort keys: by the column, then by the instant of confirmation, then by number."""

    def rank(key: Held) -> tuple[Any, ...]:
        if query.sort is KeyColumn.DATE:
            return (key.confirmed_at, key.id)
        column = rank_of(key, query.sort)
        # Clients of one name up to the two-hundredth sign are in one place, by the instant.
        return (column[:1], key.confirmed_at, key.id)

    return sorted(keys, key=rank, reverse=query.descending)


def modelled(
    keys: Sequence[Held], query: KeyQuery, folded: frozenset[Any], path: tuple[object, ...] = ()
) -> Iterator[GroupLine | int]:
    """Write the lines of a list: groups, and numbers of keys."""
    if len(path) == len(query.groups):
        yield from (key.id for key in ordered(keys, query))
        return
    column = query.groups[len(path)]
    descending = query.descending if column is query.sort else column.newest_first
    ranked = sorted(keys, key=lambda key: rank_of(key, column), reverse=descending)
    for value, members in groupby(ranked, key=lambda key: value_of(key, column)):
        group = list(members)
        inner = (*path, value)
        units = sum(key.units for key in group)
        yield (inner, label_of(group[0], column), len(group), units, inner in folded)
        if inner not in folded:
            yield from modelled(group, query, folded, inner)
