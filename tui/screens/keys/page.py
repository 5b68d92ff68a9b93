"""The page «Claves prepago»: the list, and everything that is done from it (SPEC 3 and 4)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from functools import partial
from typing import Any

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Power, may
from store.accounts.preferences import recall, remember
from store.errors import KeyAlreadyHere, Refusal
from store.keys.activation import CheckedKey, ConfirmedKey, check_key, confirm_key
from store.keys.listing import KeyGroup
from store.keys.query import KeyColumn, KeyQuery
from store.keys.rows import KeyRow
from store.keys.story import story_of
from store.keys.views import KeyView, default_view
from store.text import _
from tui.clean import content
from tui.menu import KEYS
from tui.screens.go_to import GoTo
from tui.screens.keys.activate_many import activate_many
from tui.screens.keys.capture import CaptureKey, Instead
from tui.screens.keys.columns import GroupBy, ShowColumns
from tui.screens.keys.confirm import Another, ConfirmKey
from tui.screens.keys.detail import KeyDetail
from tui.screens.keys.export import export_list
from tui.screens.keys.filter import FilterKeys
from tui.screens.keys.loading import Lists, Loaded, Wanted
from tui.screens.keys.notice import Notice
from tui.screens.keys.place import said_of_changes, said_of_grouping, said_of_place
from tui.screens.keys.search import SearchLine
from tui.screens.keys.sort import SortKeys
from tui.screens.keys.source import KeySource, grid_columns
from tui.screens.keys.views import ViewShelf
from tui.screens.page import Page
from tui.type_ahead import ASKING
from tui.visit import Visit
from tui.widgets.grid import Grid
from tui.widgets.text_field import TextField

COLUMNS = "keys.columns"
"""The name under which an account's columns are remembered."""
_ALL = tuple(KeyColumn)


