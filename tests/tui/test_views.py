"""«Mis vistas»: filter, columns, order and groups under a name (issue 4)."""

from sqlmodel import update

from store.demo import DISTRIBUTOR
from store.installation.store import Store
from store.keys.tables import SavedView
from tests.store.watch import Watch
from tests.tui.person import Person, at_the_desk

DEFAULT = "Claves de prepago con: Fecha de contratación desde 14/05/2020 al 14/07/2020"


async def shapes_the_list(person: Person) -> None:
    """Show the used keys only, without a column, by client, in groups."""
    await person.presses("f", "tab", "tab")
    await person.ticks("Utilizada")
    await person.presses("enter", "o", "end", "enter", "g")
    await person.ticks("Cantidad")
    await person.presses("enter", "c")
    await person.ticks("F. Activación")
    await person.presses("enter")


async def saves(person: Person, name: str) -> None:
    """Save what the list shows, from the page."""
    await person.presses("v", "n")
    await person.types(name)
    await person.presses("enter")


async def test_a_view_is_saved_and_opened_again(distributor: Person, watch: Watch) -> None:
    await shapes_the_list(distributor)
    there, headings = distributor.rows, distributor.headings
    await saves(distributor, "Usadas")
    distributor.sees("Mis vistas", "Vista inicial del escritorio", "Usadas")
    assert distributor.under_cursor == "Usadas"
    await distributor.presses("home", "enter")
    distributor.sees(f"{DEFAULT} Arrastra", "1-16 de 28")
    assert "F. Activ." in distributor.headings
    await distributor.presses("v", "down", "enter")
    distributor.sees(f"{DEFAULT}; Estatus Utilizada", "Agrupado por Cantidad (g)")
    assert (distributor.rows, distributor.headings) == (there, headings)
    watch.passes(days=1)
    await distributor.presses("v", "down", "enter")
    distributor.sees("desde 15/05/2020 al 15/07/2020; Estatus Utilizada")


async def test_the_desk_opens_with_the_view_that_is_the_default(store: Store) -> None:
    async with at_the_desk(store) as person:
        await person.signs_in(DISTRIBUTOR)
        await shapes_the_list(person)
        await saves(person, "Usadas")
        await person.presses("d")
        person.sees("* Usadas")
        await person.presses("escape")
        there = person.rows
    async with at_the_desk(store) as person:
        await person.signs_in(DISTRIBUTOR)
        person.sees("Estatus Utilizada", "Agrupado por Cantidad (g)")
        assert person.rows == there
        await person.presses("v", "down", "d")
        person.sees_not("* Usadas")


async def test_names_are_refused_beside_the_field_and_changed(distributor: Person) -> None:
    await saves(distributor, "Una")
    await distributor.presses("n", "enter")
    distributor.sees("Escribe un nombre para la vista.")
    await distributor.types("UNA")
    await distributor.presses("enter")
    distributor.sees("Ya tienes una vista con ese nombre.")
    await distributor.presses("escape", "r")
    await distributor.types("Otra [/]")
    await distributor.presses("enter")
    assert distributor.under_cursor == "Otra [/]"


async def test_saving_over_a_view_and_deleting_it_ask_first(distributor: Person) -> None:
    await saves(distributor, "Una")
    await distributor.presses("escape", "o", "home", "enter", "v", "down", "g")
    distributor.sees("¿Guardar en «Una» lo que muestra la lista ahora?")
    await distributor.presses("enter")
    distributor.sees("Se guardó en «Una».")
    await distributor.presses("home", "enter", "v", "down", "enter")
    assert distributor.headings.startswith("▲Clave")
    await distributor.presses("v", "down", "x")
    distributor.sees("¿Borrar la vista «Una»?")
    await distributor.presses("escape")
    distributor.sees("Una")
    await distributor.presses("x", "enter")
    distributor.sees_not("Una ")
    await distributor.presses("x", "r", "g")
    distributor.sees("Mis vistas")


async def test_a_damaged_view_is_a_sentence(store: Store) -> None:
    async with at_the_desk(store) as person:
        await person.signs_in(DISTRIBUTOR)
        await saves(person, "Una")
        await person.presses("d")
        with store.writing() as session:
            session.exec(update(SavedView).values(value="{"))
        await person.presses("enter")
        person.sees("La vista «Una» está dañada; bórrala y guárdala de nuevo.")
    async with at_the_desk(store) as person:
        await person.signs_in(DISTRIBUTOR)
        assert person.status == "La vista «Una» está dañada; bórrala y guárdala de nuevo."
        person.sees(DEFAULT)
