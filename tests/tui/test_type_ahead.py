"""Keys that come faster than the desk: each waits for the window it is meant for."""

import asyncio
import threading
from typing import Any

import pytest
from textual.events import Paste

from store.attempts.tables import AttemptKind, Verdict
from store.demo import GOOD_50, VOID
from store.installation.store import Store
from store.keys.activation import CheckedKey, check_key
from store.keys.tables import KeyState
from store.mail.tables import Mail
from tests.store.contents import kept, rows, verdicts
from tests.store.refusals import UNAVAILABLE
from tests.tui.person import Person
from tui import type_ahead
from tui.screens.keys import page as keys_page


class Gate:
    """A store function that waits until it is let through."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def check_key(self, *arguments: Any) -> CheckedKey:
        self.reached.set()
        assert self.open.wait(10)
        return check_key(*arguments)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A gate before the check of a key."""
    gate = Gate()
    monkeypatch.setattr(keys_page, "check_key", gate.check_key)
    return gate


async def test_a_whole_visit_can_be_typed_in_one_burst(person: Person, store: Store) -> None:
    person.hits(*"empresasis", "enter", *"demo2020", "enter", "a", *"38sq y7au ns7r uhbe")
    person.hits("enter", "space", "enter", "enter")
    await person.settles()
    assert person.under_cursor == person.rows[0]
    assert person.rows[0].startswith("38SQ-••••-••••-UHBE 50 Timbres 14/07/2020")
    assert len(rows(store, Mail)) == 1


async def test_a_refusal_drops_what_was_typed_for_the_next_window(
    distributor: Person, store: Store
) -> None:
    distributor.hits("a", *VOID, "enter", "space", "enter", "enter", "enter")
    await distributor.settles()
    distributor.sees(VOID, UNAVAILABLE)
    assert verdicts(store, AttemptKind.KEY) == [Verdict.COUNTED]


async def test_without_the_box_the_rest_is_dropped_too(distributor: Person, store: Store) -> None:
    distributor.hits("a", *GOOD_50, "enter", "enter", "space", "enter")
    await distributor.settles()
    distributor.sees("Debes aceptar la Licencia de Uso.", "[ ] Acepto")
    assert kept(store, GOOD_50).state is KeyState.ISSUED


async def test_a_paste_waits_its_turn(distributor: Person) -> None:
    distributor.hits("a")
    distributor.app.post_message(Paste("38SQ-Y7AU-NS7R-UHBE\n"))
    distributor.hits("enter")
    await distributor.settles()
    distributor.sees("Clave 38SQ-Y7AU-NS7R-UHBE válida")


async def test_what_a_stuck_key_sends_beyond_measure_is_dropped(
    distributor: Person, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    distributor.hits("enter")
    await asyncio.to_thread(gate.reached.wait, 10)
    monkeypatch.setattr(type_ahead, "MOST", 3)
    distributor.hits("space", "v", "end", *["escape"] * 50)
    gate.open.set()
    await distributor.settles()
    distributor.sees("Licencia de Uso, versión 1")


async def test_a_store_that_never_answers_does_not_hold_the_keys_for_ever(
    distributor: Person, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "LONGEST_WAIT", 0.1)
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    distributor.hits("enter", "escape")
    await distributor.sees_soon("Claves prepago 1-16 de 28")
    gate.open.set()
    await distributor.settles()
    distributor.sees_not("Captura", "válida")
