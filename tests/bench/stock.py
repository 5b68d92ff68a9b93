"""The same list as the desk's in stock Textual, nothing set: what bytes are compared with.

Run with a file of rows, a JSON list of lists of text. `a` opens a dialog.
"""

import json
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, DataTable, Footer, Header, Input, Label

COLUMNS = ("Clave", "Cantidad", "Fecha", "F. Activ.", "Estatus", "Cliente")


class Capture(ModalScreen[None]):
    """The desk's key window: a field, a line of help and two buttons."""

    DEFAULT_CSS = """
    Capture { align: center middle; }
    Capture Vertical { width: 66; height: auto; border: round $primary; }
    """

    def compose(self) -> ComposeResult:
        """Draw it."""
        with Vertical():
            yield Label("Escribe la clave impresa en la tarjeta.")
            yield Input()
            yield Label("Llevas 0 de 16 caracteres.")
            yield Button("Activar")
            yield Button("Cancelar")


class Stock(App[None]):
    """A heading, a field, the rows, the keys."""

    CSS = "DataTable { height: 1fr; }"

    BINDINGS = [("a", "capture", "Activar"), ("f", "filter", "Filtro"), ("q", "quit", "Salir")]

    def compose(self) -> ComposeResult:
        """Draw it."""
        yield Header()
        yield Input(id="search")
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        table.add_rows(json.loads(Path(sys.argv[1]).read_text("utf-8")))
        table.focus()

    def action_capture(self) -> None:
        """Open the dialog."""
        self.push_screen(Capture())


if __name__ == "__main__":
    Stock().run()
