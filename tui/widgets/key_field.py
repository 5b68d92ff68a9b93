"""A line to type a key in: in groups of four, in capitals, whatever shape it is typed or pasted in."""

from __future__ import annotations

from textual import on
from textual.widgets.input import Selection

from store.keys.code import tidy
from tui.widgets.text_field import TextField

LONGEST = 60
"""Signs and hyphens: room for the longest vendor key and some to see that there are too many."""


def grouped(signs: str) -> str:
    """Write signs in groups of four."""
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


class KeyField(TextField):
    """Shows `38SQ-Y7AU-…` while `38sq y7au …` is typed."""

    def __init__(self) -> None:
        super().__init__(longest=LONGEST)
        self._gives_way = False

    @property
    def signs(self) -> str:
        """What was typed, tidied."""
        return tidy(self.value)

    def tidied(self, pasted: str) -> str:
        """Take all lines of a paste: a key may come broken over several."""
        return tidy(pasted)[:LONGEST]

    def give_way(self) -> None:
        """Let the next sign at the end begin a new key: the one that stands here is whole, and was refused.

        A barcode reader empties no field.
        """
        self._gives_way = True

    def insert(self, text: str, index: int) -> None:
        """Insert, or begin anew."""
        if self._gives_way and index == len(self.value):
            self.value, index = "", 0
        super().insert(text, index)

    @on(TextField.Changed)
    def _group(self) -> None:
        """Rewrite what stands there in groups, and keep the cursor behind the same sign."""
        self._gives_way = False
        shaped = grouped(self.signs)
        if shaped == self.value:
            return
        before = len(tidy(self.value[: self.cursor_position]))
        self.value = shaped
        self.selection = Selection.cursor(len(grouped(self.signs[:before])))
