"""A line to type in."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Paste
from textual.widgets import Input

from store.text import clean


class TextField(Input, inherit_bindings=False):
    """An input whose cursor stands still, and that takes no sign which could act on a terminal.

    A blink repaints for ever, which hides from the server that a line is dead
    (facts/terminals 1.4).
    """

    # Enter is the dialog's around it.
    BINDINGS = [
        binding for binding in Binding.make_bindings(Input.BINDINGS) if binding.action != "submit"
    ]

    def __init__(
        self,
        value: str = "",
        *,
        password: bool = False,
        longest: int = 300,
        select_on_focus: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(value, password=password, select_on_focus=select_on_focus, id=id)
        self.longest = longest
        """Characters that it takes; what is typed or pasted beyond is dropped."""

    def on_mount(self) -> None:
        """Stop the blink before it starts."""
        self.cursor_blink = False

    def tidied(self, pasted: str) -> str:
        """Give what a paste brings into one line; a password is taken as it is but for the line's end."""
        first = pasted.splitlines()[0] if pasted else ""
        return first if self.password else clean(first, limit=self.longest)

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(self.tidied(event.text), *self.selection)

    def insert(self, text: str, index: int) -> None:
        """Insert what there is room for."""
        super().insert(text[: max(0, self.longest - len(self.value))], index)
