"""A list that nobody wants any more: what it still asks the database is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session


class Superseded(Exception):
    """The answer would come too late: something newer was asked for."""


class Questions:
    """The reads of one list that are under way, so that all of them can be stopped."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Session]]) -> None:
        self._reading = reading
        self._lock = Lock()
        self._under_way: list[Any] = []
        self._is_wanted = True

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session to read with.

        Raises:
            Superseded: The list was given up, before or meanwhile.
        """
        with self._reading() as session:
            driver = session.connection().connection.driver_connection
            with self._lock:
                if not self._is_wanted:
                    raise Superseded
                self._under_way.append(driver)
            try:
                yield session
            except DBAPIError as error:
                if not self._is_wanted:
                    raise Superseded from error
                raise
            finally:
                with self._lock:
                    self._under_way.remove(driver)

    def give_up(self) -> None:
        """Stop what is under way, and answer nothing more."""
        with self._lock:
            self._is_wanted = False
            for driver in self._under_way:
                # sqlite3 calls it interrupt, psycopg cancel.
                stop = getattr(driver, "interrupt", None) or driver.cancel
                stop()
