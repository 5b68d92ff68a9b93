"""«Exportar»: which rows of the list, in which form, and the file being written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from textual import on, work
from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import Refusal
from store.keys.export import ExportedFile, GoOn, KeyExport, export_keys
from store.keys.rows import KeyRow
from store.keys.sheets import SheetKind, can_write_xlsx
from store.text import _, ngettext
from tui.clean import content
from tui.screens.keys.source import KeySource
from tui.screens.question import Question
from tui.screens.tell import Tell
from tui.visit import Visit
from tui.widgets.button import DeskButton
from tui.widgets.field import Refused
from tui.widgets.radio_mark import RadioMarks

_GLANCE = 0.2
"""Seconds between two looks at how far the file is."""
_KINDS = (SheetKind.CSV, SheetKind.XLSX)


class ExportKeys(Question[ExportedFile]):
    """Ask, and write; Escape stops and leaves no file, then closes."""

    title_words = _("Exportar")

    BINDINGS = [
        Binding("enter", "export", _("Exportar"), id="export.write", tooltip=_("Escribir el archivo.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ExportKeys .choice { height: 1; }
    ExportKeys .choice Label { width: 10; }
    ExportKeys #state { min-height: 1; margin-top: 1; }
    """

    rows = query_one("#rows", RadioMarks)
    kind = query_one("#kind", RadioMarks)
    state = query_one("#state", Label)
    refused = query_one(Refused)
    button = query_one("#export", DeskButton)

    def __init__(
        self,
        in_sight: int,
        columns: Sequence[str],
        write: Callable[[bool, SheetKind, GoOn], ExportedFile | None],
    ) -> None:
        """Make the window.

        Args:
            in_sight: How many rows are on the screen.
            columns: The titles of the columns that are seen.
            write: Writes the file: of the rows in sight or of all, in a form; called in a thread.
        """
        super().__init__()
        self._in_sight, self._columns, self._write_with = in_sight, columns, write
        self._is_busy = self._is_stopping = False
        self._told = (0, 0)

    def ask(self) -> Iterable[Widget]:
        """Give both choices, what is said of them, and the buttons."""
        words = ngettext("La {n} que se ve", "Las {n} que se ven", self._in_sight)
        rows = (_("Todas las del filtro"), words.format(n=self._in_sight))
        kinds = ("CSV", "XLSX") if can_write_xlsx() else ("CSV",)
        yield _choice(_("Filas"), RadioMarks(*rows, id="rows"))
        yield _choice(_("Formato"), RadioMarks(*kinds, id="kind"))
        if not can_write_xlsx():
            yield Label(content(_("XLSX, ahora no: falta XlsxWriter (escritorio[xlsx]).")))
        yield Label(content(_("Columnas: {columns}.").format(columns=", ".join(self._columns))))
        yield Label("", id="state")
        yield Refused()
        yield Horizontal(
            DeskButton(_("Exportar"), id="export"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    @on(DeskButton.Pressed, "#export")
    def action_export(self) -> None:
        """Write; a second Enter while that is under way does nothing."""
        if not self._is_busy:
            self._write()

    # Not a worker of ASKING, for which keys wait: Escape has to come through.
    @work(group="export")
    async def _write(self) -> None:
        self._is_busy, self._is_stopping, self._told = True, False, (0, 0)
        self.button.disabled = True
        self.refused.say("")
        kind = _KINDS[self.kind.chosen]
        writing = asyncio.create_task(
            asyncio.to_thread(self._write_with, self.rows.chosen == 1, kind, self._go_on)
        )
        try:
            while not writing.done():
                self._say_how_far()
                await asyncio.wait({writing}, timeout=_GLANCE)
            self._end(await writing)
        except Refusal as refusal:
            self.state.update("")
            self.refused.say(refusal.sentence)
        finally:
            self._is_busy = self.button.disabled = False

    def _go_on(self, written: int, total: int) -> bool:
        """Note how far the file is; called in the thread that writes it."""
        self._told = written, total
        return not self._is_stopping

    def _say_how_far(self) -> None:
        written, total = self._told
        words = _("Escritas {written:,} de {total:,} filas. Esc detiene.")
        if not total:
            words = _("Contando las filas… Esc detiene.")
        if self._is_stopping:
            words = _("Deteniendo…")
        self.state.update(content(words.format(written=written, total=total)))

    def _end(self, file: ExportedFile | None) -> None:
        if file is None:
            self.state.update(content(_("Se detuvo; no quedó ningún archivo.")))
        else:
            self.dismiss(file)

    def on_unmount(self) -> None:
        """Stop with the desk: nobody would see the file."""
        self._is_stopping = True

    @on(DeskButton.Pressed, "#cancel")
    def action_give_up(self) -> None:
        """Stop what is under way; where nothing is, close."""
        if self._is_busy:
            self._is_stopping = True
            self._say_how_far()
        else:
            self.dismiss(None)


def _choice(word: str, marks: RadioMarks) -> Horizontal:
    return Horizontal(Label(content(word)), marks, classes="choice")


async def export_list(
    app: App[None], visit: Visit, source: KeySource, in_sight: Sequence[int]
) -> None:
    """Export what a list shows, and say where the file is.

    Args:
        in_sight: The positions of the lines on the screen; group lines among them are left out.
    """
    lines = [await asyncio.to_thread(source.line, position) for position in in_sight]
    rows = [line for line in lines if isinstance(line, KeyRow)]

    def write(only_in_sight: bool, kind: SheetKind, go_on: GoOn) -> ExportedFile | None:
        export = KeyExport(
            source.listing.query, source.columns, kind, rows if only_in_sight else None
        )
        return export_keys(visit.store, visit.person, export, go_on)

    titles = [column.title for column in source.columns]
    file = await app.push_screen_wait(ExportKeys(len(rows), titles, write))
    if file is not None:
        words = ngettext("{n:,} fila quedó en:", "{n:,} filas quedaron en:", file.rows)
        told = f"{words.format(n=file.rows)}\n{file.path}"
        await app.push_screen_wait(Tell(_("Exportar"), told))