class KeysPage(Page):
    """The keys of a desk."""

    entry_id = KEYS

    BINDINGS = [
        Binding("a", "activate", _("Activar"), id="keys.activate", tooltip=_("Activar una clave de prepago.")),
        Binding("f", "filter", _("Filtro"), id="keys.filter", tooltip=_("Elegir qué claves se ven.")),
        Binding("c", "columns", _("Columnas"), id="keys.columns", tooltip=_("Elegir qué columnas se ven.")),
        Binding("g", "group", _("Agrupar"), id="keys.group", tooltip=_("Agrupar por una o más columnas.")),
        Binding("o", "sort", _("Ordenar"), id="keys.sort", tooltip=_("Ordenar por una columna.")),
        Binding("j", "go_to", _("Ir a"), show=False, id="keys.go-to",
                tooltip=_("Ir a una fila por su número, o a una parte de la lista.")),
        Binding("slash", "search", _("Busca"), id="keys.search",
                tooltip=_("Buscar una clave o un cliente al escribir.")),
        Binding("v", "views", _("Vistas"), id="keys.views", tooltip=_("Abrir o guardar una de mis vistas.")),
        Binding("e", "export", _("Exportar"), id="keys.export",
                tooltip=_("Guardar la lista en un archivo CSV o XLSX.")),
        Binding("l", "activate_many", _("Varias claves"), id="keys.many",
                tooltip=_("Activar muchas claves a la vez.")),
        Binding("r,f5", "refresh", _("Actualizar"), show=False, id="keys.refresh",
                tooltip=_("Leer de nuevo la lista.")),
        Binding("left", "fold(True)", _("Plegar"), show=False, id="keys.fold", tooltip=_("Plegar el grupo.")),
        Binding("right", "fold(False)", _("Desplegar"), show=False, id="keys.unfold",
                tooltip=_("Desplegar el grupo.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    KeysPage .title { height: 1; }
    KeysPage #name { width: 1fr; text-style: bold; padding-left: 1; }
    KeysPage #shown { width: auto; padding-right: 1; }
    KeysPage #sentence { width: 1fr; height: auto; max-height: 3; padding: 0 1; }
    KeysPage #groups { width: 1fr; height: 1; padding: 0 1; }
    """

    grid = query_one(Grid)
    search = query_one(SearchLine)
    shown = query_one("#shown", Label)
    sentence = query_one("#sentence", Label)
    groups = query_one("#groups", Label)

    _query = KeyQuery()
    _columns: Sequence[KeyColumn] = _ALL
    _in_sight = range(0)
    """The positions of the lines that are on the screen."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._lists = Lists(visit, self._start_worker, self._show, self._refuse_list)

    @property
    def _source(self) -> KeySource | None:
        return self._lists.shown

    def body(self) -> Iterable[Widget]:
        """Give the title, the sentence, the group bar and the list."""
        yield Horizontal(
            Label(content(_("Claves prepago")), id="name"), Label("", id="shown"), classes="title"
        )
        yield Label("", id="sentence")
        yield Label("", id="groups")
        yield Grid(
            grid_columns(_ALL, self._query),
            empty=_("Ninguna clave cumple el filtro; «f» lo cambia."),
        )
        yield SearchLine()

    def on_mount(self) -> None:
        """Start with the account's columns and the default list."""
        self.focus_body()
        self._start()

    def focus_body(self) -> None:
        """Give the keys to the list."""
        self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what the person may not do."""
        if action == "search" and isinstance(self.focused, TextField):
            return False  # Textual does not know that «slash» is a sign, and would name the key
        if action in ("activate", "activate_many"):
            return True if may(self.visit.person, Power.ACTIVATE) else None
        if action == "export":
            return True if self.visit.store.settings.files else None
        return True

    def arrive(self) -> None:
        """The menu's entry is the activation (seed 000, step 2)."""
        if may(self.visit.person, Power.ACTIVATE):
            self.action_activate()
        else:
            self.say(_("Tu cuenta no puede activar claves; pídelo a un titular u operador."))

    @work
    async def _start(self) -> None:
        kept = await self.visit.look(recall, COLUMNS)
        names = kept if isinstance(kept, list) else []
        self._columns = tuple(column for column in KeyColumn if column.name in names) or _ALL
        try:
            view = await self.visit.look(default_view)
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            self._wear(view)
        await self._load()

    def _wear(self, view: KeyView | None) -> None:
        if view is not None:
            self._query, self._columns = view.query, tuple(view.columns)

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
        wanted = Wanted(self._query, self._columns, cursor, key_id)
        await self._lists.load(wanted, wait=self._say_waiting, to_its_end=to_its_end)

    @on(Grid.Waiting)
    def _say_waiting(self) -> None:
        self.shown.update(content(_("Buscando…")))

    def _start_worker(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.run_worker(work, group=group, exclusive=group != "give up")

    def _show(self, loaded: Loaded) -> None:
        source, query = loaded.source, loaded.source.listing.query
        self.sentence.update(content(query.sentence(self.visit.store.clock.today())))
        self.groups.update(content(said_of_grouping(source.listing)))
        columns = grid_columns(source.columns, query)
        self.grid.show(source, columns, cursor=loaded.cursor, lines=loaded.lines)
        self._lists.count_behind(source, self._counted)

    def _refuse_list(self, sentence: str) -> None:
        self.say(sentence)
        self._say_place()

    def _counted(self) -> None:
        self.grid.take_length()
        self._say_place()

    @on(Grid.RowHighlighted)
    def _moved(self, event: Grid.RowHighlighted) -> None:
        self._in_sight = range(event.first, event.last + 1)
        self._say_place()

    def _say_place(self) -> None:
        if self._source is not None:
            self.shown.update(content(said_of_place(self._source.listing, self._in_sight)))

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

    @work(group=ASKING)
    async def action_activate(self) -> None:
        """Ask for a key, then for the licence, until one is confirmed or the person gives up."""
        self.say("")
        while (checked := await self.app.push_screen_wait(CaptureKey(self._check))) is not None:
            if checked is Instead.MANY:
                await self._activate_many()
                return
            if isinstance(checked, KeyAlreadyHere):
                await self._jump(checked.key_id, checked.sentence)
                return
            confirm = partial(self._confirm, checked)
            answer = await self.app.push_screen_wait(ConfirmKey(checked, confirm))
            if isinstance(answer, KeyAlreadyHere):
                await self._jump(answer.key_id, answer.sentence)
            elif isinstance(answer, ConfirmedKey):
                await self._jump(answer.key_id, "")
                await self.app.push_screen_wait(Notice())
            if answer is not Another.KEY:
                return

    @work(group=ASKING)
    async def action_activate_many(self) -> None:
        """Ask for many keys at once."""
        await self._activate_many()

    async def _activate_many(self) -> None:
        done = await activate_many(self.app, self.visit)
        if done is not None:
            await self._jump(done.newest, done.sentence)
            await self.app.push_screen_wait(Notice())

    async def _check(self, typed: str) -> CheckedKey:
        return await asyncio.to_thread(check_key, self.visit.store, self.visit.person, typed)

    async def _confirm(self, checked: CheckedKey, accepted: bool) -> ConfirmedKey:
        return await asyncio.to_thread(
            confirm_key, self.visit.store, self.visit.person, checked, licence_accepted=accepted
        )

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

    def action_search(self) -> None:
        """Open the line to search in."""
        self.search.begin(self._query, self.grid.cursor)

    @on(SearchLine.Asked)
    def _follow(self, event: SearchLine.Asked) -> None:
        """Let the list follow what is typed; the newest sign wins."""
        self._query = event.query
        group = "follow"
        if event.is_last:
            self.focus_body()
            self.workers.cancel_group(self, group)
            group = ASKING  # the keys that come now are for the list that was searched
        self.run_worker(self._load(cursor=event.cursor), group=group, exclusive=not event.is_last)

    @work(group=ASKING)
    async def action_filter(self) -> None:
        """Ask which keys."""
        today = self.visit.store.clock.today()
        await self._take(await self.app.push_screen_wait(FilterKeys(self._query, today)))

    @work(group=ASKING)
    async def action_sort(self) -> None:
        """Ask in which order."""
        await self._take(await self.app.push_screen_wait(SortKeys(self._query)))

    @work(group=ASKING)
    async def action_go_to(self) -> None:
        """Ask for a row, and go there."""
        source = self._source
        if source is None or not source.length:
            return
        if not source.listing.is_exact:
            self.say(_("Todavía se cuentan las filas; intenta en un momento."))
            return
        position = await self.app.push_screen_wait(GoTo(source.length))
        if position is not None:
            self.grid.cursor = position

    @work(group=ASKING)
    async def action_group(self) -> None:
        """Ask in which groups."""
        groups = await self.app.push_screen_wait(GroupBy(self._query.groups))
        if groups is not None:
            await self._take(self._query.grouped_by(*groups))

    async def _take(self, query: KeyQuery | None) -> None:
        if query is not None:
            self._query = query
            self.say("")
            await self._load()

    @work(group=ASKING)
    async def action_views(self) -> None:
        """Open a saved view, or see to them."""
        now = KeyView(self._query, self._columns)
        view = await ViewShelf(self.app, self.visit, now).ask()
        self._wear(view)
        await self._take(view.query if view else None)

    @work(group=ASKING)
    async def action_export(self) -> None:
        """Ask which rows and in which form, and write them."""
        if self._source is not None:
            await export_list(self.app, self.visit, self._source, self._in_sight)

    @work(group=ASKING)
    async def action_columns(self) -> None:
        """Ask which columns, and remember them for this account."""
        columns = await self.app.push_screen_wait(ShowColumns(self._columns))
        if columns is None:
            return
        try:
            await self.visit.do(remember, COLUMNS, [column.name for column in columns])
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        self._columns = columns
        await self._load(cursor=self.grid.cursor, key_id=self._key_under_cursor)
