"""A choice of one among a few, readable without colours."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from store.text import _
from tui.clean import content

CHOSEN, OTHER = "(•) ", "( ) "
GAP = "   "


class RadioMarks(Widget, can_focus=True):
    """A choice drawn in one line, `(•) Una   ( ) Otra`; arrows and Space move the mark."""

    BINDINGS = [
        Binding(
            "left,up",
            "move(-1)",
            _("Anterior"),
            id="radio-marks.previous",
            show=False,
            tooltip=_("Elegir la opción anterior."),
        ),
        Binding(
            "right,down,space",
            "move(1)",
            _("Siguiente"),
            id="radio-marks.next",
            show=False,
            tooltip=_("Elegir la opción siguiente."),
        ),
    ]

    COMPONENT_CLASSES = {"radio-marks--chosen"}

    DEFAULT_CSS = """
    RadioMarks { width: auto; height: 1; text-wrap: nowrap; }
    """

    chosen: reactive[int] = reactive(0)
    """The place of the mark, from 0."""

    @dataclass
    class Changed(Message):
        """The mark has moved."""

        radio_marks: RadioMarks
        chosen: int

        @property
        def control(self) -> RadioMarks:
            """The marks, for `@on` with a selector."""
            return self.radio_marks

    def __init__(self, *labels: str, chosen: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self.labels = [content(label) for label in labels]
        self.set_reactive(RadioMarks.chosen, chosen)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the chosen option begins on the screen."""
        before = (self._option(place).cell_length + len(GAP) for place in range(self.chosen))
        return self.content_region.offset + Offset(sum(before), 0)

    def render(self) -> Content:
        """Draw the marks with their words."""
        return Content(GAP).join(self._option(place) for place in range(len(self.labels)))

    def _option(self, place: int) -> Content:
        label = self.labels[place]
        if place != self.chosen:
            return Content.assemble(OTHER, label)
        return Content.assemble(CHOSEN, label.stylize(self.get_visual_style("radio-marks--chosen")))

    def watch_chosen(self, chosen: int) -> None:
        """Tell that the mark has moved."""
        self.post_message(self.Changed(self, chosen))

    def action_move(self, step: int) -> None:
        """Move the mark, from the last option on to the first."""
        self.chosen = (self.chosen + step) % len(self.labels)
