"""Putting very many rows in at once: through the driver, with the list's indexes built behind the last one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import Connection, Table
from sqlmodel import Session

from store.keys.tables import PrepaidKey

_AT_A_TIME = 10_000
"""Rows handed to the driver together: what is held in memory of a load."""


@contextmanager
def loading_alone(session: Session) -> Iterator[Connection]:
    """Load keys where nobody is at work: what the list is found by is made anew when the last key is in.

    Everything that is kept beside the keys (indexes, counters) is right again when it ends.
    """
    connection = session.connection()
    indexes = _table().indexes
    for index in indexes:
        index.drop(connection)
    yield connection
    for index in indexes:
        index.create(connection)


def insert_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert rows as the driver takes them: dates and instants as text, instants in UTC without an offset."""
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    places = ", ".join([place] * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
    source = iter(rows)
    while batch := [tuple(row) for row in islice(source, _AT_A_TIME)]:
        connection.exec_driver_sql(statement, batch)


def _table() -> Table:
    table: Table = PrepaidKey.__table__  # type: ignore[attr-defined]
    return table
