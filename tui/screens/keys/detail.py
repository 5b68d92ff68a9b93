"""A key's detail: its row in words, and its whole story."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.keys.story import KeyStory
from store.text import _, clean
from tui.screens.question import Question
from tui.widgets.reading import Reading

_WIDTH = 68
"""Cells of a line, beside the border, the padding and a scrollbar."""
_WHEN = 18
"""Cells of «14/07/2020 13:00» and the gap behind it."""


class KeyDetail(Question[None]):
    """Show a key; arrows scroll, Escape or Enter closes."""

    loses_something = False

    BINDINGS = [
        Binding("enter", "give_up", _("Cerrar"), id="detail.close", tooltip=_("Volver a la lista.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    KeyDetail > .dialog { width: 74; }
    """

    def __init__(self, story: KeyStory) -> None:
        super().__init__()
        self.title_words = _("Clave {key}").format(key=story.key)
        self._story = story

    def ask(self) -> Iterable[Widget]:
        """Give the facts, then what happened, oldest first."""
        width = max(len(word) for word, _value in self._story.facts) + 2
        lines = [
            line for word, value in self._story.facts for line in _hung(word, clean(value), width)
        ]
        lines += ["", _("Historia")]
        for part in self._story.chapters:
            lines += _hung(part.when, clean(part.what, 600), _WHEN)
        yield Reading(Static(Content("\n".join(lines))))


def _hung(word: str, words: str, indent: int) -> list[str]:
    """Write a word and what belongs to it, whose further lines stand under its first one."""
    first, *further = wrap(words, _WIDTH - indent) or [""]
    return [f"{word:{indent}}{first}", *(" " * indent + line for line in further)]
