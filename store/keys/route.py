"""Which index a list is read by: the order's own, or that of a filter.

In the order's own index, rows are met in order and those that no filter passes are stepped over: good where many pass.
By a filter's index all that pass it are met, and sorted: good where they are few. Where all that pass have one value,
they stand in the order of their confirmation, and «Fecha» has both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import Mapped
from sqlmodel import col

from store.calendar import Clock
from store.keys.filters import Asked, Columned, Filter, between_instants
from store.keys.query import KeyColumn, KeyQuery
from store.keys.tables import KeyState, PrepaidKey
from store.windows.order import Order, aside, plain_order

ORDERED_BY: dict[KeyColumn, Mapped[Any]] = {
    KeyColumn.KEY: col(PrepaidKey.signs),
    KeyColumn.QUANTITY: col(PrepaidKey.units),
    KeyColumn.ACTIVATION: col(PrepaidKey.activated_on),
    KeyColumn.STATUS: col(PrepaidKey.state),
    KeyColumn.CLIENT: col(PrepaidKey.client_sort_key),
}
"""What each column is ordered by before the instant of confirmation, which alone orders «Fecha»."""
MOST_APART = 12
"""Quantities up to which each is sought by itself."""
_WINDOW = 64
"""Rows of one window, about."""


@dataclass(frozen=True)
class Route:
    """How the rows of a query are reached."""

    condition: ColumnElement[bool]
    order: Order
    steps: float
    """How many rows are met to show a window, about."""


def find_route(query: KeyQuery, desk_id: int, clock: Clock, asked: Asked) -> Route:
    """Choose the index by which the fewest rows are met."""
    return min(_routes(query, desk_id, clock, asked), key=lambda route: route.steps)


def _routes(query: KeyQuery, desk_id: int, clock: Clock, asked: Asked) -> Iterator[Route]:
    found = max(asked.likely, 1)
    sorting = [one for one in asked.filters if one.column is query.sort]
    met = sorting[0].keys if sorting else asked.desk_keys
    # Rows with one value of the first column are in the order of their instants, which the days narrow.
    instants = list(between_instants(query.range_on(clock.today()), clock))
    by_order = _condition(asked, desk_id, None if query.sort is KeyColumn.DATE else query.sort)
    order = _order(query, asked, as_it_is, instants)
    dated = instants if query.sort is KeyColumn.DATE else []
    yield Route(and_(by_order, *dated), order, _WINDOW * met / found)
    for one in asked.filters:
        if not one.is_counted:
            continue
        by_filter = _condition(asked, desk_id, one.column)
        if one.is_one_value and query.sort is KeyColumn.DATE:
            yield Route(and_(by_filter, *instants), order, _WINDOW * one.keys / found)
        else:
            sorted_then = replace(_order(query, asked, aside, ()), is_indexed=False)
            yield Route(by_filter, sorted_then, one.keys)


def to_count(desk_id: int, asked: Asked) -> ColumnElement[bool]:
    """Give the condition by which the keys are counted: by the filter that the fewest pass."""
    best = narrowest(asked)
    return _condition(asked, desk_id, best.column if best else KeyColumn.KEY)


def narrowest(asked: Asked) -> Filter | None:
    """Give the filter that the fewest keys pass; `None` where it is not worth while to find them by it."""
    counted = [one for one in asked.filters if one.is_counted]
    best = min(counted, key=lambda one: one.keys, default=None)
    return best if best and best.keys <= asked.desk_keys // 4 else None


def _condition(asked: Asked, desk_id: int, by: KeyColumn | None) -> ColumnElement[bool]:
    """Ask everything, but let only one column find an index."""
    by_number = any(one.column is by and one.is_by_number for one in asked.filters)
    return and_(
        (aside if by_number else as_it_is)(PrepaidKey.desk_id) == desk_id,
        *(_written(one, is_found=one.column is by) for one in asked.filters),
    )


def _written(one: Filter, *, is_found: bool) -> ColumnElement[bool]:
    return one.condition(as_it_is if is_found else aside)


def as_it_is(column: Any) -> ColumnElement[Any]:
    """Give a column that an index may find."""
    return cast(ColumnElement[Any], column)


def _order(
    query: KeyQuery, asked: Asked, of: Columned, instants: Sequence[ColumnElement[bool]]
) -> Order:
    """Give the order, with the values that have rows: what can have none is not walked through."""
    tie = of(PrepaidKey.confirmed_at), of(PrepaidKey.id)
    if query.sort not in ORDERED_BY:
        return plain_order(*tie, descending=query.descending)
    first = of(ORDERED_BY[query.sort])
    apart: tuple[Any, ...] = ()
    others: ColumnElement[bool] | None = true()
    unused, used = KeyState.USED not in asked.states, asked.states == {KeyState.USED}
    if query.sort is KeyColumn.STATUS and (instants or used):
        apart, others = tuple(sorted(asked.states)), None
    elif query.sort is KeyColumn.QUANTITY and instants and len(asked.quantities) <= MOST_APART:
        apart, others = asked.quantities, None
    elif query.sort is KeyColumn.ACTIVATION:
        apart, others = () if used else (None,), None if unused else _activated(asked, first)
    elif query.sort is KeyColumn.CLIENT:
        apart, others = () if used else ("",), None if unused else first > ""
    return Order((first, *tie), query.descending, apart, others, tuple(instants))


def _activated(asked: Asked, activated_on: Any) -> ColumnElement[bool]:
    """Match the keys that are used; none was used before it was confirmed."""
    found: ColumnElement[bool] = activated_on.is_not(None)
    return found if asked.since is None else and_(found, activated_on >= asked.since)
