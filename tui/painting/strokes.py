"""What is written to draw some cells: the cursor's moves, the looks, the signs."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from tui.painting.cells import Cell
from tui.painting.looks import can_be_erased, change

LONGEST_GAP = 4
"""Cells that are written anew rather than jumped over: no jump is shorter."""
LONG_BLANK = 9
"""Blank cells from which on erasing and jumping is shorter than spaces."""
_LOOK = itemgetter(1)


class Strokes:
    """One drawing. At its start nobody knows where the cursor is, nor in which look: others may have written."""

    def __init__(self, width: int, *, erases_in_colour: bool) -> None:
        self._width, self._erases_in_colour = width, erases_in_colour
        self._written: list[str] = []
        self._x = self._y = -1
        self._look: str | None = None

    def __str__(self) -> str:
        return "".join(self._written)

    def erases(self, cell: Cell) -> bool:
        """Tell whether the terminal's erasing draws this cell."""
        sign, look = cell
        return sign == " " and can_be_erased(look, in_colour=self._erases_in_colour)

    def clear(self, look: str) -> None:
        """Make the whole screen blank."""
        self._take(look)
        self._written.append("\x1b[2J")

    def go(self, x: int, y: int) -> None:
        """Move the cursor the shortest way."""
        if (x, y) == (self._x, self._y):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H"]
        if 0 <= self._x < x and y == self._y:
            ways.append(f"\x1b[{x - self._x}C")
        if x == 0:
            ways.append(f"\x1b[{y + 1}H")
            if 0 <= self._y == y - 1:
                ways.append("\r\n")
        self._written.append(min(ways, key=len))
        self._x, self._y = x, y

    def write(self, x: int, y: int, cells: list[Cell]) -> None:
        """Draw cells from a place on."""
        for look, run in groupby(cells, key=_LOOK):
            signs = [sign for sign, _look in run]
            self.go(x, y)
            self._take(look)
            self._spell(signs, look)
            x += len(signs)

    def erase_rest(self, x: int, y: int, look: str) -> None:
        """Make the rest of a line blank."""
        self.go(x, y)
        self._take(look)
        self._written.append("\x1b[K")

    def shift(self, top: int, bottom: int, by: int) -> None:
        """Move the lines of a region up, or down where `by` is negative; what comes in is nobody's knowledge."""
        # By line feeds at its edge, which every terminal since the VT100 knows; a Linux console has no SU.
        edge, feed = (bottom, "\n") if by > 0 else (top, "\x1bM")
        self._written.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{edge + 1}H{feed * abs(by)}\x1b[r")
        self._x = self._y = -1

    def _spell(self, signs: list[str], look: str) -> None:
        text = "".join(signs)
        bare = text.rstrip(" ")
        blank = len(text) - len(bare)
        if blank >= LONG_BLANK and self._erases_in_colour and self.erases((" ", look)):
            self._written.append(f"{bare}\x1b[{blank}X")
            self._x += len(signs) - blank
        else:
            self._written.append(text)
            self._x += len(signs)
        # At the edge the cursor stays on the last cell; and terminals disagree how wide some glyphs are.
        if self._x >= self._width or "" in signs or len(text) != len(signs):
            self._x = -1

    def _take(self, look: str) -> None:
        self._written.append(change(self._look, look))
        self._look = look
