"""What a grid shows: columns, lines, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

ASCENDING, DESCENDING = "▲", "▼"
FOLDED, UNFOLDED = "►", "▼"


@dataclass(frozen=True)
class GridColumn:
    """A column: its heading, a shorter one for where room lacks, and its least width in cells."""

    title: str
    width: int
    short: str = ""
    align_right: bool = False
    mark: str = ""
    """How the rows are ordered by it, if they are: `ASCENDING` or `DESCENDING`."""

    @property
    def widest(self) -> int:
        """The width with the whole heading."""
        return max(self.width, len(self.mark + self.title))

    @property
    def narrowest(self) -> int:
        """The width with the short heading."""
        return max(self.width, len(self.mark + (self.short or self.title)))


@dataclass(frozen=True)
class GridRow:
    """A line of cells, as text; the grid cleans them."""

    cells: Sequence[str]


@dataclass(frozen=True)
class GridGroup:
    """A line that stands for others."""

    text: str
    depth: int
    folded: bool


GridLine = GridRow | GridGroup


class Source(Protocol):
    """What a grid shows."""

    @property
    def length(self) -> int:
        """How many lines there are; at the most, where that is still being counted.

        In the second half of a list that is still being counted, positions are those from the end.
        """

    def read(self, first: int, length: int) -> Sequence[GridLine]:
        """Read lines by position, from 0; called in a thread."""


@dataclass(frozen=True)
class Lines:
    """A source for a list that is in hand whole."""

    lines: Sequence[GridLine]

    @property
    def length(self) -> int:
        """How many there are."""
        return len(self.lines)

    def read(self, first: int, length: int) -> Sequence[GridLine]:
        """Give some of them."""
        return self.lines[first : first + length]
