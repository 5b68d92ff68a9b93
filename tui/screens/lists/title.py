"""The line above a list."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.widgets import Label

from tui.clean import content
from tui.widgets.words import Words


class ListPlace(Words):
    """Where in a list one is."""

    DEFAULT_CSS = """
    ListPlace { width: auto; padding-right: 1; }
    """


class ListTitle(Horizontal):
    """What a list is called (`#name`), and at the right where in it one is."""

    DEFAULT_CSS = """
    ListTitle { height: 1; }
    ListTitle #name { width: 1fr; text-style: bold; padding-left: 1; }
    """

    def __init__(self, words: str) -> None:
        super().__init__(Label(content(words), id="name"), ListPlace())
