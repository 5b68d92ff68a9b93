"""What every page of a desk has: the heading, the menu, a line to say something, the keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget

from store.accounts.person import Power, reason_against
from store.orders.cart import count_units, said_of_units
from store.text import _
from tui.menu import LEAVE, menu_entries
from tui.screens.greyed import Parameters, greyed_action
from tui.screens.menu import Menu
from tui.type_ahead import ASKING
from tui.visit import Visit
from tui.widgets.heading import Heading
from tui.widgets.key_bar import KeyBar
from tui.widgets.sidebar import Sidebar, SidebarEntry
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from store.accounts.sessions import SessionRow
    from tui.app import DeskApp


class Page(Screen[None], inherit_bindings=False):
    """A page; from 110 columns on the menu stays open beside it, below that `m` opens it over the page."""

    BINDINGS = [
        Binding("m", "menu", _("Menú"), id="page.menu", tooltip=_("Abrir el menú de servicios.")),
        Binding("question_mark,f1", "app.help", _("Ayuda"), id="page.help", tooltip=_("Todas las teclas de aquí.")),
        Binding("w", "sessions", _("Mis sesiones"), show=False, id="page.sessions",
                tooltip=_("Dónde está abierta tu cuenta, y cerrarla ahí.")),
        Binding("escape", "back", _("Volver"), show=False, id="page.back", tooltip=_("Volver a la página.")),
        Binding("f10,ctrl+d", "app.leave", _("Salir"), id="page.leave", tooltip=_("Dejar el escritorio.")),
        Binding("tab", "app.focus_next", _("Siguiente"), show=False, id="page.next",
                tooltip=_("Ir a la parte siguiente.")),
        Binding("shift+tab", "app.focus_previous", _("Anterior"), show=False, id="page.previous",
                tooltip=_("Ir a la parte anterior.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Page #beside { height: 1fr; }
    Page #body { width: 1fr; height: 1fr; }
    Page Sidebar { display: none; }
    Page.-wide Sidebar { display: block; height: 1fr; }
    """

    entry_id = ""
    """Which entry of the menu leads here."""

    heading = query_one(Heading)
    sidebar = query_one(Sidebar)
    status = query_one(StatusLine)

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self._entries = list(menu_entries(visit))

    @property
    def desk(self) -> DeskApp:
        """The app, by its own type."""
        return cast("DeskApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the page's body beside the menu."""
        yield Heading()
        yield Horizontal(
            Sidebar(self._entries, current=self.entry_id),
            Vertical(*self.body(), id="body"),
            id="beside",
        )
        yield StatusLine()
        yield KeyBar()

    def body(self) -> Iterable[Widget]:
        """Give what the page shows."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Say whose desk it is and who is in."""
        self.heading.company, self.heading.right = self.visit.company, self.visit.person.username
        self.count_cart()

    @work(exclusive=True, group="count")
    async def count_cart(self) -> None:
        """Say in the heading what the cart holds (SPEC 2)."""
        units = await self.visit.look(count_units)
        self.heading.cart = said_of_units(units) if self.visit.person.desk_id is not None else ""

    def say(self, sentence: str) -> None:
        """Show one sentence until the next one, or until nothing is said."""
        self.status.words = sentence

    def on_key(self, event: Key) -> None:
        """Answer a key that is greyed."""
        greyed = greyed_action(self, event.key)
        if greyed is not None:
            self.say(self.why_not(*greyed))

    def check_action(self, action: str, parameters: Parameters) -> bool | None:
        """Grey what cannot be done now."""
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say why an action cannot be done now; nothing where it can."""
        return ""

    def lacks(self, power: Power) -> str:
        """Say why the person may not do something; nothing where they may."""
        return reason_against(self.visit.person, power)

    def action_menu(self) -> None:
        """Go to the menu, beside the page or over it."""
        if self.sidebar.display:
            self.sidebar.focus()
        else:
            self._ask_menu()

    def action_back(self) -> None:
        """Leave the menu for the page."""
        self.say("")
        self.focus_body()

    def focus_body(self) -> None:
        """Give the keys back to what the page is for."""

    @work(group=ASKING)
    async def _ask_menu(self) -> None:
        entry = await self.app.push_screen_wait(Menu(self._entries, current=self.entry_id))
        if entry is not None:
            self._go(entry)

    @work(group=ASKING)
    async def action_sessions(self) -> None:
        """Show where the account is signed in."""
        from store.accounts.sessions import end_session, list_sessions
        from tui.screens.sessions.mine import MySessions

        clock = self.visit.store.clock

        async def read() -> Sequence[SessionRow]:
            return await self.visit.look(list_sessions, now=clock.now())

        async def end(session_id: int) -> None:
            await self.visit.do(end_session, session_id, now=clock.now())

        this = self.visit.person.session_id
        await self.app.push_screen_wait(MySessions(read, end, this, clock))

    @on(Sidebar.Chosen)
    def _chosen(self, event: Sidebar.Chosen) -> None:
        self._go(event.entry)

    @on(Sidebar.Reached)
    def _reached(self, event: Sidebar.Reached) -> None:
        if self.sidebar.display and self.sidebar.has_focus:  # a new page's menu has it for a moment
            self.say("" if event.entry.ready else not_ready(event.entry))

    def _go(self, entry: SidebarEntry) -> None:
        if not entry.ready:
            self.say(not_ready(entry))
        elif entry.id == LEAVE:
            self.desk.action_leave()
        elif entry.id == self.entry_id:
            self.focus_body()
            self.arrive()
        else:
            self.desk.open_page(entry.id)

    def arrive(self) -> None:
        """Do what choosing the page in the menu asks for besides showing it."""


def not_ready(entry: SidebarEntry) -> str:
    """Say that a page is still to come."""
    return _("«{page}» todavía no está disponible en este escritorio.").format(page=entry.words)
