"""`/` searches as you type: signs of a key, or part of a client's name (issue 4)."""

import threading
from datetime import date
from typing import Any

import pytest

from store.keys.listing import KeyListing
from store.keys.query import DateRange, KeyColumn, KeyQuery
from tests.tui.person import Person
from tui.screens.keys import search
from tui.screens.keys.search import searched

DEFAULT = "Claves de prepago con: Fecha de contratación desde 14/05/2020 al 14/07/2020"
EVER = DateRange()


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("38sq", {"signs": "38SQ"}),
        ("3", {"signs": "3"}),
        ("tkmp-", {"signs": "TKMP"}),
        ("-uhbe", {"signs": "UHBE"}),
        ("38SQ-••••-••••-UHBE", {"signs": "38SQUHBE"}),
        ("38sq y7au ns7r uhbe", {"signs": "38SQUHBE"}),
        ("38sqy7au", {"signs": "38SQY7AU"}),
        ("empre", {"client": "empre"}),
        ("uhbe", {"client": "uhbe"}),
        (" Ñandú  y ", {"client": "Ñandú y"}),
        ("3m de méxico", {"client": "3m de méxico"}),
        ("H&E 2020", {"client": "H&E 2020"}),
    ],
)
def test_a_digit_or_a_hyphen_tells_a_key_from_a_client(term: str, found: dict[str, str]) -> None:
    before = KeyQuery(signs="AAAA", client="otro", units=50, sort=KeyColumn.KEY)
    expected: Any = {"signs": "", "client": "", **found}
    assert searched(before, term) == KeyQuery(dates=EVER, units=50, sort=KeyColumn.KEY, **expected)


def test_a_range_that_somebody_chose_stays() -> None:
    since = DateRange(date(2020, 7, 1), None)
    assert searched(KeyQuery(dates=since), "38sq").dates == since
    assert searched(KeyQuery(client="x"), " ") == KeyQuery()


async def test_the_list_follows_and_enter_keeps_it(distributor: Person) -> None:
    await distributor.presses("slash")
    await distributor.types("7bbk")
    distributor.sees("cualquier Fecha de contratación; Clave con «7BBK»", "/7bbk")
    assert [row.split()[0] for row in distributor.rows] == ["7BBK-••••-••••-2QD5"]
    await distributor.presses("enter")
    distributor.sees("Clave con «7BBK»", "1-1 de 1")
    distributor.sees_not("/7bbk", "con número o guion")
    await distributor.presses("f")
    distributor.sees("Clave [7BBK ]")


async def test_escape_gives_the_former_list_back(distributor: Person) -> None:
    await distributor.presses("down", "down", "down")
    rows, cursor = distributor.rows, distributor.under_cursor
    await distributor.presses("slash")
    await distributor.types("ñandu")
    distributor.sees("Cliente con «ñandu»")
    assert all(row.endswith("Ñandú y Herma…") for row in distributor.rows)
    await distributor.presses("escape")
    distributor.sees(DEFAULT)
    assert (distributor.rows, distributor.under_cursor) == (rows, cursor)
    await distributor.presses("slash", "enter")
    distributor.sees(DEFAULT)


async def test_letters_are_only_typed(distributor: Person) -> None:
    await distributor.presses("slash")
    await distributor.types("afcgolvem/?")
    distributor.sees("/afcgolvem/?", "Cliente con «afcgolvem/?»", "Ninguna clave cumple el filtro")
    assert not distributor.app.screen.is_modal
    await distributor.presses("f1")
    distributor.sees("Dejar como filtro lo que se busca, e ir a la lista.")


async def test_keys_typed_ahead_are_for_the_list_that_was_searched(distributor: Person) -> None:
    distributor.hits("slash", *"empresa 1", "enter", "end", "enter")
    await distributor.settles()
    distributor.sees("Clave", "Historia", "Empresa 1")


async def test_the_newest_sign_wins_and_none_is_lost(
    distributor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_PAUSE", 0)
    opened, let_go = KeyListing.open, threading.Event()

    def open_slowly(listing: KeyListing) -> None:
        if listing.query.client == "k":
            assert let_go.wait(10)
        opened(listing)

    monkeypatch.setattr(KeyListing, "open", open_slowly)
    distributor.hits("slash", "k")
    await distributor.sees_soon("/k")
    distributor.hits(*"arla")
    await distributor.sees_soon("Cliente con «karla»")
    let_go.set()
    await distributor.settles()
    distributor.sees("/karla", "Cliente con «karla»")
