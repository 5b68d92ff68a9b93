"""What is said on a terminal that is too small; everything below stays as it was."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Resize
from textual.geometry import Size
from textual.widgets import Label

from store.text import _
from tui.clean import content
from tui.screens.window import Window

LEAST = Size(80, 23)
"""A terminal of 24 lines, one of which tmux takes."""


def fits(size: Size) -> bool:
    """Tell whether the desk is whole in a terminal of this size."""
    return size.width >= LEAST.width and size.height >= LEAST.height


class TooSmall(Window[None], inherit_bindings=False):
    """Covers the desk until there is room again; keys do nothing meanwhile."""

    BINDINGS = [
        Binding("f10,ctrl+d", "app.leave", _("Salir"), id="too-small.leave", tooltip=_("Dejar el escritorio.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TooSmall { align: center middle; background: $background; }
    TooSmall Label { width: 1fr; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        """Say what is needed."""
        yield Label(
            content(
                _(
                    "La terminal es muy pequeña: agrándala a {width}x{height}. Lo escrito se conserva; F10 sale."
                ).format(width=LEAST.width, height=LEAST.height)
            )
        )

    def on_resize(self, event: Resize) -> None:
        """Go away once there is room."""
        self._go_if_fits(event.size)

    def on_screen_resume(self) -> None:
        """Go away if there came room while something else was on top."""
        self._go_if_fits(self.app.size)

    def _go_if_fits(self, size: Size) -> None:
        if fits(size) and self.is_current:
            self.dismiss()
