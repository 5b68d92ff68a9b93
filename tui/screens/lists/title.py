"""The line above a list."""

from __future__ import annotations

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.widgets import Label

from tui.clean import content


class ListPlace(Label):
    """Where in a list one is; the same words, as after most arrows, cost nothing; others as long, no layout."""

    DEFAULT_CSS = """
    ListPlace { width: auto; padding-right: 1; }
    """

    words = ""
    """What stands there."""

    def say(self, words: str) -> None:
        """Show where."""
        if words != self.words:
            is_as_long = cell_len(words) == cell_len(self.words)
            self.words = words
            self.update(content(words), layout=not is_as_long)


class ListTitle(Horizontal):
    """What a list is called (`#name`), and at the right where in it one is."""

    DEFAULT_CSS = """
    ListTitle { height: 1; }
    ListTitle #name { width: 1fr; text-style: bold; padding-left: 1; }
    """

    def __init__(self, words: str) -> None:
        super().__init__(Label(content(words), id="name"), ListPlace(""))
