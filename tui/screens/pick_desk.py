"""Which desk a member of the staff wants to look at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from textual import on, work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from store.accounts.desks import DeskRow
from store.errors import Refusal
from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.widgets.field import Field
from tui.widgets.options import Options


class PickDesk(Question[DeskRow]):
    """Ask for a desk by any part of its name, RFC or usuario; the arrows go to the list below."""

    title_words = _("Escritorios")

    BINDINGS = [
        Binding("enter", "pick", _("Ver"), id="pick-desk.pick", tooltip=_("Ver este escritorio.")),
        Binding("down", "move(1)", _("Bajar"), show=False, id="pick-desk.down", tooltip=_("El escritorio de abajo.")),
        Binding("up", "move(-1)", _("Subir"), show=False, id="pick-desk.up", tooltip=_("El escritorio de arriba.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PickDesk OptionList { height: 12; margin-top: 1; border: none; padding: 0; }
    PickDesk OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    field = query_one(Field)
    found = query_one(OptionList)

    def __init__(self, search: Callable[[str], Awaitable[Sequence[DeskRow]]]) -> None:
        """Make the window.

        Args:
            search: Asks the store for the desks that match some words.
        """
        super().__init__()
        self._search_with = search
        self._rows: Sequence[DeskRow] = ()

    def ask(self) -> Iterable[Widget]:
        """Give the field and the list."""
        yield Field(_("Buscar"), longest=60, compact=True, id="words")
        yield Options(compact=True)

    def on_mount(self) -> None:
        """Show the first desks before anything is typed."""
        self._search()

    @on(Field.Changed)
    def _typed(self) -> None:
        self._search()

    def action_pick(self) -> None:
        """Answer with the desk that is marked in the list, wherever the focus is."""
        if self.found.highlighted is not None:
            self.dismiss(self._rows[self.found.highlighted])

    @work(exclusive=True)
    async def _search(self) -> None:
        try:
            self._rows = await self._search_with(self.field.value)
        except Refusal as refusal:
            self._rows = ()
            self.field.refuse(refusal.sentence)
        self.found.clear_options()
        self.found.add_options(
            Option(content(f"{row.handle:14} {row.rfc:13} {row.name}")) for row in self._rows
        )
        self.found.highlighted = 0 if self._rows else None

    def action_move(self, step: int) -> None:
        """Move the mark in the list while words are typed."""
        if self.found.highlighted is not None:
            last = len(self._rows) - 1
            self.found.highlighted = max(0, min(self.found.highlighted + step, last))

    @on(OptionList.OptionSelected)
    def _answer(self) -> None:
        self.action_pick()
