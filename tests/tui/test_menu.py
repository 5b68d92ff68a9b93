"""The menu: every entry of the desk, in the seed's order (SPEC 2)."""

import pytest

from store.accounts.tables import Role
from store.demo import CUSTOMER, DISTRIBUTOR
from store.installation.store import Store
from tests.tui.people import add_colleague
from tests.tui.person import Person, at_the_desk

SERVICES = (
    "(Servidor virtual)",
    "(Suscripciones)",
    "(Licenciamiento)",
    "Espacio",
    "(Mis Pólizas)",
    "(Sellado CFDI)",
    "(Cursos)",
    "> Activar claves de producto - Prepago",
    "(Solicitar Clave de Confirmación)",
    "Comprar ahora",
)
"""Brackets are about what is still to come, the mark stands before the page one is on."""


async def test_it_holds_every_entry_in_the_seeds_order(distributor: Person) -> None:
    await distributor.presses("m")
    distributor.sees(" ".join(["Mis Servicios", *SERVICES, "(Mi Negocio) (Distribuidor) Salir"]))
    assert distributor.under_cursor == "> Activar claves de producto - Prepago"


async def test_only_distributors_have_their_section(person: Person) -> None:
    await person.signs_in(CUSTOMER)
    await person.presses("m")
    person.sees("Comprar ahora (Mi Negocio) Salir")
    person.sees_not("Distribuidor")


async def test_words_that_wrap_hang_two_columns_in(distributor: Person) -> None:
    await distributor.presses("m")
    assert [line[:27].rstrip() for line in distributor.lines[8:13]] == [
        "│ > Activar claves de",
        "│   producto - Prepago",
        "│   (Solicitar Clave de",
        "│   Confirmación)",
        "│   Comprar ahora",
    ]


async def test_an_entry_whose_page_is_to_come_says_so(distributor: Person) -> None:
    await distributor.presses("m", "home")
    assert distributor.under_cursor == "(Servidor virtual)"
    distributor.sees("Todavía no está disponible.")
    await distributor.presses("enter")
    distributor.sees("Mis Servicios")
    await distributor.goes_to("Activar claves")
    distributor.sees_not("Todavía no está disponible.")


@pytest.mark.parametrize("key", ["escape", "m"])
async def test_it_closes_and_leaves_the_page_as_it_was(distributor: Person, key: str) -> None:
    await distributor.presses("down", "m")
    await distributor.presses(key)
    distributor.sees_not("Mis Servicios")
    assert distributor.under_cursor == distributor.rows[1]


async def test_the_seeds_way_to_the_activation(distributor: Person) -> None:
    await distributor.presses("m")
    await distributor.goes_to("Activar claves de producto")
    await distributor.presses("enter")
    distributor.sees("Captura la Clave Prepago")


async def test_with_room_it_is_beside_the_page(store: Store) -> None:
    async with at_the_desk(store, (132, 43)) as person:
        await person.signs_in(DISTRIBUTOR)
        person.sees("Mis Servicios")
        row = person.under_cursor
        await person.presses("m", "down")
        entry = "Solicitar Clave de Confirmación"
        assert person.status == f"«{entry}» todavía no está disponible en este escritorio."
        await person.presses("enter")
        assert person.status == f"«{entry}» todavía no está disponible en este escritorio."
        await person.presses("escape")
        assert person.under_cursor == row
        assert person.status == ""
        await person.presses("m", "up", "down", "up", "enter")
        person.sees("Captura la Clave Prepago")


async def test_salir_ends_the_desk(distributor: Person) -> None:
    await distributor.presses("m", "end")
    assert distributor.under_cursor == "Salir"
    await distributor.presses("enter")
    assert distributor.has_left


async def test_who_only_looks_is_told_so(person: Person, store: Store) -> None:
    add_colleague(store, "mirona", Role.CONSULTA)
    await person.signs_in("mirona")
    await person.presses("m", "enter")
    person.sees_not("Captura la Clave Prepago")
    person.sees("Claves prepago")
