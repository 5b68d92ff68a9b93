"""The help names every key that works where one is (SCREENS)."""

import pytest

from tests.tui.person import Person


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_on_the_page_both_keys_open_it(distributor: Person, key: str) -> None:
    await distributor.presses(key)
    distributor.sees(
        "Ayuda",
        "a Activar una clave de prepago.",
        "f Elegir qué claves se ven.",
        "l Activar muchas claves a la vez.",
    )
    await distributor.presses("end")
    distributor.sees(
        "r F5 Leer de nuevo la lista.",
        "? F1 Todas las teclas de aquí.",
        "F10 Ctrl+d Dejar el escritorio.",
    )
    await distributor.presses("escape")
    assert distributor.under_cursor == distributor.rows[0]


async def test_the_list_comes_first(distributor: Person) -> None:
    await distributor.presses("question_mark")
    assert distributor.lines[1].strip("│ ").startswith("↑ ")


async def test_in_a_field_the_question_mark_is_typed(distributor: Person) -> None:
    await distributor.presses("a", "?")
    distributor.sees("Llevas 1 de 16 caracteres.")
    await distributor.presses("f1")
    distributor.sees("Ayuda", "Borrar el carácter anterior.", "Enter Revisar la clave escrita.")
    distributor.sees_not("Elegir qué claves se ven.")
    await distributor.presses("escape")
    distributor.sees("Llevas 1 de 16 caracteres.")


async def test_the_login_page_has_help_too(person: Person) -> None:
    await person.presses("f1")
    person.sees("Enter Entrar con este usuario.", "Tab Ir al campo siguiente.", "F10 Ctrl+d Dejar")
    await person.presses("f1")
    person.sees("Entrar con este usuario.")
    await person.presses("escape")
    await person.signs_in("empresasis")
    person.sees("Claves prepago")


async def test_every_key_of_a_page_fits_into_the_window(distributor: Person) -> None:
    await distributor.presses("question_mark")
    for line in distributor.lines[1:-1]:
        assert line[0] + line[-1] == "││"
        assert "…" not in line
