"""An order of rows, and what comes before or after one of them as conditions that an index can seek."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    Index,
    Select,
    SQLColumnExpression,
    UnaryExpression,
    and_,
    or_,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.operators import custom_op

Columns = TypeVarTuple("Columns")
Edge = tuple[Any, ...]
"""A row's values in the columns of an order: its place, whatever happens to the rows around it."""


class aside(UnaryExpression[Any]):
    """A column by which SQLite may not look for an index.

    SQLite keeps no statistics, so it takes any index rather than the good one; the store knows better from its tallies.
    PostgreSQL keeps them and sees the plain column.
    """

    inherit_cache = True

    def __init__(self, column: Any) -> None:
        element = coercions.expect(roles.ExpressionElementRole, column)
        super().__init__(element, operator=custom_op("+"), type_=element.type)


@dataclass(frozen=True)
class Order:
    """Columns in which rows are ordered, all in one direction; together they tell any two rows apart."""

    columns: tuple[ColumnElement[Any], ...]
    descending: bool = False
    apart: tuple[Any, ...] = ()
    """The smallest values of the first column, in order, each to be sought by itself; `None` is a missing one."""
    others: ColumnElement[bool] | None = None
    """What rows meet whose first column has another value; `None` where there are none such."""
    within: tuple[ColumnElement[bool], ...] = ()
    """What narrows the rows that have one value in the first column."""
    is_indexed: bool = True
    """Whether an index gives this order. If none does, the rows are few, and sorted when they are found."""
    index: Index | None = None
    """The index to read by, where SQLite must be told."""

    def beyond(self, edge: Edge | None, *, backwards: bool) -> list[ColumnElement[bool]]:
        """Split what comes after an edge, or all there is, into conditions that each are one seek, in order.

        One comparison of all columns would not do: SQLite 3.40 seeks on the first of them only, and the two databases
        disagree about where missing values stand.
        """
        descending = self.descending is not backwards
        arms = list(self._all(descending) if edge is None else self._after(edge, descending))
        return arms if self.is_indexed or not arms else [or_(*arms)]

    def _all(self, descending: bool) -> list[ColumnElement[bool]]:
        arms = [self._same(value) for value in self.apart]
        arms += [] if self.others is None else [self.others]
        return arms[::-1] if descending else arms

    def _after(self, edge: Edge, descending: bool) -> Iterator[ColumnElement[bool]]:
        """Give first the rows that differ from the edge in the last column alone, then in the last but one …"""
        for place in reversed(range(1, len(self.columns))):
            same = [_is(*pair) for pair in zip(self.columns[:place], edge[:place], strict=True)]
            narrowed = self.within if place == 1 else ()
            yield and_(*same, _past(self.columns[place], edge[place], descending), *narrowed)
        yield from self._past_first(edge[0], descending)

    def _past_first(self, value: object, descending: bool) -> Iterator[ColumnElement[bool]]:
        """Give the rows whose first column is past a value."""
        first, here = self.columns[0], _rank(value)
        is_other = value not in self.apart
        if descending:
            if is_other and self.others is not None:
                yield and_(first < value, self.others)
            yield from (self._same(each) for each in self.apart[::-1] if _rank(each) < here)
            return
        yield from (self._same(each) for each in self.apart if _rank(each) > here)
        if self.others is not None:
            yield and_(first > value, self.others) if is_other else self.others

    def _same(self, value: object) -> ColumnElement[bool]:
        return and_(_is(self.columns[0], value), *self.within)

    def by(self, *, backwards: bool) -> list[ColumnElement[Any]]:
        """Give what to sort by."""
        descending = self.descending is not backwards
        keys: list[ColumnElement[Any]] = [
            column.desc() if descending else column.asc() for column in self.columns
        ]
        if None in self.apart and not self.is_indexed:
            keys[0] = keys[0].nulls_last() if descending else keys[0].nulls_first()
        return keys


def read_by(index: Index | None, rows: Select[*Columns]) -> Select[*Columns]:
    """Tell SQLite which index to take: it keeps no statistics, and several would do."""
    if index is None or index.table is None:
        return rows
    return rows.with_hint(index.table, f"INDEXED BY {index.name}", "sqlite")


def plain_order(*columns: SQLColumnExpression[Any], descending: bool) -> Order:
    """Order by columns that are never missing."""
    plain = (coercions.expect(roles.ExpressionElementRole, column) for column in columns)
    return Order(tuple(plain), descending, others=true())


def _rank(value: Any) -> tuple[bool, Any]:
    """Let a missing value be smaller than any other."""
    return value is not None, value


def _past(column: ColumnElement[Any], value: object, descending: bool) -> ColumnElement[bool]:
    return column < value if descending else column > value


def _is(column: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


@compiles(aside)
def _plain(element: aside, compiler: SQLCompiler, **given: Any) -> str:
    return compiler.process(element.element, **given)


@compiles(aside, "sqlite")
def _unindexed(element: aside, compiler: SQLCompiler, **given: Any) -> str:
    return f"+{compiler.process(element.element, **given)}"
