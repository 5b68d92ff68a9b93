"""An answer: some lines to read, and nothing to decide."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Static

from store.text import _
from tui.clean import lines
from tui.screens.question import Question
from tui.widgets.reading import Reading


class Tell(Question[None]):
    """Show a text; arrows scroll, Enter or Escape closes."""

    loses_something = False

    BINDINGS = [
        Binding("enter", "give_up", _("Cerrar"), id="tell.close", tooltip=_("Cerrar el texto.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Tell > .dialog { width: 76; }
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.title_words, self._text = title, text

    def ask(self) -> Iterable[Widget]:
        """Give the text, line by line."""
        yield Reading(Static(lines(self._text)))
