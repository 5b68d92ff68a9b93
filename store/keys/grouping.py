"""The groups of one list: what they hold, and what it takes to read the rows of one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from store.calendar import Clock
from store.keys.asked import Asked, ask_group
from store.keys.filters import VALUES, as_it_is, through
from store.keys.groups import (
    MOST_GROUPS,
    Leaf,
    Path,
    add_up,
    count_groups,
    is_descending,
    keys_by_value,
)
from store.keys.layout import Mark, marks
from store.keys.query import KeyQuery
from store.keys.route import narrowest, to_count
from store.keys.tallied_groups import tallied_groups
from store.windows.order import aside


@dataclass(frozen=True)
class Grouping:
    """The groups that a list shows."""

    query: KeyQuery
    leaves: Sequence[Leaf] = ()
    has_more: bool = False
    """Whether the database holds more than are shown."""
    sums: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Keys and stamps of every group, inner and outer."""
    keys_of: Counter[tuple[int, object]] = field(default_factory=Counter)

    def marks(self, folded: frozenset[Path]) -> Iterator[Mark]:
        """Put group lines and rows one after the other."""
        return marks(self.query, self.leaves, self.sums, folded)

    def ask(self, asked: Asked, path: Path, clock: Clock) -> Asked:
        """Ask for the keys of an innermost group."""
        columns = zip(self.query.groups, enumerate(path), strict=True)
        values = {column: (at[1], self.keys_of[at]) for column, at in columns}
        return ask_group(asked, values, self.sums[path][0], clock)

    def path_of(self, session: Session, which: ColumnElement[bool]) -> Path:
        """Give the innermost group of a key; empty where there are no groups, or no such key."""
        if not self.query.groups:
            return ()
        values = select(*(VALUES[column] for column in self.query.groups)).where(which)
        found = session.connection().execute(values).first()
        return () if found is None else tuple(found)


def find_groups(
    session: Session, query: KeyQuery, desk_id: int, clock: Clock, asked: Asked
) -> Grouping:
    """Find the groups of a list, and count what they hold."""

    def leaves_of(grouped: KeyQuery) -> list[Leaf]:
        known = tallied_groups(session, grouped, desk_id, clock)
        if known is not None:
            return known
        if len(grouped.groups) == 1:
            return _counted(session, grouped, desk_id, asked)
        outermost = leaves_of(replace(grouped, groups=grouped.groups[:1]))
        return _nested(session, grouped, desk_id, clock, asked, outermost)

    found = leaves_of(query)
    leaves, has_more = found[:MOST_GROUPS], len(found) > MOST_GROUPS
    sums = add_up(leaves)
    if has_more:
        # The last outer groups go on beyond what is shown, and say what they hold nonetheless.
        for depth in range(1, len(query.groups)):
            outer = replace(query, groups=query.groups[:depth])
            sums |= {leaf.path: (leaf.keys, leaf.units) for leaf in leaves_of(outer)}
    return Grouping(query, leaves, has_more, sums, keys_by_value(leaves))


def _counted(session: Session, query: KeyQuery, desk_id: int, asked: Asked) -> list[Leaf]:
    of = aside if narrowest(asked) else as_it_is
    return count_groups(session, query, to_count(desk_id, asked), of)


def _nested(
    session: Session,
    query: KeyQuery,
    desk_id: int,
    clock: Clock,
    asked: Asked,
    outermost: Sequence[Leaf],
) -> list[Leaf]:
    """Count in the first of the outermost groups; in more of them, until there are more groups than are shown."""
    column = query.groups[0]
    descending = is_descending(query, column)
    end, beyond = 0, 2 * MOST_GROUPS
    while end < len(outermost):
        end, keys = _reach(outermost, end, beyond)
        value = outermost[end - 1].path[0]
        is_all = end == len(outermost) <= MOST_GROUPS
        if is_all or (value is None and descending):
            break
        first = through(column, value, keys, clock, descending=descending)
        narrowed = replace(asked, filters=[first, *asked.filters])
        leaves = _counted(session, query, desk_id, narrowed)
        if len(leaves) > MOST_GROUPS:
            return leaves
        beyond *= 4
    return _counted(session, query, desk_id, asked)


def _reach(outermost: Sequence[Leaf], start: int, beyond: int) -> tuple[int, int]:
    """Go on over groups until they hold so many keys more; give where that is, and what all up to there hold."""
    end, more = start, 0
    while end < len(outermost) and more < beyond:
        more += outermost[end].keys
        end += 1
    return end, sum(leaf.keys for leaf in outermost[:end])
