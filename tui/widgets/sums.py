"""Amounts under one another, as on a bill."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from store.money import pesos
from store.text import clean


class Sums(Static):
    """Words at the left, «$ 1,903.29» at the right."""

    DEFAULT_CSS = """
    Sums { width: 1fr; height: auto; }
    """

    lines: reactive[Sequence[tuple[str, int]]] = reactive((), layout=True)
    """Words and centavos."""

    def __init__(self, lines: Sequence[tuple[str, int]] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Sums.lines, lines)

    def render(self) -> Content:
        """Draw the amounts flush right."""
        width = self.size.width or 40
        return Content("\n".join(_line(words, centavos, width) for words, centavos in self.lines))


def _line(words: str, centavos: int, width: int) -> str:
    amount, words = pesos(centavos), clean(words)
    if cell_len(words) + 1 + len(amount) > width:
        return f"{words}\n{amount:>{width}}"
    return words + amount.rjust(width - cell_len(words))
