"""The menu over the page, where there is no room for it beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.widgets.key_bar import KeyBar
from tui.widgets.sidebar import Sidebar, SidebarEntry


class Menu(Question[SidebarEntry]):
    """Ask for a page; one that is still to come says so and is not answered."""

    loses_something = False

    BINDINGS = [
        Binding("m", "give_up", _("Cerrar"), show=False, id="menu.close", tooltip=_("Cerrar el menú.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Menu { align: left top; }
    Menu #to-come { width: 31; height: 1; background: $background; text-style: bold; }
    """

    to_come = query_one("#to-come", Label)

    def __init__(self, entries: Sequence[SidebarEntry], *, current: str) -> None:
        super().__init__()
        self._entries, self._current = entries, current

    def compose(self) -> ComposeResult:
        """Draw the entries at the left, and below them what is to be said of the one under the cursor."""
        yield from self.ask()
        yield KeyBar()

    def ask(self) -> Iterable[Widget]:
        """Give the entries."""
        yield Sidebar(self._entries, current=self._current)
        yield Label("", id="to-come")

    @on(Sidebar.Reached)
    def _reached(self, event: Sidebar.Reached) -> None:
        self.to_come.update(content("" if event.entry.ready else _(" Todavía no está disponible.")))

    @on(Sidebar.Chosen)
    def _chosen(self, event: Sidebar.Chosen) -> None:
        if event.entry.ready:
            self.dismiss(event.entry)
