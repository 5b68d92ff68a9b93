"""The screen of a terminal, as pyte reads it from what a program writes."""

from __future__ import annotations

import re

import pyte
from pyte.screens import Char

from tests.e2e.look import BLACK, GREY, WHITE, Cell

MISREAD_BY_PYTE = re.compile(rb"\x1b\[\?\d+\$p|\x1b\[[<=>]\d*u")
UNFINISHED = re.compile(rb"\x1b(\[[<=>?]?[\d;]*\$?)?\Z")

CONSOLES = ("black", "blue", "green", "cyan", "red", "magenta", "brown", "white")
"""The colours by pyte's names, in the order in which a console counts them."""


class Screen:
    """What a person sees. It has no second screen, as older consoles have none."""

    def __init__(self, cols: int, rows: int) -> None:
        self._screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unread = b""
        self._lines: list[str] | None = None

    def draw(self, data: bytes) -> None:
        """Show what was written; a sequence cut in two waits for its other half."""
        data = MISREAD_BY_PYTE.sub(b"", self._unread + data)
        unfinished = UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        self._unread = data[end:]
        self._stream.feed(data[:end])
        self._lines = None

    @property
    def lines(self) -> list[str]:
        """The lines, in their whole width; kept until more is drawn. The right half of a wide glyph is empty."""
        if self._lines is None:
            columns, buffer = range(self._screen.columns), self._screen.buffer
            self._lines = [
                "".join([buffer[row][column].data for column in columns])
                for row in range(self._screen.lines)
            ]
        return self._lines

    @property
    def text(self) -> str:
        """The lines, without spaces at their ends."""
        return "\n".join(line.rstrip() for line in self.lines)

    def cells(self, words: str) -> list[Char]:
        """Give the cells of the first place where the words stand."""
        for row, line in enumerate(self.lines):
            column = line.find(words)
            if column >= 0:
                cells = self._screen.buffer[row]
                return [cells[column + offset] for offset in range(len(words))]
        raise AssertionError(f"no {words!r} on the screen:\n{self.text}")

    @property
    def cursor_line(self) -> str:
        """The line of the terminal's own cursor, with a bar before the sign that it stands on."""
        cursor = self._screen.cursor
        line = self.lines[cursor.y]
        return f"{line[: cursor.x]}|{line[cursor.x :]}"

    @property
    def hides_cursor(self) -> bool:
        """Whether that cursor cannot be seen."""
        return bool(self._screen.cursor.hidden)

    @property
    def rows(self) -> list[list[Cell]]:
        """Every cell in the colours that a console would show it in."""
        buffer = self._screen.buffer
        return [
            [_cell(buffer[row][column]) for column in range(self._screen.columns)]
            for row in range(self._screen.lines)
        ]

    def resize(self, cols: int, rows: int) -> None:
        """Give it another size."""
        self._screen.resize(rows, cols)
        self._lines = None


def _cell(char: Char) -> Cell:
    colour, ground = _number(char.fg, WHITE), _number(char.bg, BLACK)
    if char.reverse:
        colour, ground = ground, colour
    return Cell(char.data or " ", colour + (GREY if char.bold and colour < GREY else 0), ground)


def _number(name: str, default: int) -> int:
    plain = name.removeprefix("bright")
    return CONSOLES.index(plain) + (GREY if plain != name else 0) if plain in CONSOLES else default
