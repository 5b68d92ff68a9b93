"""Pages that are a list over the store, of rows that are all alike, and what is done with the one under the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic

from sqlmodel import Session
from textual import on, work
from textual.binding import Binding
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Person
from store.errors import Refusal
from store.text import _
from store.windows.listing import Listed, Listing
from store.windows.windows import Row
from tui.screens.greyed import Parameters
from tui.screens.lists.browsing import BrowsingPage
from tui.screens.lists.loading import Loaded
from tui.screens.lists.place import said_of_place
from tui.screens.lists.source import ListSource
from tui.screens.lists.title import ListTitle
from tui.type_ahead import ASKING
from tui.widgets.grid import Grid, GridColumn


class ListPage(BrowsingPage[ListSource[Row]], Generic[Row]):
    """A list, a window of it in sight; its actions are about the row under the cursor, whatever its position."""

    BINDINGS = [
        Binding("f5,ctrl+r", "refresh", _("Actualizar"), show=False, id="list.refresh",
                tooltip=_("Leer de nuevo la lista.")),
        Binding("j", "go_to", _("Ir a"), show=False, id="list.go-to",
                tooltip=_("Ir a una fila por su número, o a una parte de la lista.")),
    ]  # fmt: skip

    name_line = query_one("#name", Label)

    title_words: ClassVar[str]
    columns: ClassVar[Sequence[GridColumn]]
    empty: ClassVar[str]
    """What stands where there is no row."""

    @dataclass
    class Arrived(Message):
        """Lines were read, and what stands behind them is known."""

    def list_rows(self, session: Session, person: Person) -> Listed[Row]:
        """Ask the store for the list."""
        raise NotImplementedError

    def cells(self, row: Row) -> Sequence[str]:
        """Write a row, a text for each column."""
        raise NotImplementedError

    async def tell(self, row: Row) -> None:
        """Show all of a row."""
        raise NotImplementedError

    def reasons(self, row: Row | None) -> Mapping[str, str]:
        """Say of each action why it cannot be done with the row under the cursor; nothing where it can."""
        return {}

    def lacks_row(self, row: Row | None) -> str:
        """Say that there is no row to do something with; nothing where there is one."""
        if row is not None:
            return ""
        return _("La lista todavía se lee.") if self._source is None else _("La lista está vacía.")

    def body(self) -> Iterable[Widget]:
        """Give the title, the place, and the list."""
        yield ListTitle(self.title_words)
        yield Grid(self.columns, empty=self.empty)

    def on_mount(self) -> None:
        """Read the list."""
        self.focus_body()
        self._load()

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say what is not allowed; of a row that is still being read nobody knows yet, and the action waits for it."""
        source = self._source
        row = None if source is None else source.row_at(self.grid.cursor)
        is_unread = source is not None and row is None and source.length > 0
        return "" if is_unread else self.reasons(row).get(action, "")

    async def row_here(self) -> Row | None:
        """Give the row under the cursor; nothing where there is none."""
        source, position = self._source, self.grid.cursor
        if source is None or not source.length:
            return None
        return source.row_at(position) or await asyncio.to_thread(source.row_read_at, position)

    @work(group=ASKING)  # the keys that come now are for the list
    async def _load(self) -> None:
        await self.reload()

    @work(exclusive=True, group="refresh")
    async def action_refresh(self) -> None:
        """Read the list again."""
        former = self._source
        await self.read_list(to_its_end=True)
        if self._source is not former:
            self.say(_("Leída de nuevo."))

    async def reload(self, sentence: str = "", *, anew: bool = False) -> None:
        """Say something, where there is something to say, and read the list again.

        Args:
            sentence: What is said.
            anew: Whether it is another list, which is read from its first row.
        """
        if sentence:
            self.say(sentence)
        await self.read_list(anew=anew)

    async def read_list(self, *, anew: bool = False, to_its_end: bool = False) -> None:
        """Read the list, the cursor on the row it is on, or on the first."""
        cursor = 0 if anew else self.grid.cursor
        number = None if anew or self._source is None else self._source.number_at(cursor)
        listing = Listing(self.visit.store.reading, self._ask)
        source = ListSource(listing, self.cells, lambda: self.post_message(self.Arrived()))
        await self.open_list(source, cursor=cursor, number=number, to_its_end=to_its_end)

    def _show(self, loaded: Loaded[ListSource[Row]]) -> None:
        self._show_lines(loaded, self.columns)

    def _ask(self, session: Session) -> Listed[Row]:
        return self.list_rows(session, self.visit.person)

    @on(Grid.RowHighlighted)
    def _mind_row(self) -> None:
        """Grey what the row under the cursor does not allow."""
        self.refresh_bindings()

    @on(Arrived)
    def _take_rows(self) -> None:
        self.refresh_bindings()

    def place_in(self, source: ListSource[Row]) -> str:
        """Say which rows are in sight, of how many; nothing where there is none."""
        listing = source.listing
        if not listing.length:
            return ""
        return said_of_place(
            self._in_sight, listing.counted, listing.length, is_exact=listing.is_exact
        )

    @on(Grid.RowSelected)
    @work(group=ASKING)
    async def _open(self) -> None:
        row = await self.row_here()
        if row is not None:
            try:
                await self.tell(row)
            except Refusal as refusal:
                self.say(refusal.sentence)
