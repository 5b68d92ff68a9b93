"""The help: every key that works where one is, from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import fill

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from store.text import _
from tui.keyboard import key_name, keys_in_force
from tui.screens.question import Question
from tui.widgets.reading import Reading

WIDTH = 61
"""Columns of a line, beside the bar that tells that there is more."""


@dataclass(frozen=True)
class HelpLine:
    """A key and what it does."""

    keys: str
    words: str


def help_lines(screen: Screen[object]) -> list[HelpLine]:
    """List what the keys do on a screen now; what does not work now says so."""
    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for active in keys_in_force(screen):
        binding = active.binding
        keys.setdefault(binding.action, []).append(key_name(binding))
        told = binding.tooltip or binding.description
        words[binding.action] = (
            told if active.enabled else _("(ahora no) {words}").format(words=told)
        )
    return [HelpLine(" ".join(keys[action]), words[action]) for action in words]


class Help(Question[None]):
    """Show the keys; arrows scroll, Escape closes."""

    loses_something = False

    title_words = _("Ayuda")

    def __init__(self, lines: Sequence[HelpLine]) -> None:
        super().__init__()
        self._lines = lines

    def ask(self) -> Iterable[Widget]:
        """Give the lines, the keys in a column of their own."""
        width = max(len(line.keys) for line in self._lines) + 2
        lines = [_hanging(line.keys.ljust(width), line.words) for line in self._lines]
        yield Reading(Static(Content("\n".join(lines))))


def _hanging(keys: str, words: str) -> str:
    """Write the words beside the keys, and what does not fit below them."""
    return fill(words, WIDTH, initial_indent=keys, subsequent_indent=" " * len(keys))
