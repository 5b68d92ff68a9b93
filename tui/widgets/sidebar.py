"""The menu at the left: every service, in the seed's order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from store.text import _, clean


@dataclass(frozen=True)
class SidebarEntry:
    """A line of the menu."""

    id: str
    words: str
    ready: bool = True
    """Whether there is something behind it already."""
    section: bool = False
    """Whether a rule stands above it."""


class Sidebar(OptionList, inherit_bindings=False):
    """The entries; one that is still to come is greyed, can be reached, and says so."""

    BINDINGS = [
        Binding("up", "cursor_up", _("Subir"), show=False, id="sidebar.up", tooltip=_("Una entrada arriba.")),
        Binding("down", "cursor_down", _("Bajar"), show=False, id="sidebar.down", tooltip=_("Una entrada abajo.")),
        Binding("home", "first", _("Inicio"), show=False, id="sidebar.first", tooltip=_("La primera entrada.")),
        Binding("end", "last", _("Fin"), show=False, id="sidebar.last", tooltip=_("La última entrada.")),
        Binding("pageup", "page_up", _("Página anterior"), show=False, id="sidebar.page-up",
                tooltip=_("Una pantalla arriba.")),
        Binding("pagedown", "page_down", _("Página siguiente"), show=False, id="sidebar.page-down",
                tooltip=_("Una pantalla abajo.")),
        Binding("enter", "select", _("Abrir"), id="sidebar.select", tooltip=_("Ir a esa página.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Sidebar { width: 31; height: auto; max-height: 100%; padding: 0; scrollbar-size-vertical: 0; }
    """

    @dataclass
    class Chosen(Message):
        """Enter on an entry."""

        entry: SidebarEntry

    @dataclass
    class Reached(Message):
        """The cursor came to an entry."""

        entry: SidebarEntry

    def __init__(self, entries: Iterable[SidebarEntry], *, current: str = "") -> None:
        self._entries = {entry.id: entry for entry in entries}
        super().__init__(*self._drawn(), markup=False, compact=True)
        self.border_title = Content(_("Mis Servicios"))
        self._current = current

    def _drawn(self) -> Iterable[Option | None]:
        for entry in self._entries.values():
            if entry.section:
                yield None
            words = Content(clean(entry.words))
            yield Option(words if entry.ready else words.stylize("dim"), id=entry.id)

    def on_mount(self) -> None:
        """Begin at the page one is on."""
        if self._current in self._entries:
            self.highlighted = self.get_option_index(self._current)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell where the cursor is, in the menu's own terms."""
        event.stop()
        self.post_message(self.Reached(self._entries[str(event.option_id)]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell what was chosen, in the menu's own terms."""
        event.stop()
        self.post_message(self.Chosen(self._entries[str(event.option_id)]))
