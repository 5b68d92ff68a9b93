"""Which index a list is read by: the order's own, or that of a filter.

In the order's own index, rows are met in order and those that no filter passes are stepped over: good where many pass.
By a filter's index all that pass it are met, and sorted: good where they are few. Where all that pass have one value,
they stand in the order of their confirmation, and «Fecha» has both. Each index holds all that filters ask, so that only
rows that are shown, or sorted, are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Index, and_, true
from sqlalchemy.orm import Mapped
from sqlmodel import col

from store.base import index_of
from store.calendar import Clock
from store.keys.asked import Asked
from store.keys.filters import Columned, Filter, as_it_is, between_instants
from store.keys.query import KeyColumn, KeyQuery
from store.keys.tables import LISTED, KeyState, PrepaidKey
from store.windows.order import Order, aside

ORDERED_BY: dict[KeyColumn, Mapped[Any]] = {
    KeyColumn.KEY: col(PrepaidKey.signs),
    KeyColumn.QUANTITY: col(PrepaidKey.units),
    KeyColumn.ACTIVATION: col(PrepaidKey.activated_on),
    KeyColumn.STATUS: col(PrepaidKey.state),
    KeyColumn.CLIENT: col(PrepaidKey.client_sort_key),
}
"""What each column is ordered by before the instant of confirmation, which alone orders «Fecha»."""
INDEXES: dict[KeyColumn, str] = {
    KeyColumn.KEY: "ix_prepaid_key_signs",
    KeyColumn.QUANTITY: "ix_prepaid_key_units",
    KeyColumn.DATE: "ix_prepaid_key_confirmed",
    KeyColumn.ACTIVATION: "ix_prepaid_key_activated",
    KeyColumn.STATUS: "ix_prepaid_key_state",
    KeyColumn.CLIENT: "ix_prepaid_key_client",
}
"""The index in each column's order."""
MOST_APART = 12
"""Quantities up to which each is sought by itself."""
_WINDOW = 64
"""Rows of one window, about."""
_LOOK = 20
"""Entries of an index that are passed in the time that it takes to look at one row."""


@dataclass(frozen=True)
class Route:
    """How the rows of a query are reached."""

    condition: ColumnElement[bool]
    order: Order
    steps: float
    """How many entries of an index are passed to show a window, about."""


def find_route(query: KeyQuery, desk_id: int, clock: Clock, asked: Asked) -> Route:
    """Choose the index by which the fewest rows are met."""
    if any(one.is_one_value and one.column is query.sort for one in asked.filters):
        # Where all are alike in the column, what is left of its order is that of confirmation.
        query = query.sorted_by(KeyColumn.DATE, descending=query.descending)
    return min(_routes(query, desk_id, clock, asked), key=lambda route: route.steps)


def _routes(query: KeyQuery, desk_id: int, clock: Clock, asked: Asked) -> Iterator[Route]:
    instants = tuple(between_instants(asked.dates, clock))
    order = _order(query, asked, as_it_is, instants)
    # What narrows this index is said by the order: beside a window's edge, SQLite would take it for the better bound.
    by_order = _condition(asked, desk_id, None)
    walked = replace(order, index=_index(query.sort))
    steps = _walked(asked, _met(query, asked, order))
    yield Route(by_order, walked, steps)
    for one in asked.filters:
        if not one.is_counted:
            continue
        by_filter = _condition(asked, desk_id, one.column)
        if one.is_one_value and query.sort is KeyColumn.DATE:
            walked = replace(order, index=_index(one.column))
            yield Route(by_filter, walked, _walked(asked, one.keys))
        else:
            index = None if one.is_by_number else _index(one.column)
            sorted_then = replace(_order(query, asked, aside, ()), is_indexed=False, index=index)
            yield Route(by_filter, sorted_then, _gathered(asked, one))


def _index(column: KeyColumn) -> Index:
    """Give the index in the order of a column."""
    return index_of(PrepaidKey, INDEXES[column])


