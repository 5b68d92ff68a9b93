"""Bringing a store to this program's version: alone, after a backup, all or nothing.

Alembic is loaded only when there is something to do: a session's start does not wait for it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from store.database import refusals, revision_of
from store.errors import StoreNewer
from store.migrations import SCHEMA_REVISION

if TYPE_CHECKING:
    from alembic.config import Config

_ALONE = 0x65_73_63
"""The advisory lock under which PostgreSQL stores are migrated: a number of our own («esc»)."""
KEPT_BACKUPS = 5


def migrate(engine: Engine, *, file: Path | None) -> None:
    """Bring the store to `SCHEMA_REVISION`, unless it is there.

    Of several processes that start at once, one migrates and the others find the work done. On SQLite the file is
    backed up first; a PostgreSQL server has backups of its own.

    Args:
        file: The SQLite file to back up; `None` for a server or a store that is only now being made.

    Raises:
        StoreNewer: A newer version of the program was here.
    """
    with _alone(engine) as connection:
        revision = revision_of(connection)
        if revision == SCHEMA_REVISION:
            return
        _refuse_unknown(revision)
        if file is not None:
            back_up(file, revision)
        _upgrade(connection)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    exclusive = engine.execution_options(sqlite_begin="EXCLUSIVE")
    with refusals(), exclusive.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Rebuilding a parent table must not delete its children; SQLite heeds this only outside a transaction.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_ALONE})"))
                yield connection
        finally:
            connection.invalidate()  # so that nobody is handed a connection without foreign keys


def _refuse_unknown(revision: str | None) -> None:
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    try:
        if revision is not None:
            ScriptDirectory.from_config(_config()).get_revision(revision)
    except CommandError:
        raise StoreNewer from None


def _upgrade(connection: Connection) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the migration broke {len(broken)} foreign keys")


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def back_up(file: Path, revision: str | None) -> Path:
    """Copy a SQLite store beside itself, sound while others write; the oldest copies beyond five are dropped.

    Returns:
        The copy, named after the moment (UTC) and the revision, readable by its owner alone.
    """
    moment = datetime.now(UTC)
    copy = file.with_name(f"{file.name}.{moment:%Y%m%dT%H%M%S%f}-{revision}.backup")
    draft = copy.with_suffix(".part")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with (
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(draft)) as target,
    ):
        source.backup(target, pages=-1)
    os.replace(draft, copy)
    for old in sorted(file.parent.glob(f"{file.name}.*.backup"))[:-KEPT_BACKUPS]:
        old.unlink()
    return copy
