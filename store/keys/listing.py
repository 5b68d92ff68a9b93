"""The list as a person moves through it: group lines and rows, numbered, read a window at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from store.accounts.person import Person, Power, require
from store.calendar import Clock
from store.errors import NotAllowed
from store.installation.store import Store
from store.keys.groups import Leaf, Path, add_up, count_groups, inside
from store.keys.query import KeyColumn, KeyQuery
from store.keys.rows import KeyRow, KeyRows, Place
from store.text import _


@dataclass(frozen=True)
class KeyGroup:
    """A group line: its value, how deep it stands, and what it holds."""

    path: Path
    column: KeyColumn
    label: str
    keys: int
    units: int
    folded: bool

    @property
    def depth(self) -> int:
        """How many groups it stands in."""
        return len(self.path) - 1


Line = KeyRow | KeyGroup


@dataclass
class _Stretch:
    """Rows that follow one another without a group line between: their place in the list and what is known of it."""

    rows: KeyRows
    length: int
    fences: dict[int, Place | None] = field(default_factory=lambda: {0: None})
    """For some positions, the row before it: whence to read on."""

    def read(self, session: Session, first: int, length: int) -> list[KeyRow]:
        """Read rows by position, from the nearest known place or the far end, whichever costs less."""
        behind = max(fence for fence in self.fences if fence <= first)
        ahead = self.length - (first + length)
        if ahead < first - behind:
            wanted = length + min(ahead, 0)
            found = self.rows.window(session, wanted, skip=max(ahead, 0), backwards=True)
        else:
            edge = self.fences[behind]
            found = self.rows.window(session, length, edge=edge, skip=first - behind)
        if found:
            self.fences[first + len(found)] = found[-1].place
            self.fences.setdefault(first + 1, found[0].place)
        return found


class KeyListing:
    """One answer to a query. Open it, then ask for lines; ask anew after a change."""

    def __init__(self, store: Store, person: Person, query: KeyQuery) -> None:
        if person.desk_id is None:
            raise NotAllowed(_("Elige primero un escritorio."))
        self._store, self._person, self.query = store, person, query
        self._desk_id: int = person.desk_id
        self._leaves: Sequence[Leaf] = ()
        self._sums: dict[Path, tuple[int, int]] = {}
        self._folded: frozenset[Path] = frozenset()
        self._marks: list[tuple[int, KeyGroup | _Stretch]] = []
        self._starts: list[int] = []
        self.keys = 0
        """How many keys the query finds."""
        self.units = 0
        """How many stamps they hold."""
        self.length = 0
        """How many lines the list has, as it is folded now."""

    def open(self) -> None:
        """Count, and find the groups.

        Raises:
            NotAllowed: The person may not look.
        """
        with self._store.reading() as session:
            require(session, self._person, Power.LOOK)
            whole = KeyRows(self.query, self._desk_id, self._clock)
            self.keys, self.units = whole.totals(session)
            if self.query.groups:
                self._leaves = count_groups(session, self.query, self._desk_id, self._clock)
                self._sums = add_up(self._leaves)
        self._lay_out()

    @property
    def _clock(self) -> Clock:
        return self._store.clock

    def fold(self, path: Path) -> None:
        """Fold a group, or unfold it; nothing is read."""
        self._folded ^= {path}
        self._lay_out()

    def keep_folds_of(self, former: KeyListing) -> None:
        """Fold what was folded in the list before."""
        if former.query.groups == self.query.groups:
            self._folded = former._folded
            self._lay_out()

    def lines(self, first: int, length: int) -> list[Line]:
        """Read lines by position; fewer where the list ends, or shrank meanwhile."""
        lines: list[Line] = []
        with self._store.reading() as session:
            while len(lines) < length and first + len(lines) < self.length:
                position = first + len(lines)
                found = self._read(session, position, length - len(lines))
                if not found:
                    break
                lines += found
        return lines

    def _read(self, session: Session, position: int, length: int) -> Sequence[Line]:
        start, mark = self._marks[bisect_right(self._starts, position) - 1]
        if isinstance(mark, KeyGroup):
            return [mark]
        within = position - start
        return mark.read(session, within, min(length, mark.length - within))

    def index_of(self, key_id: int) -> int | None:
        """Find a key's line; `None` where it is not listed or its group is folded."""
        with self._store.reading() as session:
            for start, mark in self._marks:
                if isinstance(mark, _Stretch):
                    within = mark.rows.index_of(session, key_id)
                    if within is not None:
                        return start + within
        return None

    def _lay_out(self) -> None:
        """Put group lines and stretches of rows one after the other."""
        self._marks = []
        position = 0
        for mark in self._visible():
            self._marks.append((position, mark))
            position += mark.length if isinstance(mark, _Stretch) else 1
        self._starts = [start for start, _mark in self._marks]
        self.length = position

    def _visible(self) -> Iterator[KeyGroup | _Stretch]:
        if not self.query.groups:
            yield _Stretch(KeyRows(self.query, self._desk_id, self._clock), self.keys)
            return
        shown: Path = ()
        for leaf in self._leaves:
            common = _common(shown, leaf.path)
            for depth in range(common, len(leaf.path)):
                if self._hidden(leaf.path[:depth]):
                    break
                yield self._group(leaf, depth)
            if not self._hidden(leaf.path):
                within = inside(self.query.groups, leaf.path)
                rows = KeyRows(self.query, self._desk_id, self._clock, within)
                yield _Stretch(rows, leaf.keys)
            shown = leaf.path

    def _hidden(self, path: Path) -> bool:
        """Tell whether a group's inside is folded away, by itself or by one around it."""
        return any(path[:depth] in self._folded for depth in range(1, len(path) + 1))

    def _group(self, leaf: Leaf, depth: int) -> KeyGroup:
        path = leaf.path[: depth + 1]
        keys, units = self._sums[path]
        return KeyGroup(
            path=path,
            column=self.query.groups[depth],
            label=leaf.labels[depth],
            keys=keys,
            units=units,
            folded=path in self._folded,
        )


def _common(one: Path, other: Path) -> int:
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same
