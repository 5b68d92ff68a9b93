"""The line at the bottom that names the keys which work now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from tui.keyboard import key_name, keys_in_force

GAP = "  "


@dataclass(frozen=True)
class KeyEntry:
    """One entry of the bar."""

    key: str
    words: str
    enabled: bool = True
    is_help: bool = False
    """The entry that leads to all the others, which therefore never gives way to them."""

    @property
    def said(self) -> str:
        """What the key does; in brackets while it does not, which every terminal can show."""
        return self.words if self.enabled else f"({self.words})"

    @property
    def width(self) -> int:
        """Cells that the entry and the gap after it take."""
        return cell_len(self.key) + 1 + cell_len(self.said) + len(GAP)


def key_entries(screen: Screen[object]) -> Iterable[KeyEntry]:
    """List what the keys do now, from the focus outwards; each action once, by its first key."""
    named: set[str] = set()
    for active in keys_in_force(screen):
        binding = active.binding
        if binding.show and binding.action not in named:
            named.add(binding.action)
            is_help = binding.action.rpartition(".")[2] == "help"
            yield KeyEntry(key_name(binding), binding.description, active.enabled, is_help)


def fitting(entries: Sequence[KeyEntry], width: int) -> list[KeyEntry]:
    """Keep the entries for which there is room: help, then in their order those that fit into what is left."""
    # One cell at the left; the last entry needs no gap.
    room = width - 1 + len(GAP) - sum(entry.width for entry in entries if entry.is_help)
    kept = []
    for entry in entries:
        if entry.is_help:
            kept.append(entry)
        elif entry.width <= room:
            room -= entry.width
            kept.append(entry)
    return kept


class KeyBar(Widget):
    """Names the keys of its screen in the order declared; a greyed one does nothing now."""

    COMPONENT_CLASSES = {"key-bar--key", "key-bar--disabled"}

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; text-wrap: nowrap; }
    """

    entries: reactive[tuple[KeyEntry, ...]] = reactive(())
    """What the keys do now, whether there is room to say so or not."""

    def on_mount(self) -> None:
        """Follow the screen's bindings, which change with the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._read_keys)
        self._read_keys(self.screen)

    def _read_keys(self, screen: Screen[object]) -> None:
        self.entries = tuple(key_entries(screen))

    def render(self) -> Content:
        """Draw the entries that fit."""
        shown = fitting(self.entries, self.size.width)
        return Content.assemble(" ", Content(GAP).join(self._drawn(entry) for entry in shown))

    def _drawn(self, entry: KeyEntry) -> Content:
        if not entry.enabled:
            disabled = self.get_visual_style("key-bar--disabled")
            return Content(f"{entry.key} {entry.said}").stylize(disabled)
        key = Content(entry.key).stylize(self.get_visual_style("key-bar--key"))
        return Content.assemble(key, " ", Content(entry.words))
