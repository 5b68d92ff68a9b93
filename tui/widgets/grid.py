"""A list over the store that never holds the store: it asks for the lines in sight and draws them.

It speaks like Textual's DataTable (a cursor, `RowHighlighted`, `RowSelected`, component classes); what it shows is a
`Source`, read off the event loop, so that a slow query never blocks a key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import work
from textual.binding import Binding
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from store.text import _, clean

ASCENDING, DESCENDING = "▲", "▼"
FOLDED, UNFOLDED = "►", "▼"
_HEADINGS = 1
"""Lines above the first row."""


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
        """How many lines there are."""

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


class Grid(Widget, can_focus=True):
    """Draws the lines of a source, with a cursor."""

    BINDINGS = [
        Binding("up", "move(-1)", _("Subir"), show=False, id="grid.up", tooltip=_("Una fila arriba.")),
        Binding("down", "move(1)", _("Bajar"), show=False, id="grid.down", tooltip=_("Una fila abajo.")),
        Binding("pageup", "page(-1)", _("Página anterior"), show=False, id="grid.page-up",
                tooltip=_("Una pantalla arriba.")),
        Binding("pagedown", "page(1)", _("Página siguiente"), show=False, id="grid.page-down",
                tooltip=_("Una pantalla abajo.")),
        Binding("home", "first", _("Inicio"), show=False, id="grid.first", tooltip=_("La primera fila.")),
        Binding("end", "last", _("Fin"), show=False, id="grid.last", tooltip=_("La última fila.")),
        Binding("enter", "select", _("Abrir"), show=False, id="grid.select",
                tooltip=_("Abrir la fila, o plegar y desplegar el grupo.")),
    ]  # fmt: skip

    COMPONENT_CLASSES = {"grid--header", "grid--cursor", "grid--group"}

    DEFAULT_CSS = """
    Grid { height: 1fr; }
    """

    # No repaint of its own: two lines change, and over a slow line the other fourteen are seconds.
    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """The line under the cursor, from 0."""

    @dataclass
    class RowHighlighted(Message):
        """The cursor or the window moved; positions are from 0."""

        cursor: int
        first: int
        last: int

    @dataclass
    class RowSelected(Message):
        """Enter on a line."""

        position: int

    def __init__(self, columns: Sequence[GridColumn], *, empty: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = columns
        self._empty = empty
        self._source: Source | None = None
        self._lines: dict[int, GridLine] = {}
        self._top = 0

    def show(self, source: Source, columns: Sequence[GridColumn], *, cursor: int = 0) -> None:
        """Show another source, or the same one changed, with the cursor on a line."""
        self._source, self._columns = source, columns
        self._lines = {}
        self.set_reactive(Grid.cursor, max(0, min(cursor, source.length - 1)))
        self._follow_cursor()
        self._read_missing()
        self.refresh()

    def line_at(self, position: int) -> GridLine | None:
        """Give a line that was read already."""
        return self._lines.get(position)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the line under the cursor begins on the screen."""
        return self.content_region.offset + Offset(0, self.cursor - self._top + _HEADINGS)

    @property
    def _rows_in_sight(self) -> int:
        return max(1, self.size.height - _HEADINGS)

    @property
    def _length(self) -> int:
        return self._source.length if self._source else 0

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a line."""
        return max(0, min(cursor, self._length - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Bring the new line into sight, and repaint what changed."""
        if self._follow_cursor():
            self._read_missing()
            self.refresh()
            return
        for position in (before, now):
            self.refresh_line(position - self._top + _HEADINGS)

    def refresh_line(self, y: int) -> None:
        """Repaint one line of the widget."""
        self.refresh(Region(0, y, self.size.width, 1))

    def _follow_cursor(self) -> bool:
        """Scroll as little as shows the cursor and leaves no room below the last line; tell whether anything moved."""
        before = self._top
        sight = self._rows_in_sight
        self._top = max(
            min(self._top, self.cursor, self._length - sight), self.cursor - sight + 1, 0
        )
        last = min(self._top + sight, self._length) - 1
        self.post_message(self.RowHighlighted(self.cursor, self._top, last))
        return self._top != before

    def on_resize(self) -> None:
        """Keep the cursor in sight in another size."""
        self._follow_cursor()
        self._read_missing()
        self.refresh()

    def action_move(self, step: int) -> None:
        """Move by lines."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Move by screens: the window moves, and the cursor keeps its place in it."""
        sight = self._rows_in_sight
        self._top = max(0, min(self._top + step * sight, self._length - sight))
        self.cursor += step * sight
        # The cursor finds the window moved already, and would draw and read two lines only.
        self._read_missing()
        self.refresh()

    def action_first(self) -> None:
        """Go to the first line."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last line."""
        self.cursor = self._length - 1

    def action_select(self) -> None:
        """Open the line under the cursor."""
        if self._length:
            self.post_message(self.RowSelected(self.cursor))

    def _read_missing(self) -> None:
        """Ask for the lines in sight that were not read yet."""
        sight = range(self._top, min(self._top + self._rows_in_sight, self._length))
        missing = [position for position in sight if position not in self._lines]
        if self._source is None or not missing:
            return
        around = self._rows_in_sight
        first = max(0, missing[0] - around)
        self._read(self._source, first, missing[-1] + 1 + around - first)

    @work(exclusive=True, group="read")
    async def _read(self, source: Source, first: int, length: int) -> None:
        lines = await asyncio.to_thread(source.read, first, length)
        if source is self._source:
            self._lines.update(enumerate(lines, start=first))
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line of the widget: the headings, then the lines in sight."""
        width = self.size.width
        if y < _HEADINGS:
            return self._drawn(self._headings(width), width, "grid--header")
        position = self._top + y - _HEADINGS
        if not self._length:
            return self._drawn(f" {self._empty}" if y == _HEADINGS + 1 else "", width)
        if position >= self._length:
            return Strip.blank(width, self.rich_style)
        line = self._lines.get(position)
        name = "grid--group" if isinstance(line, GridGroup) else ""
        if position == self.cursor:
            name = "grid--cursor"
        return self._drawn(self._text_of(line, width), width, name)

    def _drawn(self, text: str, width: int, component: str = "") -> Strip:
        style = self.get_component_rich_style(component) if component else self.rich_style
        return Strip([Segment(set_cell_size(text, width), style)], width)

    def _text_of(self, line: GridLine | None, width: int) -> str:
        if line is None:
            return " ·"
        if isinstance(line, GridGroup):
            mark = FOLDED if line.folded else UNFOLDED
            return f" {'  ' * line.depth}{mark} {clean(line.text)}"
        return self._row([clean(text) for text in line.cells], width)

    def _headings(self, width: int) -> str:
        whole = self._widths(width)
        return self._row(
            [
                column.mark
                + (column.title if column.widest <= room else column.short or column.title)
                for column, room in zip(self._columns, whole, strict=True)
            ],
            width,
        )

    def _row(self, cells: Sequence[str], width: int) -> str:
        placed = (
            _placed(text, room, column.align_right)
            for text, room, column in zip(cells, self._widths(width), self._columns, strict=True)
        )
        return " " + " ".join(placed)

    def _widths(self, width: int) -> list[int]:
        """Share the room: whole headings where they fit, and the last column takes what is left."""
        for widths in (
            [column.widest for column in self._columns],
            [column.narrowest for column in self._columns],
        ):
            left = width - 1 - sum(widths[:-1]) - len(widths[:-1])
            if left >= widths[-1]:
                break
        return [*widths[:-1], max(left, 1)]


def _placed(text: str, room: int, right: bool) -> str:
    width = cell_len(text)
    if width > room > 1:
        return set_cell_size(text, room - 1) + "…"
    return " " * (room - width) + text if right and width < room else set_cell_size(text, room)
