"""«Columnas» and «Agrupar»: which columns the list shows, and by which it is grouped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.keys.query import KeyColumn
from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.widgets.button import DeskButton
from tui.widgets.field import Refused
from tui.widgets.tick_list import TickList


class PickColumns(Question[tuple[KeyColumn, ...]]):
    """Ask for some columns."""

    BINDINGS = [
        Binding("enter", "accept", _("Aceptar"), id="pick-columns.accept", tooltip=_("Usar lo marcado.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PickColumns > .dialog { width: 48; }
    PickColumns TickList { margin-top: 1; }
    """

    columns = query_one(TickList)
    refused = query_one(Refused)
    hint = ""
    numbered = False

    def __init__(self, picked: Sequence[KeyColumn]) -> None:
        super().__init__()
        self._picked = picked

    def ask(self) -> Iterable[Widget]:
        """Give the six columns to tick."""
        yield Label(content(self.hint))
        yield TickList(
            [(column, column.title) for column in KeyColumn], self._picked, numbered=self.numbered
        )
        yield Refused()
        yield Horizontal(DeskButton(_("Aceptar")), classes="buttons")

    @on(TickList.Changed)
    def _take_back(self) -> None:
        self.refused.say("")

    @on(DeskButton.Pressed)
    def action_accept(self) -> None:
        """Answer with what is ticked."""
        picked = tuple(column for column in self.columns.chosen if isinstance(column, KeyColumn))
        refusal = self.refusal_of(picked)
        if refusal:
            self.forget_typed()
            self.refused.say(refusal)
        else:
            self.dismiss(picked)

    def refusal_of(self, picked: Sequence[KeyColumn]) -> str:
        """Say why a choice cannot be; empty where it can."""
        return ""


class ShowColumns(PickColumns):
    """Ask which columns are seen; one always stays (SPEC 4)."""

    title_words = _("Columnas")
    hint = _("Espacio marca las que se ven.")

    def refusal_of(self, picked: Sequence[KeyColumn]) -> str:
        """Refuse an empty list."""
        return "" if picked else _("Deja al menos una columna.")


class GroupBy(PickColumns):
    """Ask by which columns the list is grouped, the outermost first."""

    title_words = _("Agrupar")
    hint = _("Espacio marca, en el orden de los grupos.")
    numbered = True
