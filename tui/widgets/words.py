"""Words that change while a page stands there."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.widgets import Label

from tui.clean import content


class Words(Label):
    """Says something; what stands there already is not drawn anew."""

    is_one_line: ClassVar[bool] = False
    """Whether words of the same width need no more room: then the page is not arranged anew."""

    def __init__(self, *, classes: str | None = None, id: str | None = None) -> None:
        super().__init__("", markup=False, classes=classes, id=id)
        self.words = ""
        """What stands there."""

    def say(self, words: str) -> None:
        """Show words, in place of those before."""
        if words == self.words:
            return
        fits = self.is_one_line and cell_len(words) == cell_len(self.words)
        self.words = words
        self.update(content(words), layout=not fits)
