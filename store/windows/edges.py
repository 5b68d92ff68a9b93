"""The places of a list that are known: a fence here and there for good, and those read last."""

from __future__ import annotations

from bisect import bisect_left
from threading import Lock

from store.windows.order import Edge

MOST_RECENT = 64
"""How many of the last windows' edges are kept: those near the screen."""

Known = tuple[int, Edge]


class Edges:
    """Edges by position; windows are read in threads, so each look and each change is alone."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fences: list[Known] = []
        self._recent: dict[int, Edge] = {}

    def remember(self, position: int, edge: Edge) -> None:
        """Keep an edge for a while."""
        with self._lock:
            self._recent.pop(position, None)
            self._recent[position] = edge
            while len(self._recent) > MOST_RECENT:
                del self._recent[next(iter(self._recent))]

    def fence(self, position: int, edge: Edge) -> None:
        """Keep the next fence for good."""
        with self._lock:
            self._fences.append((position, edge))

    def around(self, first: int, end: int, within: range) -> tuple[Known | None, Known | None]:
        """Give what is known nearest before a window and nearest behind it, of some positions."""
        with self._lock:
            at = bisect_left(self._fences, first, key=_position)
            beyond = bisect_left(self._fences, end, key=_position)
            known = [*self._fences[at - 1 : at], *self._fences[beyond : beyond + 1]]
            known += self._recent.items()
        before = [place for place in known if place[0] < first and place[0] in within]
        after = [place for place in known if place[0] >= end and place[0] in within]
        return max(before, key=_position, default=None), min(after, key=_position, default=None)

    def move(self, start: int, by: int) -> None:
        """Move what is known from a position on."""
        with self._lock:
            self._recent = {
                position + by if position >= start else position: edge
                for position, edge in self._recent.items()
            }


def _position(known: Known) -> int:
    return known[0]
