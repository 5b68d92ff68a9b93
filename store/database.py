"""The engine: how a store is reached, and the two ways to talk to it.

`reading()` gives a short session that sees one moment. `writing()` takes the write lock with its first statement, never
later, commits at its end, and turns every fault of the database into a refusal: nothing half done, one sentence.
SQLAlchemy's stock SQLite engine begins too late and lets two sessions confirm the same key (facts/reliability 2.1, 3).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, FromClause, create_engine, event, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from store import errors
from store.migrations import SCHEMA_REVISION

BUSY_AFTER = 5
"""Seconds to wait for somebody else's write before saying that the system is busy (SPEC 3)."""
_STATEMENTS = 100
"""Compiled statements that are kept: a long session asks in hundreds of ways, and SQLAlchemy would keep 500 of them."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
_SQLITE_REFUSALS: dict[str, Callable[[], errors.StoreRefused]] = {
    "SQLITE_BUSY": errors.StoreBusy,
    "SQLITE_LOCKED": errors.StoreBusy,
    "SQLITE_FULL": errors.StoreFull,
    "SQLITE_IOERR_SHMSIZE": errors.StoreFull,
    "SQLITE_IOERR_WRITE": errors.StoreFull,  # where a quota ends, as against the disk
    "SQLITE_READONLY": errors.StoreReadOnly,
    "SQLITE_CORRUPT": errors.StoreDamaged,
    "SQLITE_NOTADB": errors.StoreDamaged,
    "SQLITE_CANTOPEN": errors.StoreUnreachable,
}
_POSTGRESQL_REFUSALS: dict[str, Callable[[], errors.StoreRefused]] = {
    "55P03": errors.StoreBusy,  # lock_not_available
    "57014": errors.StoreBusy,  # query_canceled by statement_timeout
    "40P01": errors.StoreBusy,  # deadlock_detected
    "40001": errors.StoreBusy,  # serialization_failure
    "53100": errors.StoreFull,  # disk_full
    "25006": errors.StoreReadOnly,  # read_only_sql_transaction
    "3D000": errors.StoreUnreachable,  # invalid_catalog_name
    "42P01": errors.StoreDamaged,  # undefined_table
}


class _HintedCompiler(SQLiteCompiler):
    """Writes hints behind a table's name (`INDEXED BY`), which SQLAlchemy does for other databases."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        return text


def is_server(address: str) -> bool:
    """Tell a server's address (`postgresql://…`) from a file's path."""
    return "://" in address


def make_engine(address: str) -> Engine:
    """Make the engine of an existing store; nothing is opened or made yet.

    Args:
        address: A SQLite file's path, or a `postgresql://` address (psycopg 3).
    """
    if is_server(address):
        return create_engine(
            address,
            pool_pre_ping=True,
            hide_parameters=True,
            query_cache_size=_STATEMENTS,
            connect_args={"options": f"-c lock_timeout={BUSY_AFTER}s -c timezone=UTC"},
        )
    return _sqlite_engine(Path(address).absolute())


def _sqlite_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        # mode=rw: a mistyped path is an error, not a new empty file.
        return sqlite3.connect(
            f"file:{quote(str(path))}?mode=rw",
            uri=True,
            timeout=BUSY_AFTER,
            isolation_level=None,  # the driver must not BEGIN by itself; `begin` below does
            check_same_thread=False,
        )

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_use_lifo=True,  # the one that has just read has the pages still
        hide_parameters=True,
        query_cache_size=_STATEMENTS,
    )
    engine.dialect.statement_compiler = _HintedCompiler

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        record.info["inode"] = os.stat(path).st_ino

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        if mode != "DEFERRED":
            _refuse_replaced(path, connection.info["inode"])
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _refuse_replaced(path: Path, inode: int) -> None:
    """Refuse to write into a file that was deleted or replaced: nobody could ever read it."""
    try:
        same = os.stat(path).st_ino == inode
    except FileNotFoundError:
        same = False
    if not same:
        raise errors.StoreReplaced


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session that only looks, and close its snapshot at the end.

    Raises:
        StoreRefused: The store cannot be read.
    """
    with refusals(), Session(_one_moment(engine), expire_on_commit=False) as session:
        yield session


def _one_moment(engine: Engine) -> Engine:
    """SQLite's transactions see one moment by themselves; PostgreSQL has to be asked."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session that holds the write lock from its first statement and commits at the end.

    Raises:
        StoreRefused: The store is busy, full, replaced …; nothing was changed.
    """
    eager = engine.execution_options(sqlite_begin="IMMEDIATE")
    with refusals(), Session(eager, expire_on_commit=False) as session, session.begin():
        if _revision(session.connection()) != SCHEMA_REVISION:
            raise errors.StoreMigrated
        yield session


def revision_of(connection: Connection) -> str | None:
    """Read which migration the store stands at; `None` where it holds no desk."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return _revision(connection)


def _revision(connection: Connection) -> str | None:
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the database's faults that a person can meet into refusals; a bug stays an error."""
    try:
        yield
    except DBAPIError as error:
        refusal = _refusal_of(error)
        if refusal is None:
            raise
        raise refusal() from error


def _refusal_of(error: DBAPIError) -> Callable[[], errors.StoreRefused] | None:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        name = getattr(original, "sqlite_errorname", "")
        # Extended names only add to the primary one: SQLITE_BUSY_SNAPSHOT, SQLITE_READONLY_DIRECTORY.
        return next(
            (refusal for known, refusal in _SQLITE_REFUSALS.items() if name.startswith(known)), None
        )
    state = getattr(original, "sqlstate", None)
    if (state is None and error.connection_invalidated) or _is_unreachable(original, state):
        return errors.StoreUnreachable
    return _POSTGRESQL_REFUSALS.get(state or "")


def _is_unreachable(original: BaseException | None, state: str | None) -> bool:
    """Tell a server that is gone (SQLSTATE class 08, 57P, or none at all) from one that refuses."""
    if state is None:
        return type(original).__name__ == "OperationalError"
    return state.startswith(("08", "57P"))
