"""«Ordenar»: by any column, in Spanish order (SPEC 4)."""

import pytest

from tests.tui.person import Person


async def sorts(person: Person, column: str) -> None:
    """Sort by a column; by the one in force, the other way."""
    await person.presses("o")
    await person.goes_to(column)
    await person.presses("enter")


async def test_the_window_marks_the_order_in_force(distributor: Person) -> None:
    await distributor.presses("o")
    distributor.sees("Ordenar", "Enter ordena; otra vez, al revés.", "▼ Fecha")
    assert distributor.under_cursor == "▼ Fecha"


@pytest.mark.parametrize(
    ("column", "heading", "first", "last"),
    [
        ("Clave", "▲Clave", "22E6-", "W2GY-"),
        ("Cantidad", "▲Cantidad", "50 Timbres 14/05", "500 Timbres"),
        ("F. Activación", "▼F. Activ.", "14/07/20 Utilizada", "Inactiva"),
        ("Estatus", "▲Estatus", "Anulada", "Utilizada"),
        ("Cliente", "▲Cliente", "Sin asignar", "Xóchitl"),
    ],
)
async def test_each_column_orders_the_list_and_then_the_other_way(
    distributor: Person, column: str, heading: str, first: str, last: str
) -> None:
    await sorts(distributor, column)
    assert heading in distributor.headings
    assert distributor.under_cursor == distributor.rows[0]
    ends = distributor.under_cursor
    await distributor.presses("end")
    ends += "|" + distributor.under_cursor
    await sorts(distributor, column)
    assert heading.translate(str.maketrans("▲▼", "▼▲")) in distributor.headings
    await distributor.presses("home")
    assert last in ends.split("|")[1]
    assert distributor.under_cursor == ends.split("|")[1]


async def test_oldest_first_is_newest_first_the_other_way(distributor: Person) -> None:
    rows = distributor.rows
    await sorts(distributor, "Fecha")
    assert "▲Fecha" in distributor.headings
    await distributor.presses("end")
    assert distributor.rows == rows[::-1]


async def test_spanish_order(distributor: Person) -> None:
    await sorts(distributor, "Cliente")
    await distributor.presses("end", "home", "pagedown")
    clients = [row.split(" Utilizada ")[-1] for row in distributor.rows if "Utilizada" in row]
    named = [client for client in clients if client[0] in "KÑO"]
    assert named == sorted(named, key=lambda name: "KÑO".index(name[0]))
    assert {name[0] for name in named} == {"K", "Ñ", "O"}


async def test_escape_changes_nothing(distributor: Person) -> None:
    rows = distributor.rows
    await distributor.presses("o", "home", "escape")
    assert distributor.rows == rows
    assert "▼Fecha" in distributor.headings


async def test_the_order_stays_under_filter_and_columns(distributor: Person) -> None:
    await sorts(distributor, "Clave")
    await distributor.presses("f", "tab", "tab")
    await distributor.ticks("Retenida", "Anulada")
    await distributor.presses("enter", "c")
    await distributor.ticks("Cliente")
    await distributor.presses("enter")
    assert [row[:4] for row in distributor.rows] == ["356T", "7RSR", "AQP9"]
    assert "▲Clave" in distributor.headings
