"""A line to type in."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Paste
from textual.geometry import Offset
from textual.widgets import Input

from store.text import _, clean


class TextField(Input, inherit_bindings=False):
    """An input whose cursor stands still, and that takes no sign which could act on a terminal.

    A blink repaints for ever, which hides from the server that a line is dead
    (facts/terminals 1.4).
    """

    # Enter is the dialog's around it; nothing is copied or cut, since a clipboard outlives its person.
    BINDINGS = [
        Binding("left", "cursor_left", _("Izquierda"), show=False, id="text-field.left",
                tooltip=_("Un carácter a la izquierda.")),
        Binding("right", "cursor_right", _("Derecha"), show=False, id="text-field.right",
                tooltip=_("Un carácter a la derecha.")),
        Binding("home", "home", _("Principio"), show=False, id="text-field.home",
                tooltip=_("Al principio de lo escrito.")),
        Binding("end", "end", _("Final"), show=False, id="text-field.end", tooltip=_("Al final de lo escrito.")),
        Binding("backspace", "delete_left", _("Borrar"), show=False, id="text-field.delete-left",
                tooltip=_("Borrar el carácter anterior.")),
        Binding("delete", "delete_right", _("Suprimir"), show=False, id="text-field.delete-right",
                tooltip=_("Borrar el carácter siguiente.")),
        Binding("ctrl+w", "delete_left_word", _("Borrar palabra"), show=False, id="text-field.delete-word",
                tooltip=_("Borrar la palabra anterior.")),
        Binding("ctrl+u", "delete_left_all", _("Borrar antes"), show=False, id="text-field.delete-to-start",
                tooltip=_("Borrar hasta el principio.")),
        Binding("ctrl+k", "delete_right_all", _("Borrar después"), show=False, id="text-field.delete-to-end",
                tooltip=_("Borrar hasta el final.")),
    ]  # fmt: skip

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

    def validate_value(self, value: str) -> str:
        """Clean what was kept or typed elsewhere and stands here to be changed; a password shows no sign of itself."""
        return value if self.password else clean(value, limit=len(value) + 1)

    def on_mount(self) -> None:
        """Stop the blink before it starts."""
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the next sign will stand on the screen; Textual's own is a cell further at the end."""
        column = self._position_to_cell(self.cursor_position) - self.scroll_offset.x
        return self.content_region.offset + Offset(column, 0)

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
