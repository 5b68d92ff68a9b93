"""A question with two answers."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Label

from store.text import _
from tui.clean import lines
from tui.screens.question import Question
from tui.widgets.button import DeskButton


class YesOrNo(Question[bool]):
    """Ask; Enter takes the first button, which says what will be done."""

    def __init__(self, title: str, words: str, yes: str) -> None:
        super().__init__()
        self.title_words, self._words, self._yes = title, words, yes

    def ask(self) -> Iterable[Widget]:
        """Give the question and its buttons."""
        yield Label(lines(self._words))
        yield Horizontal(
            DeskButton(self._yes, id="yes"), DeskButton(_("Cancelar"), id="no"), classes="buttons"
        )

    @on(DeskButton.Pressed)
    def _answer(self, event: DeskButton.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
