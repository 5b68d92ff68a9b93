"""Lines that moved: a list that scrolled is shorter to shift than to write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from tui.painting.cells import UNKNOWN, Row, text_of

LEAST_LINES = 3
"""Lines that have to have moved before a shift is thought of."""
LEAST_CELLS = 40
"""Cells that a shift has to save, since it takes some bytes itself."""


class Shift(NamedTuple):
    """The lines from `top` to `bottom` move up by so many, or down where `by` is negative."""

    top: int
    bottom: int
    by: int

    def applied(self, rows: Sequence[Row]) -> list[Row]:
        """Give the screen after it."""
        blank = [UNKNOWN] * len(rows[0])
        inside = range(self.top, self.bottom + 1)
        return [
            rows[y] if y not in inside else rows[y + self.by] if y + self.by in inside else blank
            for y in range(len(rows))
        ]


def find_shift(old: Sequence[Row], new: Sequence[Row]) -> Shift | None:
    """Find the shift after which much less is left to be drawn."""
    changed = [y for y, row in enumerate(new) if row != old[y]]
    if len(changed) < LEAST_LINES:
        return None
    shift = _most_common(old, new, changed)
    if shift is None:
        return None
    saved = _to_draw(old, new) - _to_draw(shift.applied(old), new)
    return shift if saved >= LEAST_CELLS else None


def _most_common(old: Sequence[Row], new: Sequence[Row], changed: Sequence[int]) -> Shift | None:
    places: dict[str, list[int]] = defaultdict(list)
    for y in changed:
        places[text_of(old[y])].append(y)
    moved = [(y, was) for y in changed for was in places.get(text_of(new[y]), ())]
    if not moved:
        return None
    by, lines = Counter(was - y for y, was in moved).most_common(1)[0]
    if lines < LEAST_LINES - 1:
        return None
    rows = [row for y, was in moved if was - y == by for row in (y, was)]
    return Shift(min(rows), max(rows), by)


def _to_draw(old: Sequence[Row], new: Sequence[Row]) -> int:
    return sum(
        before != after
        for row_before, row_after in zip(old, new, strict=True)
        if row_before is not row_after
        for before, after in zip(row_before, row_after, strict=True)
    )
