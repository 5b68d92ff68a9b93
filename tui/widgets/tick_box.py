"""A box to tick, readable without colours."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content, ContentText
from textual.widgets import Checkbox

from store.text import _
from tui.clean import content


class TickBox(Checkbox, inherit_bindings=False):
    """A checkbox drawn `[x]` or `[ ]`; Space ticks it, Enter is left to the dialog around it."""

    BINDINGS = [
        Binding(
            "space",
            "toggle_button",
            _("Marcar"),
            id="tick-box.toggle",
            tooltip=_("Poner o quitar la marca."),
        )
    ]

    DEFAULT_CSS = """
    TickBox { width: auto; height: 1; padding: 0; }
    """

    @property
    def _button(self) -> Content:
        # Textual draws the same mark on and off and tells them apart by colour alone.
        return Content("[x]" if self.value else "[ ]")

    def _make_label(self, label: ContentText) -> Content:
        return content(label)
