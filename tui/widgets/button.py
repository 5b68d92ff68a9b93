"""A button in one line of text."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content, ContentText
from textual.geometry import Size
from textual.widgets import Button

from store.text import _
from tui.clean import content


class DeskButton(Button, inherit_bindings=False, inherit_css=False):
    """A button drawn `[ Texto ]`; reverse video tells that it has the focus."""

    BINDINGS = [
        Binding(
            "enter,space",
            "press",
            _("Pulsar"),
            id="button.press",
            tooltip=_("Hacer lo que dice el botón."),
        )
    ]

    # Not Textual's own, whose seven kilobytes for other looks the login page would have to wait for.
    DEFAULT_CSS = """
    DeskButton { width: auto; height: 1; margin: 0 1; }
    """

    def __init__(
        self,
        label: ContentText,
        *,
        id: str | None = None,
        action: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(content(label), id=id, action=action, disabled=disabled, compact=True)
        # Textual's stylesheets take no 0 here.
        self.styles.line_pad = 0
        # Nothing on the desk blinks, a pressed button neither.
        self.active_effect_duration = 0

    def validate_label(self, label: ContentText) -> Content:
        """Take the words literally."""
        return content(label)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Measure the words and their brackets."""
        return self.render().cell_length

    def render(self) -> Content:
        """Draw the words between brackets."""
        return Content.assemble("[ ", content(self.label), " ]")
