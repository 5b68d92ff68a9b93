"""Several lines to type in."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Paste
from textual.widgets import TextArea

from store.text import _, clean
from tui.type_ahead import TakesRuns

LONGEST = 200_000
"""Characters that it takes; what is typed or pasted beyond is dropped."""


class TextLines(TextArea, TakesRuns, inherit_bindings=False):
    """A text area whose cursor stands still. Enter begins a line, so that a paste may come as keystrokes.

    Terminals without bracketed paste send one so (facts/terminals 1.3).
    """

    BINDINGS = [
        Binding("up", "cursor_up", _("Subir"), show=False, id="text-lines.up", tooltip=_("Una línea arriba.")),
        Binding("down", "cursor_down", _("Bajar"), show=False, id="text-lines.down", tooltip=_("Una línea abajo.")),
        Binding("left", "cursor_left", _("Izquierda"), show=False, id="text-lines.left",
                tooltip=_("Un carácter a la izquierda.")),
        Binding("right", "cursor_right", _("Derecha"), show=False, id="text-lines.right",
                tooltip=_("Un carácter a la derecha.")),
        Binding("home", "cursor_line_start", _("Principio"), show=False, id="text-lines.home",
                tooltip=_("Al principio de la línea.")),
        Binding("end", "cursor_line_end", _("Final"), show=False, id="text-lines.end",
                tooltip=_("Al final de la línea.")),
        Binding("pageup", "cursor_page_up", _("Página anterior"), show=False, id="text-lines.page-up",
                tooltip=_("Una pantalla arriba.")),
        Binding("pagedown", "cursor_page_down", _("Página siguiente"), show=False, id="text-lines.page-down",
                tooltip=_("Una pantalla abajo.")),
        Binding("backspace", "delete_left", _("Borrar"), show=False, id="text-lines.delete-left",
                tooltip=_("Borrar el carácter anterior.")),
        Binding("delete", "delete_right", _("Suprimir"), show=False, id="text-lines.delete-right",
                tooltip=_("Borrar el carácter siguiente.")),
        Binding("ctrl+u", "delete_to_start_of_line", _("Borrar antes"), show=False, id="text-lines.delete-to-start",
                tooltip=_("Borrar hasta el principio de la línea.")),
        Binding("ctrl+k", "delete_to_end_of_line_or_delete_line", _("Borrar después"), show=False,
                id="text-lines.delete-to-end", tooltip=_("Borrar hasta el final de la línea, o la línea vacía.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TextLines { scrollbar-size-horizontal: 0; }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(
            text, soft_wrap=False, show_line_numbers=True, highlight_cursor_line=False, id=id
        )

    def on_mount(self) -> None:
        """Stop the blink before it starts."""
        self.cursor_blink = False

    async def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        lines = event.text[: LONGEST - len(self.text)].splitlines(keepends=True)
        self.replace("".join(map(_harmless, lines)), *self.selection)
        self.move_cursor(self.selection.end)


def _harmless(line: str) -> str:
    """Clean a line, and give it the one line end that the area knows."""
    bare = line.rstrip("\r\n")
    return clean(bare, LONGEST) + ("\n" if bare != line else "")
