"""A few lines to tick, one under the other."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.actions import SkipAction
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from store.text import _, clean

Choice = TypeVar("Choice", bound=Hashable)


class TickList(Widget, Generic[Choice], can_focus=True):
    """Lines drawn `[x] Una`, `[ ] Otra`; arrows move, Space ticks, Enter is left to the dialog around it.

    Where the order of ticking matters, the mark is its number: `[1]`, `[2]`. On the plainest terminals, where reverse
    video may not show, the line under the cursor has a `>` before it.
    """

    BINDINGS = [
        Binding("up", "move(-1)", _("Subir"), show=False, id="tick-list.up", tooltip=_("Una línea arriba.")),
        Binding("down", "move(1)", _("Bajar"), show=False, id="tick-list.down", tooltip=_("Una línea abajo.")),
        Binding("home", "move(-100)", _("Inicio"), show=False, id="tick-list.first", tooltip=_("La primera línea.")),
        Binding("end", "move(100)", _("Fin"), show=False, id="tick-list.last", tooltip=_("La última línea.")),
        Binding("space", "tick", _("Marcar"), id="tick-list.toggle", tooltip=_("Poner o quitar la marca.")),
    ]  # fmt: skip

    COMPONENT_CLASSES = {"tick-list--cursor"}

    DEFAULT_CSS = """
    TickList { width: auto; height: auto; text-wrap: nowrap; }
    """

    cursor: reactive[int] = reactive(0)
    """The line that Space ticks, from 0."""
    ticked: reactive[tuple[Hashable, ...]] = reactive(())
    """What is ticked, in the order of ticking."""

    @dataclass
    class Changed(Message):
        """A line was ticked, or no longer is."""

        ticked: Sequence[Hashable]

    def __init__(
        self,
        choices: Sequence[tuple[Choice, str]],
        ticked: Iterable[Choice],
        *,
        numbered: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._choices = choices
        self._numbered = numbered
        self.set_reactive(TickList.ticked, tuple(ticked))

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """What is ticked: in the order of ticking where that matters, else in the order of the lines."""
        in_order = [choice for choice, _words in self._choices if choice in self.ticked]
        if self._numbered:
            in_order.sort(key=self.ticked.index)
        return tuple(in_order)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the line under the cursor begins on the screen."""
        return self.content_region.offset + Offset(len(self._margin(self.cursor)), self.cursor)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a line."""
        return max(0, min(cursor, len(self._choices) - 1))

    def action_move(self, step: int) -> None:
        """Move the cursor; at an end the key is left to the dialog around it."""
        before = self.cursor
        self.cursor += step
        if self.cursor == before:
            raise SkipAction

    def action_tick(self) -> None:
        """Tick the line under the cursor, or no longer."""
        choice = self._choices[self.cursor][0]
        others = tuple(other for other in self.ticked if other != choice)
        self.ticked = others if choice in self.ticked else (*others, choice)
        self.post_message(self.Changed(self.chosen))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Measure the longest line."""
        return len(self._margin(0)) + 4 + max(len(words) for _choice, words in self._choices)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines."""
        return len(self._choices)

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self._drawn(place) for place in range(len(self._choices)))

    def _drawn(self, place: int) -> Content:
        choice, words = self._choices[place]
        mark = " "
        if choice in self.ticked:
            mark = str(self.ticked.index(choice) + 1) if self._numbered else "x"
        line = Content(f"{self._margin(place)}[{mark}] {clean(words)}")
        if place == self.cursor and self.has_focus:
            return line.stylize(self.get_visual_style("tick-list--cursor"))
        return line

    def _margin(self, place: int) -> str:
        """Give what stands before a line."""
        if not self.app.has_class("-ascii"):
            return ""
        return ">" if place == self.cursor and self.has_focus else " "
