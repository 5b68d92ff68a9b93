"""The menu at the left: every service, in the seed's order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import fill

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from store.text import _, clean
from tui.widgets.options import Options

WIDTH = 31
"""Columns of the menu, its box included."""
HERE, ELSEWHERE = " > ", "   "
"""What stands before the entry of the page one is on, and before the others and all further lines."""


@dataclass(frozen=True)
class SidebarEntry:
    """A line of the menu."""

    id: str
    words: str
    ready: bool = True
    """Whether there is something behind it already."""
    section: bool = False
    """Whether a rule stands above it."""


class Sidebar(Options):
    """The entries; one that is still to come is in brackets and greyed, can be reached, and says so."""

    BINDINGS = [
        Binding("enter", "select", _("Abrir"), id="sidebar.select", tooltip=_("Ir a esa página.")),
    ]

    DEFAULT_CSS = f"""
    Sidebar {{
        width: {WIDTH}; height: auto; max-height: 100%; padding: 0; scrollbar-size-vertical: 0;
    }}
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
        self._current = current
        super().__init__(*self._drawn(), markup=False, compact=True)
        self.border_title = Content(_("Mis Servicios"))

    def _drawn(self) -> Iterable[Option | None]:
        for entry in self._entries.values():
            if entry.section:
                yield None
            words = Content(_wrapped(entry, is_here=entry.id == self._current))
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


def _wrapped(entry: SidebarEntry, *, is_here: bool) -> str:
    """Break an entry into lines, each as far in as the first one's words."""
    words = clean(entry.words if entry.ready else f"({entry.words})")
    mark = HERE if is_here else ELSEWHERE
    return fill(words, WIDTH - 3, initial_indent=mark, subsequent_indent=ELSEWHERE)
