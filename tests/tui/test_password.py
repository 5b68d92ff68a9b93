"""The first password has to be changed before anything else is seen (SPEC 8)."""

from typing import Any

import pytest

from store.accounts import signing_in
from store.accounts.signing_in import change_password
from store.accounts.tables import Account
from store.errors import StoreBusy
from store.installation.store import Store
from tests.store.contents import rows
from tests.tui.people import add_colleague
from tests.tui.person import Person, at_the_desk

TITLE = "Cambia tu contraseña"
NEW = "caballo-bateria"


@pytest.fixture
async def newcomer(store: Store, person: Person) -> Person:
    """Somebody who signed in with the password that was handed over."""
    add_colleague(store, "nueva", must_change=True)
    await person.signs_in("nueva")
    return person


async def chooses(person: Person, password: str, repeated: str) -> None:
    """Type a password and the same or another one again, and press Enter."""
    while not person.app.screen.query_one("#password TextField").has_focus:
        await person.presses("tab")
    await person.types_anew(password)
    await person.presses("tab")
    await person.types_anew(repeated)
    await person.presses("enter")


async def test_nothing_is_seen_before(newcomer: Person) -> None:
    newcomer.sees(TITLE, "Es tu primera entrada: elige una contraseña de 8 caracteres o más.")
    newcomer.sees_not("Claves prepago")
    await newcomer.presses("escape")
    newcomer.sees("Iniciar sesión")
    newcomer.sees_not("Claves prepago")


async def test_a_new_password_opens_the_desk_and_is_the_one_from_then_on(
    newcomer: Person, store: Store
) -> None:
    await newcomer.types(NEW)
    await newcomer.presses("enter")
    newcomer.sees("Nueva •••••••••••••••", "[ Cambiar ] [ Cancelar ]")
    await newcomer.types(NEW)
    await newcomer.presses("enter")
    newcomer.sees("Claves prepago", "Es tu primer acceso.")
    newcomer.sees_not(NEW)
    async with at_the_desk(store) as person:
        await person.signs_in("nueva")
        person.sees("Usuario o contraseña incorrectos.")
        await person.types(NEW)
        await person.presses("enter")
        person.sees("Claves prepago", "Último acceso: 14/07/2020 13:00")


async def test_each_password_that_will_not_do_is_told_beside_its_field(
    newcomer: Person, store: Store
) -> None:
    before = [account.password_hash for account in rows(store, Account)]
    for password, repeated, sentence in (
        ("corta", "corta", "La contraseña necesita al menos 8 caracteres."),
        (NEW, "otra-cosa", "Las dos contraseñas no son iguales."),
        ("12345678", "12345678", "Esa contraseña es muy fácil de adivinar; elige otra."),
        ("demo2020", "demo2020", "Elige una contraseña distinta de la actual."),
    ):
        await chooses(newcomer, password, repeated)
        newcomer.sees(TITLE, sentence)
    assert [account.password_hash for account in rows(store, Account)] == before
    await chooses(newcomer, NEW, NEW)
    newcomer.sees("Claves prepago")


async def test_a_busy_store_changes_nothing_and_says_so(
    store: Store, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((StoreBusy(), None))

    def busy_at_first(*arguments: Any) -> None:
        if refusal := next(answers):
            raise refusal
        change_password(*arguments)

    monkeypatch.setattr(signing_in, "change_password", busy_at_first)
    add_colleague(store, "nueva", must_change=True)
    await person.signs_in("nueva")
    await chooses(person, NEW, NEW)
    person.sees(TITLE, StoreBusy().sentence)
    await person.presses("enter")
    person.sees("Claves prepago")


async def test_cancelling_leads_back_to_the_login_page(newcomer: Person) -> None:
    await newcomer.presses("tab", "tab", "tab")
    assert newcomer.under_cursor == "[ Cancelar ]"
    await newcomer.presses("enter")
    newcomer.sees("Iniciar sesión")
