"""A key's detail: its row in words, and its whole story."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.keys.story import KeyStory
from store.text import _, clean
from tui.screens.question import Question
from tui.widgets.reading import Reading


class KeyDetail(Question[None]):
    """Show a key; arrows scroll, Escape or Enter closes."""

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
        lines = [f"{word:{width}}{clean(value)}" for word, value in self._story.facts]
        lines += ["", _("Historia")]
        lines += [f"{part.when:18}{clean(part.what, 600)}" for part in self._story.chapters]
        yield Reading(Static(Content("\n".join(lines))))
