"""The list of keys on its page: read, shown, moved in, opened (SPEC 4)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on, work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget

from store.errors import Refusal
from store.keys.listing import KeyGroup, KeyListing
from store.keys.query import KeyColumn, KeyQuery
from store.keys.rows import KeyRow
from store.keys.story import story_of
from store.text import _
from tui.screens.keys.detail import KeyDetail
from tui.screens.keys.place import said_of_changes, said_of_grouping, said_of_place
from tui.screens.keys.source import KeySource, grid_columns
from tui.screens.lists.browsing import BrowsingPage
from tui.screens.lists.loading import Loaded
from tui.screens.lists.title import ListTitle
from tui.type_ahead import ASKING
from tui.widgets.grid import Grid
from tui.widgets.words import Words

ALL_COLUMNS = tuple(KeyColumn)


class KeyListPage(BrowsingPage[KeySource]):
    """Shows the keys that a query finds; what the query is, others decide."""

    BINDINGS = [
        Binding("j", "go_to", _("Ir a"), show=False, id="keys.go-to",
                tooltip=_("Ir a una fila por su número, o a una parte de la lista.")),
        Binding("r,f5", "refresh", _("Actualizar"), show=False, id="keys.refresh",
                tooltip=_("Leer de nuevo la lista.")),
        Binding("left", "fold(True)", _("Plegar"), show=False, id="keys.fold", tooltip=_("Plegar el grupo.")),
        Binding("right", "fold(False)", _("Desplegar"), show=False, id="keys.unfold",
                tooltip=_("Desplegar el grupo.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    KeyListPage #sentence { width: 1fr; height: auto; max-height: 3; padding: 0 1; }
    KeyListPage #groups { width: 1fr; height: 1; padding: 0 1; }
    """

    sentence = query_one("#sentence", Words)
    groups = query_one("#groups", Words)

    _query = KeyQuery()
    _columns: Sequence[KeyColumn] = ALL_COLUMNS

    def body(self) -> Iterable[Widget]:
        """Give the title, the sentence, the group bar and the list."""
        yield ListTitle(_("Claves prepago"))
        yield Words(id="sentence")
        yield Words(id="groups")
        yield Grid(
            grid_columns(ALL_COLUMNS, self._query),
            empty=_("Ninguna clave cumple el filtro; «f» lo cambia."),
        )

    @work(exclusive=True, group="refresh")
    async def action_refresh(self) -> None:
        """Read the list again, the cursor on its key, and say what is different."""
        former, seen = self._source, self._in_sight
        await self._load(cursor=self.grid.cursor, key_id=self._key_under_cursor, to_its_end=True)
        if former is not None and self._source is not None and self._source is not former:
            self.say(said_of_changes(former, self._source, seen))

    @property
    def _key_under_cursor(self) -> int | None:
        under = self._source.rows([self.grid.cursor]) if self._source else {}
        return next(iter(under), None)

    async def _load(
        self, *, cursor: int = 0, key_id: int | None = None, to_its_end: bool = False
    ) -> None:
        """Read the list for the query in force, and put the cursor on a line or on a key's row."""
        listing = KeyListing(self.visit.store, self.visit.person, self._query)
        source = KeySource(listing, self._columns)
        await self.open_list(source, cursor=cursor, number=key_id, to_its_end=to_its_end)

    def _show(self, loaded: Loaded[KeySource]) -> None:
        source, query = loaded.source, loaded.source.listing.query
        self.sentence.say(query.sentence(self.visit.store.clock.today()))
        self.groups.say(said_of_grouping(source.listing))
        self._show_lines(loaded, grid_columns(source.columns, query))

    def place_in(self, source: KeySource) -> str:
        """Say which rows are in sight, or what all groups hold."""
        return said_of_place(source.listing, self._in_sight)

    @on(Grid.RowSelected)
    def _open_line(self, event: Grid.RowSelected) -> None:
        self._open(event.position)

    @work(group=ASKING)
    async def _open(self, position: int) -> None:
        source = self._source
        if source is None:
            return
        line = await asyncio.to_thread(source.line, position)
        if isinstance(line, KeyGroup):
            self._fold(source, line, position)
        elif isinstance(line, KeyRow):
            await self._tell(line.id)

    @work(group=ASKING)
    async def action_fold(self, fold: bool) -> None:
        """Fold or unfold the group under the cursor."""
        source, position = self._source, self.grid.cursor
        line = None if source is None else await asyncio.to_thread(source.line, position)
        if source is not None and isinstance(line, KeyGroup) and line.folded is not fold:
            self._fold(source, line, position)

    def _fold(self, source: KeySource, group: KeyGroup, position: int) -> None:
        source.listing.fold(group.path)
        self._lists.show(Loaded(KeySource(source.listing, source.columns), position))

    async def _tell(self, key_id: int) -> None:
        try:
            story = await self.visit.look(story_of, key_id, self.visit.store.clock)
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            await self.app.push_screen_wait(KeyDetail(story))

    async def _jump(self, key_id: int, sentence: str) -> None:
        """Put the cursor on a key's row; where the view in force hides it, go back to the default one."""
        await self._load(key_id=key_id, to_its_end=True)
        if not await self._is_under_cursor(key_id):
            self._query = KeyQuery()
            await self._load(key_id=key_id, to_its_end=True)
            sentence = f"{sentence} {_('Se quitó el filtro para mostrarla.')}".lstrip()
        self.say(sentence)

    async def _is_under_cursor(self, key_id: int) -> bool:
        if self._source is None:
            return False
        line = await asyncio.to_thread(self._source.line, self.grid.cursor)
        return isinstance(line, KeyRow) and line.id == key_id
