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
    """Ask; Enter takes the button under the cursor, and each says what it does."""

    loses_something = False

    def __init__(self, title: str, words: str, yes: str, *, careful: bool = False) -> None:
        """Make the window.

        Args:
            title: What stands in its border.
            words: The question.
            yes: What the first button does.
            careful: Whether the cursor begins at the other one, so that an Enter too many says no.
        """
        super().__init__()
        self._careful = careful
        self.title_words, self._words, self._yes = title, words, yes

    def ask(self) -> Iterable[Widget]:
        """Give the question and its buttons."""
        yield Label(lines(self._words))
        yield Horizontal(
            DeskButton(self._yes, id="yes"), DeskButton(_("Cancelar"), id="no"), classes="buttons"
        )

    def on_mount(self) -> None:
        """Begin at the button that changes nothing, where that matters."""
        if self._careful:
            self.query_one("#no", DeskButton).focus()

    @on(DeskButton.Pressed)
    def _answer(self, event: DeskButton.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
