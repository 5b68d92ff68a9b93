"""By which index a list is read, and that it costs what it shows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from store.accounts.person import Person
from store.installation.store import Store
from store.keys.asked import Asked, ask
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.route import INDEXES, Route, find_route
from store.keys.tables import KeyState, PrepaidKey
from store.windows.windows import Windows
from tests.store.keys.test_listing_at_work import filled
from tests.store.people import member
from tests.store.plans import counted_steps, planned

EVER = DateRange()
SPRING = DateRange(date(2020, 1, 2), date(2020, 4, 20))
USED = frozenset({KeyState.USED})
SOLD = USED | {KeyState.AVAILABLE}
MANY = 1_000_000


@pytest.fixture
def desk(sqlite_store: Store) -> Person:
    """Somebody whose desk holds some keys."""
    person = member(sqlite_store, "empresasis")
    filled(sqlite_store, person)
    return person


def routed(session: Session, store: Store, desk: Person, query: KeyQuery, **known: Any) -> Route:
    """Find the way as if the tallies knew something else."""
    asked = ask(session, query, desk.desk_id or 0, store.clock)
    return find_route(query, desk.desk_id or 0, store.clock, replace(asked, **known))


def as_if(asked: Asked, shares: Sequence[float]) -> dict[str, Any]:
    """Let the desk hold very many keys, of which each filter lets a share pass."""
    filters = [
        replace(one, keys=int(MANY * share))
        for one, share in zip(asked.filters, shares, strict=True)
    ]
    keys = MANY
    for share in shares:
        keys = int(keys * share)
    return {"filters": filters, "desk_keys": MANY, "keys": keys, "is_exact": True}


def numbers(route: Route) -> Windows[int]:
    """Read the numbers of keys alone."""
    return Windows(select(col(PrepaidKey.id)), route.condition, route.order, itemgetter(0))


@pytest.mark.parametrize("column", KeyColumn)
def test_what_filters_ask_is_answered_by_the_index_that_gives_the_order(
    sqlite_store: Store, desk: Person, column: KeyColumn
) -> None:
    units = None if column is KeyColumn.QUANTITY else 50
    query = KeyQuery(dates=SPRING, states=SOLD, units=units, signs="2", client="e", sort=column)
    with sqlite_store.reading() as session:
        asked = ask(session, query, desk.desk_id or 0, sqlite_store.clock)
        many = as_if(asked, (0.9,) * len(asked.filters))
        route = routed(session, sqlite_store, desk, query, **many)
        with planned(session) as plans:
            numbers(route).hop(session, None, 3)
    assert plans
    for plan in plans:
        assert f"COVERING INDEX {INDEXES[column]} " in plan
        assert "B-TREE" not in plan


@pytest.mark.parametrize(
    ("shares", "is_walked"),
    [((0.6, 0.3), True), ((0.02, 0.3), True), ((0.001, 0.3), False), ((0.02, 0.001), False)],
)
def test_what_few_pass_is_found_by_it_and_sorted_then(
    sqlite_store: Store, desk: Person, shares: Sequence[float], is_walked: bool
) -> None:
    query = KeyQuery(dates=EVER, states=USED, units=50, sort=KeyColumn.KEY)
    with sqlite_store.reading() as session:
        asked = ask(session, query, desk.desk_id or 0, sqlite_store.clock)
        route = routed(session, sqlite_store, desk, query, **as_if(asked, shares))
    assert route.order.is_indexed is is_walked


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("asked", [{}, {"states": USED}])
@pytest.mark.parametrize("column", KeyColumn)
def test_a_window_deep_in_a_range_of_days_takes_no_more_steps_than_the_first(
    sqlite_store: Store, desk: Person, column: KeyColumn, asked: dict[str, Any], descending: bool
) -> None:
    query = KeyQuery(dates=SPRING, **asked, sort=column, descending=descending)
    with sqlite_store.reading() as session:
        known = ask(session, query, desk.desk_id or 0, sqlite_store.clock)
        many = as_if(known, (0.9,) * len(known.filters))
        windows = numbers(routed(session, sqlite_store, desk, query, **many))
        with counted_steps(session) as first:
            ((edge, _number),) = windows.window(session, 1)
        for skipped in (90, 180):
            edge = windows.hop(session, edge, skipped) or edge
            with counted_steps(session) as deep:
                assert len(windows.window(session, 1, edge=edge)) == 1
            assert deep[0] <= 2 * first[0] + 200
