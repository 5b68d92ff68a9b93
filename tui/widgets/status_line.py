"""The line above the keys: a rule, or what the desk has to say."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from store.text import clean


class StatusLine(Widget):
    """Says one sentence until the next thing happens; it never vanishes by itself, as a toast does."""

    DEFAULT_CSS = """
    StatusLine { height: 1; text-wrap: nowrap; }
    """

    words: reactive[str] = reactive("")
    """What is said; empty draws a rule."""

    def render(self) -> Content:
        """Draw the sentence, or the rule."""
        if not self.words:
            return Content("─" * self.size.width)
        return Content(f" {clean(self.words)}")
