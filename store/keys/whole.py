"""All rows that a query finds, in the list's order, some at a time: for whoever writes them into a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlmodel import Session

from store.calendar import Clock
from store.errors import Refusal
from store.keys.asked import Asked, ask
from store.keys.grouping import find_groups
from store.keys.groups import MOST_GROUPS
from store.keys.query import KeyQuery
from store.keys.route import find_route, to_count
from store.keys.rows import KeyRow, key_rows
from store.text import _

_WINDOW = 1_000
"""Rows that are read at once."""


def count_keys(session: Session, query: KeyQuery, desk_id: int, clock: Clock) -> int:
    """Count what a query finds; it may take a while."""
    asked = ask(session, query, desk_id, clock)
    if asked.is_exact:
        return asked.keys
    counted = select(func.count()).where(to_count(desk_id, asked))
    return int(session.connection().execute(counted).scalar_one())


def every_row(
    session: Session, query: KeyQuery, desk_id: int, clock: Clock
) -> Iterator[Sequence[KeyRow]]:
    """Give all rows, group after group as the list shows them unfolded.

    Raises:
        Refusal: There are more groups than a list shows.
    """
    for asked in _groups(session, query, desk_id, clock):
        route = find_route(query, desk_id, clock, asked)
        rows, edge = key_rows(route.condition, route.order), None
        while found := rows.window(session, _WINDOW, edge=edge):
            yield [row for _edge, row in found]
            edge = found[-1][0]


def _groups(session: Session, query: KeyQuery, desk_id: int, clock: Clock) -> Iterator[Asked]:
    asked = ask(session, query, desk_id, clock)
    if not query.groups:
        yield asked
        return
    grouping = find_groups(session, query, desk_id, clock, asked)
    if grouping.has_more:
        raise Refusal(
            _("Son más de {most:,} grupos; quita la agrupación o acorta el filtro.").format(
                most=MOST_GROUPS
            )
        )
    yield from (grouping.ask(asked, leaf.path, clock) for leaf in grouping.leaves)
