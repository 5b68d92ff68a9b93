"""A store that is slow where a test wants it: what names one word goes on as long as nobody stops it."""

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Connection, ExceptionContext, event

from store.installation.store import Store

_STEP = 0.1
"""Seconds for each step of SQLite's machine, of which the shortest query takes a hundred."""


class Slowness:
    """Makes queries slow inside the database, where they can be interrupted and nothing else knows of it."""

    def __init__(self, store: Store) -> None:
        self.word = ""
        """What a slow query has among its parameters; empty is no query."""
        self.reached = threading.Event()
        """Whether there was a slow query."""
        self.stopped = threading.Event()
        """Whether one of them was interrupted."""
        event.listen(store.engine, "before_cursor_execute", self._begin)
        event.listen(store.engine, "handle_error", self._end)

    def let_go(self) -> None:
        """Let everything come to its end."""
        self.word = ""

    def _begin(
        self, _connection: Connection, cursor: sqlite3.Cursor, _sql: str, given: Any, *_more: Any
    ) -> None:
        is_slow = bool(self.word) and self.word in str(given)
        cursor.connection.set_progress_handler(self._step if is_slow else None, 1)

    def _step(self) -> int:
        self.reached.set()
        if self.word:
            time.sleep(_STEP)
        return 0

    def _end(self, context: ExceptionContext) -> None:
        # SQLite says «interrupted», or what could not be done because of it.
        if isinstance(context.original_exception, sqlite3.OperationalError):
            self.stopped.set()
