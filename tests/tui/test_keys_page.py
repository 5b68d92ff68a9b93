"""The page «Claves prepago»: what it shows first, and how one moves in it (SPEC 4)."""

import pytest

from store.demo import CUSTOMER, DISTRIBUTOR, GOOD_50
from store.errors import StoreUnreachable
from store.installation.store import Store
from store.keys.listing import KeyListing
from tests.store.people import member
from tests.store.watch import Watch
from tests.tui.people import confirm_elsewhere
from tests.tui.person import Person, at_the_desk

DEFAULT = "Claves de prepago con: Fecha de contratación desde 14/05/2020 al 14/07/2020"


async def test_the_seeds_figure_is_the_first_screen(distributor: Person) -> None:
    distributor.sees("Claves prepago 1-16 de 28", DEFAULT)
    distributor.sees("Arrastra una columna aquí para agrupar por ella (g)")
    assert distributor.headings == "Clave Cantidad ▼Fecha F. Activ. Estatus Cliente"
    assert [row.split(" ", 1)[1] for row in distributor.rows[:4]] == [
        "200 Timbres 14/07/2020 Inactiva Disponible Sin asignar",
        "200 Timbres 14/07/2020 14/07/20 Utilizada Empresa 1",
        "50 Timbres 14/07/2020 14/07/20 Utilizada Empresa 3",
        "50 Timbres 13/07/2020 14/07/20 Utilizada Empresa 2",
    ]
    assert distributor.under_cursor == distributor.rows[0]
    assert distributor.bar == (
        "a Activar  f Filtro  c Columnas  g Agrupar  o Ordenar  / Busca  m Menú  ? Ayuda"
    )


async def test_every_key_is_masked(distributor: Person) -> None:
    for row in distributor.rows:
        assert row[4:15] == "-••••-••••-", row


async def test_the_cursor_goes_everywhere(distributor: Person) -> None:
    first = distributor.under_cursor
    await distributor.presses("up")
    assert distributor.under_cursor == first
    await distributor.presses("pagedown")
    distributor.sees("13-28 de 28")
    await distributor.presses("end", "down")
    assert distributor.under_cursor == distributor.rows[-1]
    assert "14/05/2020" in distributor.under_cursor
    await distributor.presses("pageup")
    distributor.sees("1-16 de 28")
    await distributor.presses("home")
    assert distributor.under_cursor == first


@pytest.mark.parametrize("key", ["r", "f5"])
async def test_the_list_is_read_again_on_demand(
    distributor: Person, store: Store, key: str
) -> None:
    await distributor.presses("down", "down")
    before = distributor.under_cursor
    confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_50)
    distributor.sees_not("38SQ")
    await distributor.presses(key)
    assert distributor.rows[0].startswith("38SQ-••••-••••-UHBE")
    assert distributor.under_cursor == distributor.rows[3] == before
    distributor.sees("1-16 de 29")
    assert distributor.status == "1 clave nueva."
    await distributor.presses(key)
    assert distributor.status == "Nada cambió."


async def test_reading_again_says_what_changed_in_sight(distributor: Person, store: Store) -> None:
    await distributor.presses("end")
    before = distributor.under_cursor
    with store.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE prepaid_key SET units = 77 WHERE confirmed_on IN ('2020-05-14', '2020-07-14')"
        )
    await distributor.presses("r")
    assert distributor.status == "1 de las que veías cambió."
    assert distributor.under_cursor == before.replace("500 Timbres", "77 Timbres") != before


async def test_the_default_range_follows_the_day(distributor: Person, watch: Watch) -> None:
    await distributor.presses("end")
    assert "14/05/2020" in distributor.under_cursor
    watch.passes(hours=11)  # one hour after midnight in Mexico City
    await distributor.presses("r", "end")
    distributor.sees("Fecha de contratación desde 15/05/2020 al 15/07/2020", "de 27")
    assert "17/05/2020" in distributor.under_cursor


async def test_a_desk_without_keys_says_what_to_do(person: Person) -> None:
    await person.signs_in(CUSTOMER)
    assert person.rows == ["Ninguna clave cumple el filtro; «f» lo cambia."]
    person.sees("0 claves · 0 Timbres")
    await person.presses("enter", "down", "end", "pageup")
    person.sees("Ninguna clave cumple el filtro; «f» lo cambia.")
    await person.activates(GOOD_50)
    assert person.rows == [person.under_cursor]
    person.sees("1-1 de 1")


async def test_another_size_keeps_the_cursor_in_sight(distributor: Person) -> None:
    await distributor.presses("end")
    last = distributor.under_cursor
    await distributor.pilot.resize_terminal(100, 40)
    await distributor.settles()
    assert distributor.under_cursor == last
    distributor.sees("1-28 de 28")
    await distributor.pilot.resize_terminal(80, 23)
    await distributor.settles()
    assert distributor.under_cursor == last
    distributor.sees("14-28 de 28")


async def test_with_room_the_menu_is_beside_and_names_are_whole(store: Store) -> None:
    async with at_the_desk(store, (132, 43)) as person:
        await person.signs_in(DISTRIBUTOR)
        person.sees("Póliza: EMPRESA SISTEMAS", "Mis Servicios", "Servidor virtual")
        assert person.headings == "Clave Cantidad ▼Fecha F. Activación Estatus Cliente"
        assert "Innovación Valor y Desarrollo" not in person.words
        assert person.rows[4].endswith("Xóchitl Casas Chávez")


def unreadable(_listing: KeyListing, *_arguments: object) -> None:
    raise StoreUnreachable


@pytest.mark.parametrize(("method", "key"), [("open", "r"), ("lines", "r")])
async def test_a_store_that_cannot_be_read_says_so_and_the_desk_goes_on(
    distributor: Person, monkeypatch: pytest.MonkeyPatch, method: str, key: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(KeyListing, method, unreadable)
        await distributor.presses(key)
        assert distributor.status == StoreUnreachable().sentence
    await distributor.presses("r", "home")
    assert len(distributor.rows) == 16
    await distributor.presses("enter")
    distributor.sees("Historia")
