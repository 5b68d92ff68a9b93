"""A terminal below 80x23: the desk says so, and loses nothing that was typed."""

import threading
from typing import Any

import pytest

from store.accounts import signing_in
from store.accounts.signing_in import SignedIn, sign_in
from store.demo import GOOD_50
from tests.tui.person import Person

SAID = "La terminal es muy pequeña: agrándala a 80x23. Lo escrito se conserva; F10 sale."


async def resizes(person: Person, width: int, height: int) -> None:
    await person.pilot.resize_terminal(width, height)
    await person.settles()


@pytest.mark.parametrize(("width", "height"), [(79, 24), (80, 22), (40, 10), (20, 4)])
async def test_what_was_typed_is_there_again(person: Person, width: int, height: int) -> None:
    await person.types("empresa")
    await resizes(person, width, height)
    person.sees(SAID)
    person.sees_not("Iniciar sesión", "empresa ")
    await resizes(person, 80, 24)
    person.sees_not(SAID)
    await person.types("sis")
    person.sees("Usuario empresasis")


async def test_80x23_is_enough(person: Person) -> None:
    await resizes(person, 80, 23)
    person.sees_not(SAID)
    await person.signs_in("empresasis")
    await person.activates(GOOD_50)
    assert person.under_cursor.startswith("38SQ-••••-••••-UHBE")


async def test_a_window_that_is_open_stays_as_it_was(distributor: Person) -> None:
    await distributor.presses("a")
    await distributor.types("38sq")
    await resizes(distributor, 60, 20)
    distributor.sees(SAID)
    await resizes(distributor, 61, 20)
    await resizes(distributor, 80, 23)
    distributor.sees("38SQ", "Llevas 4 de 16 caracteres.")
    await distributor.types("y7auns7ruhbe")
    await distributor.presses("enter", "space", "enter", "enter")
    assert distributor.under_cursor.startswith("38SQ-••••-••••-UHBE")


async def test_what_still_waited_for_its_turn_is_typed_when_there_is_room(
    distributor: Person,
) -> None:
    await distributor.presses("a")
    distributor.hits(*"38sqy7au")
    await resizes(distributor, 60, 20)
    distributor.hits("z")
    await resizes(distributor, 80, 24)
    distributor.sees("38SQ-Y7AU", "Llevas 8 de 16 caracteres.")


async def test_keys_do_nothing_meanwhile_but_leave(distributor: Person) -> None:
    await resizes(distributor, 60, 20)
    await distributor.presses("a", "escape", "enter", "m")
    distributor.sees(SAID)
    await resizes(distributor, 80, 24)
    assert distributor.under_cursor == distributor.rows[0]
    await resizes(distributor, 60, 20)
    await distributor.presses("f10")
    assert distributor.has_left


async def test_what_opens_meanwhile_is_covered_too(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()

    def sign_in_slowly(*arguments: Any, **options: Any) -> SignedIn:
        assert answered.wait(10)
        return sign_in(*arguments, **options)

    monkeypatch.setattr(signing_in, "sign_in", sign_in_slowly)
    await person.types("empresasis")
    await person.presses("enter")
    person.hits(*"demo2020", "enter")
    await person.sees_soon("Verificando…")
    await person.pilot.resize_terminal(79, 23)
    answered.set()
    await person.settles()
    person.sees(SAID)
    person.sees_not("Claves prepago")
    await resizes(person, 80, 24)
    person.sees("Claves prepago")
    await person.presses("a")
    person.sees("Captura la Clave Prepago")
