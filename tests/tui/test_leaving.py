"""«Salir»: at once where nothing is lost, after a question where something is."""

import pytest

from store.audit.tables import AuditEvent
from store.demo import GOOD_50
from store.errors import StoreBusy
from store.installation.store import Store
from store.keys.tables import KeyState
from tests.store.contents import kept, rows
from tests.tui.people import add_colleague
from tests.tui.person import Person

QUESTION = "¿Salir sin terminar? Lo que está abierto se descarta."


async def test_from_the_page_it_is_one_key_and_is_written_down(
    distributor: Person, store: Store
) -> None:
    await distributor.presses("f10")
    assert distributor.has_left
    assert distributor.app.return_code in (None, 0)
    assert rows(store, AuditEvent)[-1].action == "account.signed_out"


async def test_from_the_login_page_too(person: Person, store: Store) -> None:
    before = len(rows(store, AuditEvent))
    await person.types("empresasis")
    await person.presses("f10")
    assert person.has_left
    assert len(rows(store, AuditEvent)) == before


async def test_an_open_question_is_not_dropped_unasked(distributor: Person, store: Store) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space", "f10")
    distributor.sees(QUESTION, "[ Salir ] [ Cancelar ]")
    await distributor.presses("escape")
    distributor.sees("[x] Acepto la Licencia de Uso.")
    await distributor.presses("f10", "tab")
    assert distributor.under_cursor == "[ Cancelar ]"
    await distributor.presses("enter")
    distributor.sees("[x] Acepto la Licencia de Uso.")
    await distributor.presses("f10", "f10")
    assert distributor.has_left
    assert kept(store, GOOD_50).state is KeyState.ISSUED


async def test_enter_takes_the_button_that_says_salir(distributor: Person) -> None:
    await distributor.presses("f", "f10")
    assert distributor.under_cursor == "[ Salir ]"
    await distributor.presses("enter")
    assert distributor.has_left


@pytest.mark.parametrize("key", ["m", "question_mark", "w"])
async def test_where_nothing_would_be_lost_it_does_not_ask(distributor: Person, key: str) -> None:
    await distributor.presses(key, "f10")
    assert distributor.has_left


async def test_help_over_a_question_does_not_hide_what_would_be_lost(distributor: Person) -> None:
    await distributor.presses("a", "f1", "f10")
    distributor.sees(QUESTION)


async def test_letters_do_not_leave(distributor: Person) -> None:
    before = distributor.text
    await distributor.presses("q", "ctrl+q", "ctrl+c", "ctrl+z", "ctrl+p", "x", "s")
    assert not distributor.has_left
    assert distributor.text == before


async def test_a_store_that_is_busy_keeps_nobody(
    distributor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy

    monkeypatch.setattr("store.accounts.signing_in.sign_out", busy)
    await distributor.presses("f10")
    assert distributor.has_left


async def test_in_the_middle_of_the_first_password(person: Person, store: Store) -> None:
    add_colleague(store, "nueva", must_change=True)
    await person.signs_in("nueva")
    await person.presses("f10", "enter")
    assert person.has_left
    assert person.app.return_code in (None, 0)
