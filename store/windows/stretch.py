"""Rows by position: each window is read from the nearest place that is known, forwards or backwards."""

from __future__ import annotations

from typing import Generic

from sqlalchemy import ColumnElement
from sqlmodel import Session

from store.windows.edges import Edges
from store.windows.windows import Row, Windows

BETWEEN_FENCES = 4_096
"""Rows from one fence to the next: what a jump skips at the most (facts/performance 3)."""


class Stretch(Generic[Row]):
    """A list of rows, of which the length may be no more than an upper bound until somebody has counted.

    Until then a position in the second half is one from the far end: so the end is there at once, and `settle` moves it
    to where it belongs.
    """

    def __init__(self, windows: Windows[Row], length: int, *, is_exact: bool = True) -> None:
        self._windows = windows
        self.length = length
        self.is_exact = is_exact
        self._edges = Edges()

    def read(self, session: Session, first: int, length: int) -> list[Row]:
        """Read rows by position; fewer where the list ends."""
        length = min(length, self.length - first)
        if length <= 0:
            return []
        before, after = self._edges.around(first, first + length, self._half(first))
        ahead = self.length if after is None else after[0]
        behind = -1 if before is None else before[0]
        backwards = ahead - (first + length) < first - (behind + 1)
        near = after if backwards else before
        found = self._windows.window(
            session,
            length,
            edge=None if near is None else near[1],
            skip=ahead - (first + length) if backwards else first - (behind + 1),
            backwards=backwards,
        )
        # What is missing backwards is missing at the front.
        start = first + length - len(found) if backwards else first
        if found:
            self._edges.remember(start, found[0][0])
            self._edges.remember(start + len(found) - 1, found[-1][0])
        if len(found) < length and not backwards and not self.is_exact:
            self.settle(first + len(found))
        return [row for _edge, row in found]

    def _half(self, first: int) -> range:
        """Give the positions that are counted from the same end as one of them."""
        if self.is_exact:
            return range(self.length)
        middle = self.length // 2
        return range(middle) if first < middle else range(middle, self.length)

    def settle(self, length: int) -> None:
        """Learn how many rows there are."""
        if not self.is_exact:
            self._edges.move(self.length // 2, length - self.length)
        self.length, self.is_exact = length, True

    def index_of(self, session: Session, which: ColumnElement[bool], near: int = 0) -> int | None:
        """Find the position of the row that meets a condition, counting from the end that it is thought to be near."""
        edge = self._windows.edge_of(session, which)
        if edge is None:
            return None
        from_far_end = self.is_exact and near > self.length // 2
        counted = self._windows.count_from(session, edge, backwards=not from_far_end)
        position = self.length - 1 - counted if from_far_end else counted
        self._edges.remember(position, edge)
        return position

    def build_fences(self, session: Session) -> None:
        """Walk the list once, so that a jump into its midst is short."""
        edge, position = None, -1
        while position + BETWEEN_FENCES < self.length:
            edge = self._windows.hop(session, edge, BETWEEN_FENCES)
            if edge is None:
                return
            position += BETWEEN_FENCES
            self._edges.fence(position, edge)