def _met(query: KeyQuery, asked: Asked, order: Order) -> float:
    """Give how many entries the part of an order's index has that may hold what is found."""
    met = float(asked.desk_keys)
    for one in asked.filters:
        is_by_value = one.column is query.sort is KeyColumn.STATUS
        is_by_day = one.column is KeyColumn.DATE and (
            order.others is None or query.sort is KeyColumn.DATE
        )
        if is_by_value or is_by_day:
            met *= one.keys / max(asked.desk_keys, 1)
    return met


def _walked(asked: Asked, met: float) -> float:
    """Say what it takes to walk so far that a window is full."""
    found = max(asked.likely, 1)
    return met * min(_WINDOW / found, 1) + _LOOK * min(_WINDOW, found)


def _gathered(asked: Asked, by: Filter) -> float:
    """Say what it takes to look at everything that is found."""
    return by.keys * (_LOOK if by.is_by_number else 1) + _LOOK * asked.likely


def to_count(desk_id: int, asked: Asked) -> ColumnElement[bool]:
    """Give the condition by which the keys are counted: by the filter that the fewest pass."""
    best = narrowest(asked)
    return _condition(asked, desk_id, best.column if best else KeyColumn.KEY)


def narrowest(asked: Asked) -> Filter | None:
    """Give the filter that the fewest keys pass; `None` where it is not worth while to find them by it."""
    counted = [one for one in asked.filters if one.is_counted]
    best = min(counted, key=lambda one: one.keys, default=None)
    return best if best and best.keys <= asked.desk_keys * 3 // 4 else None


def _condition(asked: Asked, desk_id: int, by: KeyColumn | None) -> ColumnElement[bool]:
    """Ask everything, but let only one column find an index."""
    by_number = any(one.column is by and one.is_by_number for one in asked.filters)
    return and_(
        (aside if by_number else as_it_is)(PrepaidKey.desk_id) == desk_id,
        *(_written(one, is_found=one.column is by) for one in asked.filters),
    )


def _written(one: Filter, *, is_found: bool) -> ColumnElement[bool]:
    return one.condition(as_it_is if is_found else aside)


def _order(
    query: KeyQuery, asked: Asked, of: Columned, instants: Sequence[ColumnElement[bool]]
) -> Order:
    """Give the order, with the values that have rows: what can have none is not walked through."""
    tie = of(PrepaidKey.confirmed_at), of(PrepaidKey.id)
    if query.sort not in ORDERED_BY:
        return Order(tie, query.descending, others=and_(true(), *instants))
    first = of(ORDERED_BY[query.sort])
    apart, others = _values(query.sort, asked, first, is_dated=bool(instants))
    # Rows with one value of the first column are in the order of their instants, which the days narrow.
    return Order((first, *tie), query.descending, apart, others, tuple(instants))


def _values(
    column: KeyColumn, asked: Asked, first: ColumnElement[Any], *, is_dated: bool
) -> tuple[tuple[Any, ...], ColumnElement[bool] | None]:
    """Give the values of an order's first column that are sought apart, and what all others meet."""
    unused, used = KeyState.USED not in asked.states, asked.states == {KeyState.USED}
    if column is KeyColumn.STATUS and (is_dated or asked.states != set(LISTED)):
        return tuple(sorted(asked.states)), None
    if column is KeyColumn.QUANTITY and is_dated and len(asked.quantities) <= MOST_APART:
        return asked.quantities, None
    if column is KeyColumn.ACTIVATION:
        return () if used else (None,), None if unused else _activated(asked, first)
    if column is KeyColumn.CLIENT:
        if asked.places:
            return _among(asked.places, first)
        return () if used else ("",), None if unused else first > ""
    return (), true()


def _among(
    places: tuple[str, ...], first: ColumnElement[Any]
) -> tuple[tuple[str, ...], ColumnElement[bool] | None]:
    """Seek a few clients apart; many between the first and the last of them."""
    if 2 < len(places) <= MOST_APART:
        return places, None
    return (), and_(first >= places[0], first <= places[-1])


def _activated(asked: Asked, activated_on: Any) -> ColumnElement[bool]:
    """Match the keys that are used; none was used before it was confirmed."""
    since, until = asked.dates.since, asked.last_used
    return and_(
        activated_on.is_not(None),
        *([] if since is None else [activated_on >= since]),
        *([] if until is None else [activated_on <= until]),
    )
