"""Words that change while a page stands there."""

from __future__ import annotations

from textual.widgets import Label

from tui.clean import content


class Words(Label):
    """Says something; the page is arranged anew only where the words need other room than those before."""

    def __init__(self, *, classes: str | None = None, id: str | None = None) -> None:
        super().__init__("", markup=False, classes=classes, id=id)
        self.words = ""
        """What stands there."""

    def say(self, words: str) -> None:
        """Show words, in place of those before."""
        if words == self.words:
            return
        room = self._wanted_room
        self.words = words
        self.update(content(words), layout=False)
        if self._wanted_room != room:
            self.refresh(layout=True)

    @property
    def _wanted_room(self) -> tuple[int, int]:
        """Their width, where it is their own that counts, and the lines that they take in the width they have."""
        around, screen = self.container_size, self.app.size
        width = self.get_content_width(around, screen) if self.styles.is_auto_width else 0
        return width, self.get_content_height(around, screen, self.content_size.width)
