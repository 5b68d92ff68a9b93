"""A slow query blocks no key and says that it is under way; the newest one wins (issue 4)."""

import asyncio
from collections.abc import Iterator

import pytest

from store.demo import DISTRIBUTOR, GOOD_50
from store.installation.store import Store
from tests.store.people import member
from tests.tui.people import confirm_elsewhere
from tests.tui.person import Person
from tests.tui.slowness import Slowness
from tests.tui.test_filter import FIELDS
from tui.screens.keys.page import KeysPage

SLOW, QUICK = "karla", "empresa 1"
SOONER = 5
"""Seconds in which no slow query comes to its end by itself."""


@pytest.fixture
def slowness(store: Store) -> Iterator[Slowness]:
    """What makes the store slow."""
    slowness = Slowness(store)
    yield slowness
    slowness.let_go()


async def asks_for(person: Person, client: str, slowness: Slowness) -> None:
    """Ask for the keys of a client, by the filter, and wait for nothing but the question."""
    person.hits("f", *["tab"] * FIELDS.index("client"), "home", "ctrl+k", *client, "enter")
    if client == SLOW:
        assert await asyncio.to_thread(slowness.reached.wait, 30)


async def test_it_says_that_it_searches_and_every_key_still_works(
    distributor: Person, slowness: Slowness
) -> None:
    rows = distributor.rows
    slowness.word = SLOW
    await asks_for(distributor, SLOW, slowness)
    await distributor.sees_soon("Buscando…")
    distributor.hits("down", "down")
    await distributor.sees_soon_under_cursor(rows[2])
    distributor.hits("end")
    await distributor.sees_soon_under_cursor("14/05/2020")
    distributor.sees("Buscando…")
    distributor.hits("enter")
    await distributor.sees_soon("Historia")
    slowness.let_go()
    await distributor.settles()
    await distributor.presses("escape")
    distributor.sees("Cliente con «karla»", "1-2 de 2")
    distributor.sees_not("Buscando…")
    assert not slowness.stopped.is_set()


async def test_the_newest_filter_wins_and_the_older_query_is_stopped(
    distributor: Person, slowness: Slowness
) -> None:
    slowness.word = SLOW
    await asks_for(distributor, SLOW, slowness)
    await distributor.sees_soon("Buscando…")
    await asks_for(distributor, QUICK, slowness)
    await distributor.sees_soon("Cliente con «empresa 1»")
    await distributor.settles()
    assert await asyncio.to_thread(slowness.stopped.wait, SOONER)
    distributor.sees("Cliente con «empresa 1»")
    distributor.sees_not("Buscando…", SLOW)


async def test_a_slow_refresh_keeps_the_list_and_then_shows_what_changed(
    distributor: Person, slowness: Slowness, store: Store
) -> None:
    await distributor.presses("down", "down")
    before = distributor.under_cursor
    confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_50)
    slowness.word = "2020-05-14"
    distributor.hits("f5")
    await distributor.sees_soon("Buscando…")
    assert distributor.under_cursor == distributor.rows[2] == before
    slowness.let_go()
    await distributor.settles()
    assert distributor.under_cursor == distributor.rows[3] == before
    assert distributor.rows[0].startswith("38SQ")
    assert distributor.status == "1 clave nueva."


async def test_nobody_waits_for_a_list_that_another_one_took_the_place_of(
    distributor: Person,
) -> None:
    """Two that are asked for in the same instant: the first one is given up before it has begun."""
    page = distributor.app.screen
    assert isinstance(page, KeysPage)
    both = asyncio.gather(*(page._load(to_its_end=True) for _list in "12"))
    await asyncio.wait_for(both, SOONER)
    await distributor.settles()
    distributor.sees("1-16 de 28")
