"""The page «Claves prepago»: everything that is done from the list (SPEC 3 and 4)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial

from textual import on, work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.worker import WorkType

from store.accounts.person import Power, may
from store.accounts.preferences import recall, remember
from store.errors import KeyAlreadyHere, Refusal
from store.keys.activation import CheckedKey, ConfirmedKey, check_key, confirm_key
from store.keys.query import KeyColumn, KeyQuery
from store.keys.views import KeyView, default_view
from store.text import _
from tui.menu import KEYS
from tui.screens.greyed import Parameters, unless
from tui.screens.keys.activate_many import activate_many
from tui.screens.keys.capture import CaptureKey, Instead
from tui.screens.keys.columns import GroupBy, ShowColumns
from tui.screens.keys.confirm import Another, ConfirmKey
from tui.screens.keys.export import export_list
from tui.screens.keys.filter import FilterKeys
from tui.screens.keys.list_page import ALL_COLUMNS, KeyListPage
from tui.screens.keys.notice import Notice
from tui.screens.keys.search import SearchLine
from tui.screens.keys.sort import SortKeys
from tui.screens.keys.view_shelf import ViewShelf
from tui.type_ahead import ASKING
from tui.widgets.text_field import TextField

_NOT_ALLOWED = _("Tu cuenta no puede activar claves; pídelo a un titular u operador.")
COLUMNS = "keys.columns"
"""The name under which an account's columns are remembered."""


class KeysPage(KeyListPage):
    """The keys of a desk."""

    entry_id = KEYS

    BINDINGS = [
        Binding("a", "activate", _("Activar"), id="keys.activate", tooltip=_("Activar una clave de prepago.")),
        Binding("f", "filter", _("Filtro"), id="keys.filter", tooltip=_("Elegir qué claves se ven.")),
        Binding("c", "columns", _("Columnas"), id="keys.columns", tooltip=_("Elegir qué columnas se ven.")),
        Binding("g", "group", _("Agrupar"), id="keys.group", tooltip=_("Agrupar por una o más columnas.")),
        Binding("o", "sort", _("Ordenar"), id="keys.sort", tooltip=_("Ordenar por una columna.")),
        Binding("slash", "search", _("Busca"), id="keys.search",
                tooltip=_("Buscar una clave o un cliente al escribir.")),
        Binding("v", "views", _("Vistas"), id="keys.views", tooltip=_("Abrir o guardar una de mis vistas.")),
        Binding("e", "export", _("Exportar"), id="keys.export",
                tooltip=_("Guardar la lista en un archivo CSV o XLSX.")),
        Binding("l", "activate_many", _("Varias claves"), id="keys.many",
                tooltip=_("Activar muchas claves a la vez.")),
    ]  # fmt: skip

    search = query_one(SearchLine)

    def body(self) -> Iterable[Widget]:
        """Give the list, and the line to search in."""
        yield from super().body()
        yield SearchLine()

    def on_mount(self) -> None:
        """Start with the account's columns and the default list."""
        self.focus_body()
        self._start()

    def check_action(self, action: str, parameters: Parameters) -> bool | None:
        """Take the search away where somebody types."""
        if action == "search" and isinstance(self.focused, TextField):
            return False  # Textual does not know that «slash» is a sign, and would name the key
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say who may activate keys, and where nothing is saved."""
        if action in ("activate", "activate_many"):
            return unless(may(self.visit.person, Power.ACTIVATE), _NOT_ALLOWED)
        if action == "export":
            return unless(self.visit.store.settings.files, _("Aquí no se guardan archivos."))
        return super().why_not(action, parameters)

    def arrive(self) -> None:
        """The menu's entry is the activation (seed 000, step 2)."""
        if may(self.visit.person, Power.ACTIVATE):
            self.action_activate()
        else:
            self.say(_NOT_ALLOWED)

    @work
    async def _start(self) -> None:
        kept = await self.visit.look(recall, COLUMNS)
        names = kept if isinstance(kept, list) else []
        self._columns = tuple(column for column in KeyColumn if column.name in names) or ALL_COLUMNS
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
        load: WorkType[None] = partial(self._load, cursor=event.cursor)
        self.run_worker(load, group=group, exclusive=not event.is_last)

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
