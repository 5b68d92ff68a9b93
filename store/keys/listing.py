"""The list as a person moves through it: group lines and rows, numbered, read a window at a time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from store.accounts.person import Person, Power, require
from store.errors import NotAllowed
from store.installation.store import Store
from store.keys.asked import Asked, ask
from store.keys.grouping import Grouping, find_groups
from store.keys.groups import Path
from store.keys.layout import KeyGroup, Layout
from store.keys.query import KeyQuery
from store.keys.route import find_route, to_count
from store.keys.rows import KeyRow, key_rows
from store.keys.tables import PrepaidKey
from store.text import _
from store.windows.listing import COUNTED_FIRST
from store.windows.stretch import Stretch
from store.windows.superseded import Questions
from store.windows.windows import count

__all__ = ["KeyGroup", "KeyListing", "KeyRow", "Line"]

CHEAP = 2 * COUNTED_FIRST
"""Rows that may be met to count before anything is shown."""

Line = KeyRow | KeyGroup


class KeyListing:
    """One answer to a query. Open it, then ask for lines; ask anew after a change.

    Where counting takes a while, `length` is at first no more than an upper bound, until `count_all` gives the number
    and `settle` takes it.
    """

    def __init__(self, store: Store, person: Person, query: KeyQuery) -> None:
        if person.desk_id is None:
            raise NotAllowed(_("Elige primero un escritorio."))
        self._store, self._person, self.query = store, person, query
        self._desk_id: int = person.desk_id
        self._questions = Questions(store.reading)
        self._asked = Asked((), 0, 0, 0, is_exact=True)
        self._grouping = Grouping(query)
        self._folded: frozenset[Path] = frozenset()
        self._layout = Layout(iter(()))
        self._stretches: dict[Path, Stretch[KeyRow]] = {}
        self.keys = 0
        """How many keys the query finds; where not all are counted yet, how many at least."""
        self.units = 0
        """How many stamps they hold, once all are counted."""

    def open(self) -> None:
        """Find out how to read the list, its groups, and what is known of its length.

        Raises:
            NotAllowed: The person may not look.
            Superseded: The list was given up meanwhile.
        """
        clock = self._store.clock
        with self._questions.reading() as session:
            require(session, self._person, Power.LOOK)
            self._asked = ask(session, self.query, self._desk_id, clock)
            self.keys, self.units = 0, 0
            self._stretches = {(): self._stretch(self._asked)}
            if self._asked.is_exact:
                self.keys, self.units = self._asked.keys, self._asked.units
            elif self.query.groups or self._asked.cost <= CHEAP:
                self.settle(*self._counted(session))
            if self.query.groups:
                self._grouping = find_groups(session, self.query, self._desk_id, clock, self._asked)
        self._lay_out()

    @property
    def is_exact(self) -> bool:
        """Whether all keys are counted."""
        return bool(self.query.groups) or self._stretches[()].is_exact

    @property
    def length(self) -> int:
        """How many lines the list has, as it is folded now; at the most, where not all keys are counted yet."""
        return self._layout.length if self.query.groups else self._stretches[()].length

    @property
    def has_more_groups(self) -> bool:
        """Whether there are more groups than a list shows."""
        return self._grouping.has_more

    def count_some(self) -> None:
        """Count the keys up to `COUNTED_FIRST`, behind the screen.

        Raises:
            Superseded: The list was given up meanwhile.
        """
        with self._questions.reading() as session:
            self.keys = count(session, to_count(self._desk_id, self._asked), COUNTED_FIRST)

    def count_all(self) -> tuple[int, int]:
        """Count all keys and their stamps, behind the screen.

        Raises:
            Superseded: The list was given up meanwhile.
        """
        with self._questions.reading() as session:
            return self._counted(session)

    def settle(self, keys: int, units: int) -> None:
        """Take what was counted for the length."""
        self.keys, self.units = keys, units
        self._stretches[()].settle(keys)

    def _counted(self, session: Session) -> tuple[int, int]:
        totals = select(func.count(), func.coalesce(func.sum(PrepaidKey.units), 0))
        counted = totals.where(to_count(self._desk_id, self._asked))
        keys, units = session.connection().execute(counted).one()
        return int(keys), int(units)

    def build_fences(self) -> None:
        """Make jumps into the midst of the list short, behind the screen.

        Raises:
            Superseded: The list was given up meanwhile.
        """
        if not self.query.groups:
            with self._questions.reading() as session:
                self._stretches[()].build_fences(session)

    def give_up(self) -> None:
        """Stop what is asked of the database; something newer was asked for."""
        self._questions.give_up()

    def fold(self, path: Path) -> None:
        """Fold a group, or unfold it; nothing is read."""
        self._folded ^= {path}
        self._lay_out()

    def keep_folds_of(self, former: KeyListing) -> None:
        """Fold what was folded in the list before."""
        if former.query.groups == self.query.groups:
            self._folded = former._folded
            self._lay_out()

    def _lay_out(self) -> None:
        self._layout = Layout(self._grouping.marks(self._folded))

    def lines(self, first: int, length: int) -> list[Line]:
        """Read lines by position; fewer where the list ends, or shrank meanwhile.

        Raises:
            Superseded: The list was given up.
        """
        lines: list[Line] = []
        with self._questions.reading() as session:
            if not self.query.groups:
                return [*self._stretches[()].read(session, first, length)]
            while len(lines) < length and first + len(lines) < self.length:
                found = self._read(session, first + len(lines), length - len(lines))
                if not found:
                    break
                lines += found
        return lines

    def _read(self, session: Session, position: int, length: int) -> Sequence[Line]:
        start, mark = self._layout.at(position)
        if isinstance(mark, KeyGroup):
            return [mark]
        return self._rows_of(mark.path).read(session, position - start, length)

    def _rows_of(self, path: Path) -> Stretch[KeyRow]:
        """Give the rows of an innermost group."""
        if path not in self._stretches:
            asked = self._grouping.ask(self._asked, path, self._store.clock)
            self._stretches[path] = self._stretch(asked)
        return self._stretches[path]

    def _stretch(self, asked: Asked) -> Stretch[KeyRow]:
        route = find_route(self.query, self._desk_id, self._store.clock, asked)
        windows = key_rows(route.condition, route.order)
        return Stretch(windows, asked.at_most, is_exact=asked.is_exact)

    def index_of(self, key_id: int, *, near: int = 0) -> int | None:
        """Find a key's line; `None` where it is not listed or its group is folded.

        Args:
            near: The line that it is thought to be near; what is far from both ends takes longer.

        Raises:
            Superseded: The list was given up.
        """
        which = col(PrepaidKey.id) == key_id
        with self._questions.reading() as session:
            path = self._grouping.path_of(session, which)
            start = self._layout.start_of(path) if self.query.groups else 0
            if start is None:
                return None
            within = self._rows_of(path).index_of(session, which, near - start)
        return None if within is None else start + within
