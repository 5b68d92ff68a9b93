"""A list that nobody wants any more: what it still asks the database is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Condition
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

_AGAIN = 0.05
"""Seconds after which a read that was to stop is told once more."""


class Superseded(Exception):
    """The answer would come too late: something newer was asked for."""


class Questions:
    """The reads of one list that are under way, so that all of them can be stopped."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Session]]) -> None:
        self._reading = reading
        self._ended = Condition()
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
            with self._ended:
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
                with self._ended:
                    self._under_way.remove(driver)
                    self._ended.notify_all()

    def give_up(self) -> None:
        """Stop what is under way, wait until it is over, and answer nothing more; called in a thread of its own.

        A database forgets what it is told between two statements of a read, so it is told until the read is over.
        """
        with self._ended:
            self._is_wanted = False
            while self._under_way:
                for driver in self._under_way:
                    # sqlite3 calls it interrupt, psycopg cancel.
                    stop = getattr(driver, "interrupt", None) or driver.cancel
                    stop()
                self._ended.wait(_AGAIN)
