"""`/`: the list follows what is typed, signs of a key or part of a client's name."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Label

from store.keys.query import DateRange, KeyQuery
from store.text import _, normal
from tui.clean import content
from tui.screens.keys.filter import read_signs
from tui.widgets.text_field import TextField

_PAUSE = 0.15
"""Seconds without a further sign after which the list is asked."""
_GROUP = "[0-9A-Z•]{4}"
_KEY = re.compile(
    rf"(?=.*[-•\d])([0-9A-Z]{{1,40}}|-[0-9A-Z]{{1,4}}|{_GROUP}([-\s]+{_GROUP})*[-\s]*[0-9A-Z]{{0,4}})"
)
"""Signs of a key: in one piece or in groups of four, with a digit or a hyphen, which tell them from a client's name."""


def searched(query: KeyQuery, term: str) -> KeyQuery:
    """Give a query for a term, in place of the signs and the client that it asks for.

    Whoever searches looks at any date, unless they chose some: the two months of the beginning are nobody's choice.
    """
    plain = replace(query, signs="", client="")
    if not term.strip():
        return plain
    dates = query.dates or DateRange()
    if _KEY.fullmatch(term.lstrip().upper()):
        return replace(plain, signs=read_signs(term), dates=dates)
    return replace(plain, client=normal(term), dates=dates)


def _words_of(query: KeyQuery) -> str:
    return query.signs or query.client


class SearchLine(Horizontal):
    """One line to type in, there only while somebody searches."""

    BINDINGS = [
        Binding("enter,tab", "keep", _("Dejar así"), id="search.keep",
                tooltip=_("Dejar como filtro lo que se busca, e ir a la lista.")),
        Binding("escape", "give_up", _("Volver"), id="search.back", tooltip=_("Volver a la lista de antes.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    SearchLine { height: 1; display: none; padding: 0 1; }
    SearchLine.-open { display: block; }
    SearchLine Label { width: auto; }
    SearchLine TextField { width: 1fr; height: 1; padding: 0; }
    """

    field = query_one(TextField)

    @dataclass
    class Asked(Message):
        """Another list is asked for."""

        query: KeyQuery
        cursor: int
        is_last: bool
        """Whether the search is over, and the keys go back to the list."""

    def __init__(self) -> None:
        super().__init__()
        self._former, self._cursor = KeyQuery(), 0

    def compose(self) -> ComposeResult:
        """Put the mark before the line, and behind it what can be typed."""
        yield Label("/", markup=False)
        field = TextField(longest=60, select_on_focus=False)
        field.add_class("-textual-compact")
        yield field
        yield Label(content(_("  clave (con número o guion) o cliente")))

    def begin(self, query: KeyQuery, cursor: int) -> None:
        """Open the line.

        Args:
            query: What the list shows; Escape gives it back.
            cursor: The line that the cursor stands on.
        """
        self._former, self._cursor = query, cursor
        with self.prevent(TextField.Changed):
            self.field.value = _words_of(query)
        self.field.action_end()
        self.add_class("-open")
        self.field.focus()

    @on(TextField.Changed)
    def _typed(self, event: TextField.Changed) -> None:
        event.stop()
        self._ask_soon()

    # Exclusive: a further sign takes the place of the one before.
    @work(exclusive=True, group="search")
    async def _ask_soon(self) -> None:
        await asyncio.sleep(_PAUSE)
        self.post_message(self.Asked(searched(self._former, self.field.value), 0, False))

    def action_keep(self) -> None:
        """Leave the list as it is searched."""
        if self.field.value == _words_of(self._former):
            self.action_give_up()
        else:
            self._end(searched(self._former, self.field.value), 0)

    def action_give_up(self) -> None:
        """Give the former list back."""
        self._end(self._former, self._cursor)

    def _end(self, query: KeyQuery, cursor: int) -> None:
        self.workers.cancel_group(self, "search")
        self.remove_class("-open")
        self.post_message(self.Asked(query, cursor, True))
