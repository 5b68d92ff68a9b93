"""Databases for the tests: each test finds the demo as it was made, whatever the test before it did."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine, inspect, make_url, text

from store.demo import create_demo
from store.settings import Settings

_numbers = count(1)


def demo_file(shelf: Path) -> Path:
    """Give the demo as a SQLite file that nobody has open; it is made by whoever asks first."""
    file = shelf / "demo.db"
    if not file.exists():
        create_demo(Settings(store=str(file))).close()
    return file


def copied(file: Path, target: Path) -> Path:
    """Copy a SQLite file that nobody has open."""
    shutil.copyfile(file, target)
    target.chmod(0o600)
    return target


class Server:
    """A PostgreSQL server on which databases come and go."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = self._connected_to(self._url.database)
        self._demo: DemoDatabase | None = None

    @contextmanager
    def empty(self, template: str = "template1") -> Iterator[str]:
        """Give the address of a database that holds nothing, for one test alone."""
        name = f"escritorio_test_{os.getpid()}_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self._url.set(database=name).render_as_string(hide_password=False)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def demo(self) -> Iterator[str]:
        """Give the address of the demo; what a test does there is undone before the next. It keeps its tables."""
        if self._demo is None:
            self._demo = DemoDatabase(self)
        else:
            self._demo.restore()
        yield self._demo.address

    @contextmanager
    def own_demo(self) -> Iterator[str]:
        """Give the address of a demo that is the test's own, tables and all; it takes a third of a second."""
        with self.demo() as address:
            self.throw_out(address)
            with self.empty(template=str(make_url(address).database)) as copy:
                yield copy

    def close(self) -> None:
        """Leave nothing on the server."""
        if self._demo is not None:
            self._demo.close()
        self._engine.dispose()

    def _connected_to(self, database: str | None) -> Engine:
        return create_engine(self._url.set(database=database), isolation_level="AUTOCOMMIT")

    def run(self, statement: str) -> None:
        """Run a statement beside every transaction of the tests."""
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    def throw_out(self, address: str) -> None:
        """End every session of a database, as a server does that stops."""
        name = make_url(address).database
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


class DemoDatabase:
    """The demo on PostgreSQL, with a copy of its rows in a schema beside it.

    Copying rows back takes some milliseconds, cloning a database a third of a second. A test must not change tables.
    """

    def __init__(self, server: Server) -> None:
        self._made = server.empty()
        self.address = self._made.__enter__()
        create_demo(Settings(store=self.address)).close()
        # No pool: nobody may be connected while the demo is cloned.
        self._engine = create_engine(self.address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._tables = inspect(self._engine).get_table_names()
        copies = [f"CREATE TABLE shelf.{table} AS TABLE {table}" for table in self._tables]
        self._run("CREATE SCHEMA shelf", *copies)
        self._restoring = [
            "BEGIN",
            "SET LOCAL session_replication_role = replica",  # neither triggers nor foreign keys
            *(f"DELETE FROM {table}" for table in self._tables),
            *(f"INSERT INTO {table} TABLE shelf.{table}" for table in self._tables),
            *(_continued(table) for table in self._tables if _is_numbered(self._engine, table)),
            "COMMIT",
        ]

    def restore(self) -> None:
        """Bring every row back, after throwing out whoever still holds one."""
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            *self._restoring,
        )

    def close(self) -> None:
        """Drop it."""
        self._engine.dispose()
        self._made.__exit__(None, None, None)

    def _run(self, *statements: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("; ".join(statements))


def _is_numbered(engine: Engine, table: str) -> bool:
    columns = inspect(engine).get_columns(table)
    return any(column["name"] == "id" and column["autoincrement"] for column in columns)


def _continued(table: str) -> str:
    """Let a table's numbers go on behind the largest."""
    return (
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1, false)"
        f" FROM {table}"
    )
