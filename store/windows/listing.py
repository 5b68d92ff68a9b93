"""A list over the store: which rows of a table it has, in which order, and those rows read by position."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from operator import itemgetter
from typing import Generic

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlmodel import Session

from store.windows.order import Order
from store.windows.stretch import Stretch
from store.windows.superseded import Questions
from store.windows.windows import Row, Windows

COUNTED_FIRST = 10_000
"""Rows up to which a list is counted before it is shown."""


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """What a person may see of a table; a window of it is found in an index, and only then are its rows read."""

    number: SQLColumnExpression[int]
    """The column by which a row is known, from 1."""
    condition: ColumnElement[bool]
    order: Order
    read: Callable[[Session, Sequence[int]], Mapping[int, Row]]
    """Reads some rows by their numbers; nobody is asked for a role again."""

    @property
    def windows(self) -> Windows[int]:
        """The numbers of the rows, to be read a window at a time."""
        return Windows(select(self.number), self.condition, self.order, itemgetter(0))

    def count(self, session: Session, at_most: int | None = None) -> int:
        """Count the rows; no further than asked, where that is asked."""
        some = select(self.number).where(self.condition).limit(at_most).subquery()
        return int(
            session.connection().execute(select(func.count()).select_from(some)).scalar_one()
        )

    def bound(self, session: Session) -> int:
        """Give a number of rows that the list does not exceed, at once: the highest number of its table."""
        highest = session.connection().execute(select(func.max(self.number))).scalar_one()
        return int(highest or 0)


class Listing(Generic[Row]):
    """A list as it stands now. Open it, then ask for rows; ask anew after a change."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Session]],
        ask: Callable[[Session], Listed[Row]],
    ) -> None:
        self._ask = ask
        self._questions = Questions(reading)
        self.counted = 0
        """How many rows there are; where not all are counted yet, how many at least."""

    def open(self) -> None:
        """Find out how to read the list, and what is known of its length.

        Raises:
            Refusal: The person may not see it.
            Superseded: The list was given up meanwhile.
        """
        with self._questions.reading() as session:
            self._listed = self._ask(session)
            self.counted = self._listed.count(session, COUNTED_FIRST)
            is_exact = self.counted < COUNTED_FIRST
            length = self.counted if is_exact else self._listed.bound(session)
            self._stretch = Stretch(self._listed.windows, length, is_exact=is_exact)

    @property
    def length(self) -> int:
        """How many rows there are; at the most, where not all are counted yet."""
        return self._stretch.length

    @property
    def is_exact(self) -> bool:
        """Whether all rows are counted."""
        return self._stretch.is_exact

    def count_all(self) -> int:
        """Count all rows, behind the screen.

        Raises:
            Superseded: The list was given up meanwhile.
        """
        with self._questions.reading() as session:
            return self._listed.count(session)

    def settle(self, counted: int) -> None:
        """Take what was counted for the length."""
        self.counted = counted
        self._stretch.settle(counted)

    def build_fences(self) -> None:
        """Make jumps into the midst of the list short, behind the screen.

        Raises:
            Superseded: The list was given up meanwhile.
        """
        with self._questions.reading() as session:
            self._stretch.build_fences(session)

    def rows(self, first: int, length: int) -> list[tuple[int, Row]]:
        """Read rows by position, with their numbers; fewer where the list ends, or shrank meanwhile.

        Raises:
            Superseded: The list was given up.
        """
        with self._questions.reading() as session:
            numbers = self._stretch.read(session, first, length)
            found = self._listed.read(session, numbers)
            return [(number, found[number]) for number in numbers]

    def index_of(self, number: int, *, near: int = 0) -> int | None:
        """Find a row's position; `None` where it is not listed any more.

        Args:
            near: The position that it is thought to be near.

        Raises:
            Superseded: The list was given up.
        """
        with self._questions.reading() as session:
            return self._stretch.index_of(session, self._listed.number == number, near)

    def give_up(self) -> None:
        """Stop what is asked of the database; something newer was asked for."""
        self._questions.give_up()
