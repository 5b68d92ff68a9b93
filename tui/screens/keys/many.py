"""«Activar varias claves», window 1: many keys are typed, pasted or read from a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import Refusal
from store.keys.many import KeyLine, read_lines
from store.text import _, ngettext
from tui.clean import content
from tui.screens.ask_text import AskText
from tui.screens.question import Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Refused
from tui.widgets.text_lines import TextLines


class CaptureMany(Question[Sequence[KeyLine]]):
    """Ask for keys, one a line. Enter is only a line's end here: F2 goes on."""

    title_words = _("Activar varias claves")

    BINDINGS = [
        Binding("f2,ctrl+r", "check", _("Revisar"), id="many.check", tooltip=_("Revisar las claves, línea por línea.")),
        Binding("f3,ctrl+o", "read_file", _("Leer archivo"), id="many.file",
                tooltip=_("Leer las claves de un archivo de la carpeta de listas.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    CaptureMany TextLines { height: 10; }
    """

    area = query_one(TextLines)
    count = query_one("#count", Label)
    refused = query_one(Refused)

    def __init__(self, text: str, folder: str, read_file: Callable[[str], str]) -> None:
        """Make the window.

        Args:
            text: What stands there already.
            folder: Where files are read from, to be said.
            read_file: Reads one of them by its name; called in a thread.
        """
        super().__init__()
        self.text, self._folder, self._read_file = text, folder, read_file

    def ask(self) -> Iterable[Widget]:
        """Give the lines to type in, how many there are, and the buttons."""
        yield Label(content(_("Escribe o pega una clave por línea; F2 las revisa.")))
        yield TextLines(self.text)
        yield Label("", id="count")
        yield Refused()
        yield Horizontal(
            DeskButton(_("Revisar"), id="check"),
            DeskButton(_("Leer archivo"), id="file"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    def on_mount(self) -> None:
        """Say how many lines there are from the start."""
        self._count()

    @on(TextLines.Changed)
    def _count(self) -> None:
        self.refused.say("")
        self.text = self.area.text
        n = sum(1 for line in self.text.splitlines() if line.strip())
        words = ngettext("{n:,} línea escrita.", "{n:,} líneas escritas.", n)
        self.count.update(content(words.format(n=n)))

    @on(DeskButton.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_give_up()

    @on(DeskButton.Pressed, "#check")
    def action_check(self) -> None:
        """Answer with the lines that hold something."""
        try:
            self.dismiss(read_lines(self.area.text))
        except Refusal as refusal:
            self.forget_typed()
            self.refused.say(refusal.sentence)
            self.area.focus()

    @on(DeskButton.Pressed, "#file")
    @work(group=ASKING)
    async def action_read_file(self) -> None:
        """Ask for a file, and answer with its lines: they are shown nowhere in clear."""
        window = AskText(
            _("Leer archivo"),
            _("Un texto o CSV con una clave por línea, de {folder}.").format(folder=self._folder),
            _("Archivo"),
            self._take_file,
        )
        lines = await self.app.push_screen_wait(window)
        if isinstance(lines, list):
            self.dismiss(lines)

    async def _take_file(self, name: str) -> list[KeyLine]:
        return read_lines(await asyncio.to_thread(self._read_file, name))
