"""«Columnas»: which columns are seen, remembered for each account (SPEC 4)."""

import pytest
from sqlmodel import Session

from store.accounts.tables import Preference
from store.demo import CUSTOMER, DISTRIBUTOR, GOOD_50
from store.errors import StoreFull
from store.installation.store import Store
from tests.store.contents import contents, rows
from tests.tui.people import add_colleague
from tests.tui.person import Person, at_the_desk
from tui.screens.keys import page as keys_page


async def test_a_column_is_hidden_and_shown_again(distributor: Person) -> None:
    await distributor.presses("c")
    distributor.sees("[x] Clave", "[x] Cantidad", "[x] Fecha", "[x] F. Activación")
    distributor.sees("[x] Estatus", "[x] Cliente", "[ Aceptar ]")
    await distributor.ticks("F. Activación", "Cantidad")
    distributor.sees("[ ] F. Activación", "[ ] Cantidad")
    await distributor.presses("enter")
    assert distributor.headings == "Clave ▼Fecha Estatus Cliente"
    assert distributor.rows[1] == "AHJ6-••••-••••-8P3W 14/07/2020 Utilizada Empresa 1"
    await distributor.presses("c")
    await distributor.ticks("Cantidad")
    await distributor.presses("enter")
    assert distributor.headings == "Clave Cantidad ▼Fecha Estatus Cliente"


async def test_one_column_always_stays(distributor: Person) -> None:
    await distributor.presses("c")
    await distributor.ticks("Clave", "Cantidad", "Fecha", "F. Activación", "Estatus", "Cliente")
    await distributor.presses("enter")
    distributor.sees("Deja al menos una columna.")
    await distributor.ticks("Cliente")
    distributor.sees_not("Deja al menos una columna.")
    await distributor.presses("enter")
    assert distributor.headings == "Cliente"
    assert distributor.rows[3] == "Empresa 2"


async def test_escape_changes_nothing(distributor: Person, store: Store) -> None:
    before = contents(store)
    await distributor.presses("c")
    await distributor.ticks("Clave")
    await distributor.presses("escape")
    assert distributor.headings == "Clave Cantidad ▼Fecha F. Activ. Estatus Cliente"
    assert contents(store) == before


async def test_what_cannot_be_remembered_is_not_applied(
    distributor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise StoreFull

    monkeypatch.setattr(keys_page, "remember", fails)
    await distributor.presses("c")
    await distributor.ticks("Clave")
    await distributor.presses("enter")
    assert distributor.status == StoreFull().sentence
    assert distributor.headings == "Clave Cantidad ▼Fecha F. Activ. Estatus Cliente"


async def test_the_cursor_stays_on_its_row(distributor: Person) -> None:
    await distributor.presses(*["down"] * 3, "c")
    await distributor.ticks("Cliente")
    await distributor.presses("enter")
    assert distributor.under_cursor == distributor.rows[3]


async def test_each_account_finds_its_own_columns_again(store: Store) -> None:
    add_colleague(store, "operadora")
    async with at_the_desk(store) as person:
        await person.signs_in(DISTRIBUTOR)
        await person.presses("c")
        await person.ticks("Cliente")
        await person.presses("enter")
    async with at_the_desk(store) as person:
        await person.signs_in("operadora")
        assert person.headings.endswith("Estatus Cliente")
    async with at_the_desk(store) as person:
        await person.signs_in(DISTRIBUTOR)
        assert person.headings.endswith("F. Activación Estatus")
        await person.activates(GOOD_50)
        assert person.headings.endswith("F. Activación Estatus")


async def test_what_was_remembered_by_another_version_does_no_harm(store: Store) -> None:
    async with at_the_desk(store) as person:
        await person.signs_in(CUSTOMER)
        await person.presses("c")
        await person.ticks("Clave")
        await person.presses("enter")
    for kept in ('["MONEDA"]', '{"a":1}', "null", '[["KEY"]]'):
        with store.writing() as session:
            _overwrite(session, rows(store, Preference)[0], kept)
        async with at_the_desk(store) as person:
            await person.signs_in(CUSTOMER)
            assert person.headings == "Clave Cantidad ▼Fecha F. Activ. Estatus Cliente"


def _overwrite(session: Session, preference: Preference, value: str) -> None:
    preference.value = value
    session.merge(preference)
