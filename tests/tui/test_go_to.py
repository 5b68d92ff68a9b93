"""«Ir a»: any row of a list, by its number or as a part of the list."""

import pytest

from store.errors import Mistyped
from tests.tui.person import Person
from tui.screens.go_to import read_place


@pytest.mark.parametrize(
    ("typed", "position"),
    [("1", 0), (" 28 ", 27), ("1,000", 999), ("0%", 0), ("50%", 500), ("50 %", 500), ("100%", 999)],
)
def test_a_row_or_a_part_is_a_position(typed: str, position: int) -> None:
    assert read_place(typed, 1000) == position


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Escribe el número de una fila, o una parte como 50%."),
        ("abajo", "Escribe el número de una fila, o una parte como 50%."),
        ("-1", "Escribe el número de una fila, o una parte como 50%."),
        ("٣", "Escribe el número de una fila, o una parte como 50%."),
        ("0", "Las filas van de la 1 a la 1,000."),
        ("1001", "Las filas van de la 1 a la 1,000."),
        ("101%", "La lista termina en el 100%."),
    ],
)
def test_what_is_no_row_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Mistyped) as refusal:
        read_place(typed, 1000)
    assert refusal.value.sentence == sentence


async def test_a_person_goes_to_a_row(distributor: Person) -> None:
    await distributor.presses("j")
    await distributor.types("99")
    await distributor.presses("enter")
    distributor.sees("Las filas van de la 1 a la 28.")
    await distributor.types_anew("28")
    await distributor.presses("enter")
    distributor.sees("13-28 de 28")
    assert distributor.under_cursor == distributor.rows[-1]
    await distributor.presses("j", "escape")
    assert distributor.under_cursor == distributor.rows[-1]
