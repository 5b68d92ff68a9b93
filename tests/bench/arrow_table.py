"""The peers' side: a database's keys in textual-fastdatatable. Enter loads and shows them, `s` sorts them.

They are loaded as its documentation loads rows: `from_records`. Batches of Arrow that a program builds by itself take
half the memory, but more time to read and to sort. Run with the database, in the environment of the peers (`make bench`
makes it).
"""

import sqlite3
import sys
from contextlib import closing

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Label
from textual_fastdatatable import ArrowBackend, DataTable

COLUMNS = ("Clave", "Cantidad", "Fecha", "Activación", "Estatus", "Cliente")
ROWS = """
SELECT signs, units, confirmed_on, activated_on, state, client_sort_key
FROM prepaid_key ORDER BY confirmed_at DESC
"""


class ArrowTable(App[None]):
    """A word until Enter; then the table."""

    CSS = "DataTable { height: 1fr; }"
    BINDINGS = [("enter", "load", "Abrir"), ("s", "sort", "Ordenar")]

    def compose(self) -> ComposeResult:
        """Say that it is ready."""
        yield Vertical(Label("Listo"))

    async def action_load(self) -> None:
        """Read all rows and show them."""
        with closing(sqlite3.connect(sys.argv[1])) as connection:
            rows = [COLUMNS, *connection.execute(ROWS)]
        backend = ArrowBackend.from_records(rows, has_header=True)
        await self.query_one(Vertical).remove_children()
        await self.query_one(Vertical).mount(DataTable(backend=backend))
        self.query_one(DataTable).focus()

    def action_sort(self) -> None:
        """Sort by the key."""
        self.query_one(DataTable).sort([("Clave", "ascending")])


ArrowTable().run()
