"""A question for one line of text: a reason, a number, a folio."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual.widget import Widget
from textual.widgets import Label

from tui.clean import lines
from tui.screens.form import Form
from tui.widgets.field import Field


class AskText(Form[object]):
    """Ask, do something with the answer, and say why it cannot be done."""

    def __init__(
        self, title: str, words: str, label: str, act: Callable[[str], Awaitable[object]]
    ) -> None:
        """Make the window.

        Args:
            title: What stands in its border.
            words: What is asked.
            label: The word before the field.
            act: Does it; its answer is the window's.
        """
        super().__init__()
        self.title_words, self._words, self._label, self._act = title, words, label, act

    def fields(self) -> Iterable[Widget]:
        """Give the sentence and the field."""
        yield Label(lines(self._words))
        yield Field(self._label, compact=True, id="text")

    async def submit(self) -> object:
        """Do it."""
        return await self._act(self.query_one(Field).value)
