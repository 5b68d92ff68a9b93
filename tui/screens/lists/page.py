"""What the pages that are a list over the store share: reading, the place, the row under the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
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
from store.windows.superseded import Superseded
from store.windows.windows import Row
from tui.clean import content
from tui.screens.go_to import ask_where
from tui.screens.greyed import Parameters
from tui.screens.lists.place import said_of_place
from tui.screens.lists.source import ListSource
from tui.screens.lists.title import ListTitle
from tui.screens.page import Page
from tui.type_ahead import ASKING
from tui.visit import Visit
from tui.widgets.grid import Grid, GridColumn, GridLine

_AROUND = 60
"""Lines that are read with a new list, above and below its cursor: what the highest terminal shows."""


class ListPage(Page, Generic[Row]):
    """A list, a window of it in sight; its actions are about the row under the cursor, whatever its position."""

    BINDINGS = [
        Binding("f5,ctrl+r", "refresh", _("Actualizar"), show=False, id="list.refresh",
                tooltip=_("Leer de nuevo la lista.")),
        Binding("j", "go_to", _("Ir a"), show=False, id="list.go-to",
                tooltip=_("Ir a una fila por su número, o a una parte de la lista.")),
    ]  # fmt: skip

    grid = query_one(Grid)
    name_line = query_one("#name", Label)
    shown = query_one("#shown", Label)

    title_words: ClassVar[str]
    columns: ClassVar[Sequence[GridColumn]]
    empty: ClassVar[str]
    """What stands where there is no row."""

    @dataclass
    class Arrived(Message):
        """Lines were read, and what stands behind them is known."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._source: ListSource[Row] | None = None
        self._newest: ListSource[Row] | None = None
        self._in_sight = range(0)

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

    def focus_body(self) -> None:
        """Give the keys to the list."""
        self.grid.focus()

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

    @work(group=ASKING)
    async def action_refresh(self) -> None:
        """Read the list again."""
        await self.reload(_("Leída de nuevo."))

    async def reload(self, sentence: str = "", *, anew: bool = False) -> None:
        """Read the list again, the cursor on the row it is on; then say something, where there is something to say.

        Args:
            sentence: What is said.
            anew: Whether it is another list, which is read from its first row.
        """
        cursor = 0 if anew else self.grid.cursor
        number = None if anew or self._source is None else self._source.number_at(cursor)
        listing = Listing(self.visit.store.reading, self._ask)
        source = ListSource(listing, self.cells, lambda: self.post_message(self.Arrived()))
        self._newest = source
        try:
            cursor, lines = await asyncio.to_thread(_opened, source, cursor, number)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        if source is not self._newest:
            return
        former, self._source = self._source, source
        self.grid.show(source, self.columns, cursor=cursor, lines=lines)
        if former is not None:
            await asyncio.to_thread(former.listing.give_up)
        if sentence:
            self.say(sentence)
        self._count(source)

    def _ask(self, session: Session) -> Listed[Row]:
        return self.list_rows(session, self.visit.person)

    @work(exclusive=True, group="count rows")
    async def _count(self, source: ListSource[Row]) -> None:
        """Count a long list behind the screen, and make its jumps short."""
        listing = source.listing
        with suppress(Superseded):
            if not listing.is_exact:
                source.settle(await asyncio.to_thread(listing.count_all))
                self.grid.take_length()
                self._say_place()
            await asyncio.to_thread(listing.build_fences)

    @on(Grid.RowHighlighted)
    def _moved(self, event: Grid.RowHighlighted) -> None:
        self._in_sight = range(event.first, event.last + 1)
        self._say_place()
        self.refresh_bindings()

    @on(Arrived)
    def _take_rows(self) -> None:
        self.refresh_bindings()

    def _say_place(self) -> None:
        if self._source is None:
            return
        listing = self._source.listing
        words = said_of_place(
            self._in_sight, listing.counted, listing.length, is_exact=listing.is_exact
        )
        self.shown.update(content(words if listing.length else ""))

    @on(Grid.RowSelected)
    @work(group=ASKING)
    async def _open(self) -> None:
        row = await self.row_here()
        if row is not None:
            try:
                await self.tell(row)
            except Refusal as refusal:
                self.say(refusal.sentence)

    @work(group=ASKING)
    async def action_go_to(self) -> None:
        """Ask for a row, and go there."""
        source = self._source
        if source is None or not source.length:
            return
        position = await ask_where(self, source.length, is_exact=source.listing.is_exact)
        if position is not None:
            self.grid.cursor = position


def _opened(
    source: ListSource[Row], cursor: int, number: int | None
) -> tuple[int, dict[int, GridLine]]:
    """Open a list; give the position of a row, or where it stood, and the lines around it."""
    listing = source.listing
    listing.open()
    found = None if number is None else listing.index_of(number, near=cursor)
    cursor = cursor if found is None else found
    first = max(0, min(cursor, listing.length - 1) - _AROUND)
    return cursor, dict(enumerate(source.read(first, 2 * _AROUND), start=first))
