"""«Ordenar»: by which column, and which way."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from store.keys.query import KeyColumn, KeyQuery
from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.widgets.grid import ASCENDING, DESCENDING
from tui.widgets.options import Options


class SortKeys(Question[KeyQuery]):
    """Ask for a column; the one in force turns its direction."""

    title_words = _("Ordenar")

    DEFAULT_CSS = """
    SortKeys > .dialog { width: 44; }
    SortKeys OptionList { height: auto; margin-top: 1; border: none; padding: 0; }
    """

    def __init__(self, query: KeyQuery) -> None:
        super().__init__()
        self._query = query

    def ask(self) -> Iterable[Widget]:
        """Give the columns, with the mark of the order in force."""
        yield Label(content(_("Enter ordena; otra vez, al revés.")))
        options = Options(
            *(Option(content(self._said_of(column)), id=column.name) for column in KeyColumn),
            compact=True,
        )
        options.highlighted = list(KeyColumn).index(self._query.sort)
        yield options

    def _said_of(self, column: KeyColumn) -> str:
        if column is not self._query.sort:
            return f"  {column.title}"
        return f"{DESCENDING if self._query.descending else ASCENDING} {column.title}"

    @on(OptionList.OptionSelected)
    def _answer(self, event: OptionList.OptionSelected) -> None:
        column = KeyColumn[str(event.option_id)]
        same = column is self._query.sort
        descending = not self._query.descending if same else column.newest_first
        self.dismiss(self._query.sorted_by(column, descending=descending))
