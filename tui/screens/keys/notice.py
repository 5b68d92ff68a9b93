"""The «Aviso» after a confirmation (seed 000, step 2 c)."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Label

from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.widgets.button import DeskButton

_WIDTH = 66


class Notice(Question[None]):
    """Say whom the services are valid for. Aceptar, ✕ and Escape all close it: the key is confirmed already."""

    loses_something = False

    def __init__(self) -> None:
        super().__init__()
        word = _("Aviso")
        # The border has one title: the ✕ at its end is drawn as part of it.
        self.title_words = f"{word} {'─' * (_WIDTH - len(word) - 9)} ✕"

    def ask(self) -> Iterable[Widget]:
        """Give the seed's sentence and its button."""
        sentence = _(
            "Los servicios liberados por este medio serán válidos solo para este Escritorio."
        )
        yield Label(content(sentence))
        yield Horizontal(DeskButton(_("Aceptar")), classes="buttons")

    @on(DeskButton.Pressed)
    def _accept(self) -> None:
        self.dismiss(None)
