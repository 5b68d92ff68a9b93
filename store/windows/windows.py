"""Rows of one SELECT before or after an edge, a window of them at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlmodel import Session

from store.windows.order import Edge, Order, read_by

Row = TypeVar("Row")


@dataclass(frozen=True)
class Windows(Generic[Row]):
    """The rows that meet a condition, in an order."""

    rows: Select[*tuple[Any, ...]]
    """What is shown of each, without a condition."""
    condition: ColumnElement[bool]
    order: Order
    read: Callable[[Any], Row]
    """Makes a row of what `rows` selects."""

    def window(
        self,
        session: Session,
        length: int,
        *,
        edge: Edge | None = None,
        skip: int = 0,
        backwards: bool = False,
    ) -> list[tuple[Edge, Row]]:
        """Read rows with their edges, in the list's order.

        Args:
            length: How many rows at the most.
            edge: The row to start behind; `None` is the near end.
            skip: How many rows to leave out first; each costs a step in the index.
            backwards: Read towards the beginning, from the far end where there is no edge.
        """
        if skip:
            edge = self.hop(session, edge, skip, backwards=backwards)
            if edge is None:
                return []
        found: list[tuple[Edge, Row]] = []
        for arm in self.order.beyond(edge, backwards=backwards):
            statement = self._met(self._with_edges(), arm)
            ordered = statement.order_by(*self.order.by(backwards=backwards))
            limited = ordered.limit(length - len(found))
            found += map(self._placed, session.connection().execute(limited))
            if len(found) == length:
                break
        return found[::-1] if backwards else found

    def hop(
        self, session: Session, edge: Edge | None, steps: int, *, backwards: bool = False
    ) -> Edge | None:
        """Give the edge so many rows further; `None` where the list ends before. No row is looked at."""
        for arm in self.order.beyond(edge, backwards=backwards):
            statement = self._met(select(*self.order.columns), arm)
            ordered = statement.order_by(*self.order.by(backwards=backwards))
            found = session.connection().execute(ordered.limit(1).offset(steps - 1)).first()
            if found is not None:
                return tuple(found)
            steps -= self._count(session, arm)
        return None

    def edge_of(self, session: Session, which: ColumnElement[bool]) -> Edge | None:
        """Find the place of the row that meets one more condition; `None` where it is not listed."""
        statement = select(*self.order.columns).where(self.condition, which)
        found = session.connection().execute(statement).first()
        return None if found is None else tuple(found)

    def count_from(self, session: Session, edge: Edge, *, backwards: bool) -> int:
        """Count the rows after an edge, or before it."""
        arms = self.order.beyond(edge, backwards=backwards)
        return sum(self._count(session, arm) for arm in arms)

    def _count(self, session: Session, arm: ColumnElement[bool]) -> int:
        # By its last column, which is never missing, since neither condition has to name a table.
        counted = self._met(select(func.count(self.order.columns[-1])), arm)
        return int(session.connection().execute(counted).scalar_one())

    def _met(
        self, rows: Select[*tuple[Any, ...]], arm: ColumnElement[bool]
    ) -> Select[*tuple[Any, ...]]:
        # Of two bounds of a column, SQLite seeks the one that it reads first.
        return read_by(self.order.index, rows.where(arm, self.condition))

    def _with_edges(self) -> Select[*tuple[Any, ...]]:
        labelled = (
            column.label(f"edge_{place}") for place, column in enumerate(self.order.columns)
        )
        return self.rows.add_columns(*labelled)

    def _placed(self, found: Any) -> tuple[Edge, Row]:
        return tuple(found[-len(self.order.columns) :]), self.read(found)


def count(session: Session, condition: ColumnElement[bool], at_most: int | None = None) -> int:
    """Count what meets a condition; no further than asked, where that is asked."""
    if at_most is None:
        statement = select(func.count()).where(condition)
    else:
        some = select(literal(1)).where(condition).limit(at_most).subquery()
        statement = select(func.count()).select_from(some)
    return int(session.connection().execute(statement).scalar_one())
