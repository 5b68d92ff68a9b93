"""The line above a list."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.widgets import Label

from tui.clean import content


class ListTitle(Horizontal):
    """What a list is called (`#name`), and at the right where in it one is (`#shown`)."""

    DEFAULT_CSS = """
    ListTitle { height: 1; }
    ListTitle #name { width: 1fr; text-style: bold; padding-left: 1; }
    ListTitle #shown { width: auto; padding-right: 1; }
    """

    def __init__(self, words: str) -> None:
        super().__init__(Label(content(words), id="name"), Label("", id="shown"))
