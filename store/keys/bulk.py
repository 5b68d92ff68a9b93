"""Putting very many rows in at once, through the driver and without what is kept beside each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice

from sqlalchemy import Connection, text
from sqlmodel import Session

from store.base import table_of
from store.keys.tables import PrepaidKey
from store.keys.tally import recount

_OF_A_STATEMENT = 200
"""Rows of one INSERT. One a row costs SQLite three times as much: it sets up the table's many checks each time."""


@contextmanager
def loading_alone(session: Session) -> Iterator[Connection]:
    """Load keys where nobody is at work: their indexes and tallies are made anew when the last one is in."""
    connection = session.connection()
    indexes = table_of(PrepaidKey).indexes
    for index in indexes:
        index.drop(connection)
    with _without_triggers(connection):
        yield connection
    for index in indexes:
        index.create(connection)
    recount(session)


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE prepaid_key DISABLE TRIGGER USER"))
        yield
        connection.execute(text("ALTER TABLE prepaid_key ENABLE TRIGGER USER"))
        return
    kept = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'prepaid_key'"
    ).all()
    for name, _written in kept:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _name, written in kept:
        connection.exec_driver_sql(written)


def insert_rows(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    but_where: str = "",
) -> int:
    """Insert rows as the driver takes them: dates and instants as text, instants in UTC without an offset.

    Args:
        but_where: A unique column; rows whose value is there already are left out.

    Returns:
        How many went in.
    """
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    row = f"({', '.join([place] * len(columns))})"
    conflict = f" ON CONFLICT ({but_where}) DO NOTHING" if but_where else ""
    source, inserted = iter(rows), 0
    while batch := list(islice(source, _OF_A_STATEMENT)):
        values = ", ".join([row] * len(batch))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}{conflict}"
        given = tuple(chain.from_iterable(batch))
        inserted += connection.exec_driver_sql(statement, given).rowcount
    return inserted
