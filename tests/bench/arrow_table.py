"""The peers' side: a database's keys in textual-fastdatatable. Enter loads and shows them, `s` sorts them.

Run with the database, in the environment of the peers (`make bench` makes it).
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing

import pyarrow as pa
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Label
from textual_fastdatatable import ArrowBackend, DataTable

COLUMNS = ("Clave", "Cantidad", "Fecha", "Activación", "Estatus", "Cliente")
ROWS = """
SELECT signs, units, confirmed_on, activated_on, state, client_sort_key
FROM prepaid_key ORDER BY confirmed_at DESC
"""
AT_A_TIME = 50_000
SCHEMA = pa.schema([(name, pa.int64() if name == "Cantidad" else pa.string()) for name in COLUMNS])


def batches(cursor: sqlite3.Cursor) -> Iterator[pa.RecordBatch]:
    """Give the rows as Arrow holds them, without ever holding all of them twice."""
    while rows := cursor.fetchmany(AT_A_TIME):
        columns = zip(*rows, strict=True)
        yield pa.record_batch(list(columns), schema=SCHEMA)


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
            table = pa.Table.from_batches(list(batches(connection.execute(ROWS))))
        await self.query_one(Vertical).remove_children()
        await self.query_one(Vertical).mount(DataTable(backend=ArrowBackend(table)))
        self.query_one(DataTable).focus()

    def action_sort(self) -> None:
        """Sort by the key."""
        self.query_one(DataTable).sort([("Clave", "ascending")])


ArrowTable().run()
