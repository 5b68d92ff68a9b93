"""The painter knows what stands on the terminal, and draws only what differs (facts/performance 4).

Textual sends every widget that was touched anew, whole frames several times for one event. Over a slow line that is
what a person waits for.
"""

from __future__ import annotations

import re
from collections import Counter
from operator import ne

from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Offset

from tui.painting.cells import UNKNOWN, Row, draw_strip, is_plain, size_of, strips_of
from tui.painting.shift import find_shift
from tui.painting.strokes import LONGEST_GAP, Strokes

Update = LayoutUpdate | ChopsUpdate

_CHANGED = b"\x01"
_STRETCH = re.compile(rb"\x01(?:\x00{0,%d}\x01)*" % LONGEST_GAP)
"""Cells that are written in one go, small gaps with them."""


class Painter:
    """A shadow of one terminal's screen."""

    def __init__(self, *, erases_in_colour: bool) -> None:
        """Begin with a terminal of which nothing is known.

        Args:
            erases_in_colour: Whether erasing gives the ground of the moment (terminfo's `bce`).
        """
        self._erases_in_colour = erases_in_colour
        self._rows: list[Row] = []
        self._cursor = Offset(-1, -1)

    def forget(self) -> None:
        """Know nothing any more: somebody else wrote on the terminal."""
        self._rows = []

    def knows(self, update: Update) -> bool:
        """Tell whether an update of a part is enough; otherwise it takes one of the whole screen."""
        return self.has_size(*size_of(update))

    def has_size(self, width: int, height: int) -> bool:
        """Tell whether what it knows is a screen of this size."""
        return bool(self._rows) and (len(self._rows[0]), len(self._rows)) == (width, height)

    def paint(self, update: Update, colours: ColorSystem, cursor: Offset) -> str:
        """Give what has to be written so that the terminal shows an update; nothing where it does already.

        Args:
            update: What the compositor drew; the whole screen where the painter does not know it.
            colours: What the terminal has.
            cursor: Where the terminal's own cursor belongs, which screen readers follow.
        """
        width, height = size_of(update)
        strokes = Strokes(width, erases_in_colour=self._erases_in_colour)
        if self.knows(update):
            drawn = _drawn(self._rows, update, colours)
        else:
            drawn = _drawn([[UNKNOWN] * width for _row in range(height)], update, colours)
            self._begin_anew(strokes, drawn)
        self._draw(strokes, drawn)
        if str(strokes) or cursor != self._cursor:
            strokes.go(*cursor)
            self._cursor = cursor
        return str(strokes)

    def _begin_anew(self, strokes: Strokes, drawn: list[Row]) -> None:
        """Clear the screen in the look that most blanks will have."""
        blanks = Counter(cell for row in drawn for cell in row if strokes.erases(cell))
        (blank, _many), *_others = blanks.most_common(1) or [((" ", ""), 0)]
        strokes.clear(blank[1])
        self._rows = [[blank] * len(row) for row in drawn]

    def _draw(self, strokes: Strokes, drawn: list[Row]) -> None:
        shift = find_shift(self._rows, drawn)
        if shift is not None:
            strokes.shift(shift.top, shift.bottom, shift.by)
            self._rows = shift.applied(self._rows)
        for y, (old, new) in enumerate(zip(self._rows, drawn, strict=True)):
            if new is not old and new != old:
                _draw_row(strokes, y, old, new)
        self._rows = drawn


def _drawn(rows: list[Row], update: Update, colours: ColorSystem) -> list[Row]:
    """Give the screen with an update on it; rows that it does not touch are the same ones."""
    drawn = list(rows)
    for x, y, strip in strips_of(update):
        if drawn[y] is rows[y]:
            drawn[y] = rows[y].copy()
        draw_strip(drawn[y], x, strip, colours)
    return [row if len(row) == len(rows[0]) else row[: len(rows[0])] for row in drawn]


def _draw_row(strokes: Strokes, y: int, old: Row, new: Row) -> None:
    if not (is_plain(old) and is_plain(new)):
        # The terminal may have put the rest of such a line elsewhere than the painter thinks.
        old = [UNKNOWN] * len(new)
    changes = bytes(map(ne, old, new))
    blank_from = _start_of_blank(new) if strokes.erases(new[-1]) else len(new)
    for stretch in _STRETCH.finditer(changes, 0, blank_from):
        strokes.write(stretch.start(), y, new[stretch.start() : stretch.end()])
    x = changes.find(_CHANGED, blank_from)
    if x >= 0:
        strokes.erase_rest(x, y, new[x][1])


def _start_of_blank(row: Row) -> int:
    """Give the column from which on a row holds nothing but its last cell."""
    start = len(row)
    while start and row[start - 1] == row[-1]:
        start -= 1
    return start
