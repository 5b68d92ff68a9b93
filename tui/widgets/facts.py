"""Names and values, one pair a line."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from store.text import clean


class Facts(Static):
    """Pairs with the values under one another; long values wrap."""

    DEFAULT_CSS = """
    Facts { width: 1fr; height: auto; padding: 0 1; }
    """

    pairs: reactive[Sequence[tuple[str, str]]] = reactive((), layout=True)
    """What is shown."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Facts.pairs, pairs)

    def render(self) -> Content:
        """Draw the pairs."""
        width = max((len(word) for word, _value in self.pairs), default=0) + 2
        return Content("\n".join(f"{word:{width}}{clean(value)}" for word, value in self.pairs))
