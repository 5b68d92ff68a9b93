"""What is said before the lock, to whoever is still there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from store.text import _
from tui.clean import content
from tui.screens.window import Window


class IdleWarning(Window[None]):
    """Says what comes; any key takes it away, and only a sign goes on to where it was typed."""

    DEFAULT_CSS = """
    IdleWarning { align: center middle; }
    IdleWarning > .dialog { width: 66; height: auto; padding: 0 1; }
    IdleWarning Label { width: 1fr; }
    """

    def __init__(self, seconds: int, *, locks: bool) -> None:
        """Make the window.

        Args:
            seconds: How long it stays.
            locks: Whether the lock follows, and not the end.
        """
        super().__init__()
        words = (
            _("La sesión se bloqueará en {seconds} segundos; pulsa una tecla.")
            if locks
            else _("La sesión terminará en {seconds} segundos; pulsa una tecla.")
        )
        self._words = words.format(seconds=seconds)

    def compose(self) -> ComposeResult:
        """Put the sentence in a box."""
        yield Vertical(Label(content(self._words)), classes="dialog")
