"""The grid: a cursor and a window over the lines of a source, which are read off the event loop.

It speaks like Textual's DataTable (a cursor, `RowHighlighted`, `RowSelected`, component classes).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.binding import Binding
from textual.events import Key
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from store.text import _
from tui.head_start import in_thread
from tui.widgets.grid.drawing import headings, text_of
from tui.widgets.grid.lines import GridColumn, GridGroup, GridLine, Source
from tui.widths import fitted

PATIENCE = 0.2
"""Seconds after which whoever waits for lines is told so."""
_HEADINGS = 1
"""Lines above the first row."""
_SCREENS_KEPT = 8
"""Screens of lines that are kept around the window; the others are read again when they are wanted."""


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

    COMPONENT_CLASSES = {"grid--header", "grid--cursor", "grid--group", "grid--row"}

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
    class Waiting(Message):
        """The lines in sight take their time."""

    @dataclass
    class RowSelected(Message):
        """Enter on a line."""

        position: int

    def __init__(self, columns: Sequence[GridColumn], *, empty: str, id: str | None = None) -> None:
        self._looks: Mapping[str, Style] = {}
        super().__init__(id=id)
        self._columns = columns
        self._empty = empty
        self._source: Source | None = None
        self._lines: dict[int, GridLine] = {}
        self._length = 0
        self._top = 0

    def show(
        self,
        source: Source,
        columns: Sequence[GridColumn],
        *,
        cursor: int = 0,
        lines: Mapping[int, GridLine] | None = None,
    ) -> None:
        """Show another source, or the same one changed, with the cursor on a line.

        The cursor keeps its place on the screen, unless the first line is in sight and can stay there.

        Args:
            lines: Those that are read already, by position.
        """
        above = self.cursor - self._top if self._top else None
        self._source, self._columns, self._length = source, columns, source.length
        self._lines = dict(lines or {})
        self.set_reactive(Grid.cursor, max(0, min(cursor, self._length - 1)))
        self._top = 0 if above is None else max(0, self.cursor - above)
        self._follow_cursor()
        self._read_missing()
        self.refresh()

    def take_length(self) -> None:
        """Go on with the length that the source has now, and stay on the same line.

        Until it was counted, positions in the second half were those from the end.
        """
        if self._source is None or self._source.length == self._length:
            return
        former, self._length = self._length, self._source.length
        by = self._length - former if self.cursor >= former // 2 else 0
        kept = self._lines.items() if not by else ()
        self._lines = {
            place: line for place, line in kept if place < min(former // 2, self._length)
        }
        self._top = max(0, self._top + by)
        self.set_reactive(Grid.cursor, max(0, min(self.cursor + by, self._length - 1)))
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

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a line."""
        return max(0, min(cursor, self._length - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Bring the new line into sight, and repaint what changed."""
        if self._follow_cursor():
            self._forget_far()
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
        self._tell_window()
        return self._top != before

    def _tell_window(self) -> None:
        last = min(self._top + self._rows_in_sight, self._length) - 1
        self.post_message(self.RowHighlighted(self.cursor, self._top, last))

    def on_resize(self) -> None:
        """Keep the cursor in sight in another size."""
        self._follow_cursor()
        self._read_missing()
        self.refresh()

    async def on_key(self, event: Key) -> None:
        """Do at once what the list's own keys do; Textual would at the end of their way, in the app."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                return

    def action_move(self, step: int) -> None:
        """Move by lines."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Move by screens: the window moves, and the cursor keeps its place in it."""
        sight = self._rows_in_sight
        self._top = max(0, min(self._top + step * sight, self._length - sight))
        self.cursor += step * sight
        # The cursor finds the window moved already, and would draw and read two lines only.
        self._forget_far()
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
        """Ask for the lines in sight that were not read yet, or once they are drawn for those around them."""
        in_sight = self._missing(0)
        if in_sight:
            self._read_around(in_sight, is_ahead=False)
        else:
            self.call_after_refresh(self._read_ahead)

    def _read_ahead(self) -> None:
        """Ask for the screens before and behind the one in sight, unless that one is still being read itself."""
        if not self._missing(0):
            self._read_around(self._missing(1), is_ahead=True)

    def _missing(self, screens: int) -> list[int]:
        """Give the positions in sight, and so many screens before and behind, whose lines were not read yet."""
        around = screens * self._rows_in_sight
        end = min(self._top + self._rows_in_sight + around, self._length)
        stretch = range(max(0, self._top - around), end)
        return [position for position in stretch if position not in self._lines]

    def _read_around(self, missing: Sequence[int], *, is_ahead: bool) -> None:
        """Read lines, and a screen of others on both sides of them."""
        if self._source is not None and missing:
            first = max(0, missing[0] - self._rows_in_sight)
            length = missing[-1] + 1 + self._rows_in_sight - first
            self._read(self._source, first, length, is_ahead=is_ahead)

    @work(exclusive=True, group="read")
    async def _read(self, source: Source, first: int, length: int, *, is_ahead: bool) -> None:
        read = partial(source.read, first, length)
        reading = asyncio.create_task(asyncio.to_thread(read) if is_ahead else in_thread(read))
        done, _waiting = await asyncio.wait({reading}, timeout=PATIENCE)
        if not done and source is self._source and not is_ahead:
            self.post_message(self.Waiting())
        lines = await reading
        if source is not self._source:
            return
        if source.length != self._length:
            self.take_length()  # it was counted meanwhile, and the lines may belong elsewhere
            return
        self._lines.update(enumerate(lines, start=first))
        if is_ahead:
            return
        if not done:
            self._tell_window()
        self.refresh()

    def _forget_far(self) -> None:
        """Keep no more lines than some screens of them."""
        kept = _SCREENS_KEPT * self._rows_in_sight
        if len(self._lines) > 2 * kept:
            near = range(self._top - kept // 2, self._top + kept // 2)
            self._lines = {place: line for place, line in self._lines.items() if place in near}

    def notify_style_update(self) -> None:
        """Find the looks anew, which may have changed."""
        self._looks = {}
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines of the widget, past what Textual adds to any line: a list has no border, padding or tint."""
        self._looks = self._looks or {
            name: self.get_component_rich_style(name) for name in self.COMPONENT_CLASSES
        }
        width, background = self.size.width, self.background_colors[1]
        strips = [_strip(*self._drawn(y, width), width) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return [strip.crop(*crop.column_span) for strip in strips]

    def _drawn(self, y: int, width: int) -> tuple[str, Style]:
        """Give a line of the widget and its look: the headings, then the lines in sight."""
        if y < _HEADINGS:
            return headings(self._columns, width), self._looks["grid--header"]
        position = self._top + y - _HEADINGS
        if position >= self._length:
            says_so = self._source is not None and not self._length and y == _HEADINGS + 1
            return f" {self._empty}" if says_so else "", self._looks["grid--row"]
        line = self._lines.get(position)
        text = text_of(line, self._columns, width)
        if position == self.cursor:
            # On the plainest terminals reverse video may be all there is, or less.
            text = f">{text[1:]}" if self.app.has_class("-ascii") else text
            return text, self._looks["grid--cursor"]
        return text, self._looks["grid--group" if isinstance(line, GridGroup) else "grid--row"]


@lru_cache(maxsize=256)  # a strip knows how it is filtered and cut
def _strip(text: str, look: Style, width: int) -> Strip:
    return Strip([Segment(fitted(text, width), look)], width)
