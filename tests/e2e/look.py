"""What a person can make out on a screen of sixteen colours, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

LAT15 = frozenset(Path(__file__).with_name("lat15.txt").read_text("utf-8")) - {"\n"} | {" ", "\xa0"}
"""All that Debian's console fonts of the set Lat15 draw: the table of Lat15-Fixed16.psf."""
BLACK, WHITE, GREY = 0, 7, 8
BRIGHTNESS = [
    11 * (c & 1) + 59 * (c >> 1 & 1) + 30 * (c >> 2 & 1) + 50 * (c >> 3) for c in range(16)
]
"""Of each colour, as an eye weighs blue, green and red; a bright one shines more."""


class Cell(NamedTuple):
    """A sign in its colours, 0 to 15 as the console counts them; reverse video is in the colours already."""

    sign: str
    colour: int
    ground: int

    @property
    def is_marked(self) -> bool:
        """Whether it is dark on bright, as the cursor and the focus are and nothing else is."""
        return BRIGHTNESS[self.ground] > BRIGHTNESS[self.colour]


Rows = Sequence[Sequence[Cell]]


def without_glyph(rows: Rows) -> set[str]:
    """Give the signs that the font would draw as a diamond."""
    return {cell.sign for row in rows for cell in row} - LAT15


def unreadable(rows: Rows) -> str:
    """Give the text that stands in the colour of its ground."""
    return "".join(
        cell.sign
        for row in rows
        for cell in row
        if cell.sign.strip() and cell.colour % 8 == cell.ground % 8 and cell.colour != GREY
    )


def under_cursor(rows: Rows) -> str:
    """Give what is marked, which even a screen without colours shows."""
    return "".join(cell.sign for row in rows for cell in row if cell.is_marked)


def colours(rows: Rows) -> set[int]:
    """Give the colours in use."""
    return {colour for row in rows for cell in row for colour in (cell.colour, cell.ground)}
