"""A question for one line of text: a reason, a number, a folio."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import Refusal
from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Field


class AskText(Question[object]):
    """Ask, do something with the answer, and say below the field why it cannot be done."""

    BINDINGS = [
        Binding("enter", "accept", _("Aceptar"), id="ask-text.accept", tooltip=_("Usar lo escrito.")),
    ]  # fmt: skip

    field = query_one(Field)

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

    def ask(self) -> Iterable[Widget]:
        """Give the sentence and the field."""
        yield Label(content(self._words))
        yield Field(self._label, compact=True, id="text")
        yield Horizontal(
            DeskButton(_("Aceptar"), id="accept"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    @on(DeskButton.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_give_up()

    @on(DeskButton.Pressed, "#accept")
    def action_accept(self) -> None:
        """Do it."""
        self._accept()

    @work(group=ASKING)
    async def _accept(self) -> None:
        try:
            self.dismiss(await self._act(self.field.value))
        except Refusal as refusal:
            self.forget_typed()
            self.field.refuse(refusal.sentence)
