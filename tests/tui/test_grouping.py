"""Grouping: by one column or several, nested, folded, with what each group holds (SPEC 4)."""

from store.demo import DISTRIBUTOR, GOOD_50
from store.installation.store import Store
from tests.store.people import member
from tests.tui.people import confirm_elsewhere
from tests.tui.person import Person


async def groups(person: Person, *columns: str) -> None:
    """Group by these columns, the outermost first."""
    await person.presses("g")
    await person.ticks(*columns)
    await person.presses("enter")


async def test_each_group_says_how_many_keys_and_stamps_it_holds(distributor: Person) -> None:
    await groups(distributor, "Estatus")
    distributor.sees("Agrupado por Estatus (g)", "28 claves · 6,050 Timbres")
    await distributor.presses("home", "enter", "down", "enter", "down", "enter", "down", "enter")
    assert distributor.rows == [
        "► Estatus: Anulada · 2 claves · 550 Timbres",
        "► Estatus: Disponible · 7 claves · 2,000 Timbres",
        "► Estatus: Retenida · 1 clave · 500 Timbres",
        "► Estatus: Utilizada · 18 claves · 3,000 Timbres",
    ]


async def test_groups_are_numbered_in_the_order_of_ticking(distributor: Person) -> None:
    await distributor.presses("g")
    await distributor.ticks("Cliente", "Cantidad")
    distributor.sees("[2] Cantidad", "[1] Cliente", "[ ] Clave")
    await distributor.ticks("Cliente")
    distributor.sees("[1] Cantidad", "[ ] Cliente")


async def test_groups_nest(distributor: Person) -> None:
    await groups(distributor, "Estatus", "Cantidad")
    distributor.sees("Agrupado por Estatus > Cantidad (g)")
    assert distributor.rows[:5] == [
        "▼ Estatus: Anulada · 2 claves · 550 Timbres",
        "▼ Cantidad: 50 Timbres · 1 clave · 50 Timbres",
        "356T-••••-••••-WREP 50 Timbres 06/06/2020 Inactiva Anulada Sin asignar",
        "▼ Cantidad: 500 Timbres · 1 clave · 500 Timbres",
        "AQP9-••••-••••-T7W2 500 Timbres 14/05/2020 Inactiva Anulada Sin asignar",
    ]
    await distributor.presses("home", "enter")
    assert distributor.rows[:2] == [
        "► Estatus: Anulada · 2 claves · 550 Timbres",
        "▼ Estatus: Disponible · 7 claves · 2,000 Timbres",
    ]
    assert distributor.under_cursor == distributor.rows[0]


async def test_what_was_folded_inside_stays_so(distributor: Person) -> None:
    await groups(distributor, "Estatus", "Cantidad")
    await distributor.presses("home", "down", "enter", "up", "enter", "enter")
    assert distributor.rows[:3] == [
        "▼ Estatus: Anulada · 2 claves · 550 Timbres",
        "► Cantidad: 50 Timbres · 1 clave · 50 Timbres",
        "▼ Cantidad: 500 Timbres · 1 clave · 500 Timbres",
    ]


async def test_folds_stay_when_the_list_is_read_again(distributor: Person, store: Store) -> None:
    await groups(distributor, "Estatus")
    await distributor.presses("home", "enter")
    confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_50)
    await distributor.presses("r")
    assert distributor.rows[:3] == [
        "► Estatus: Anulada · 2 claves · 550 Timbres",
        "▼ Estatus: Disponible · 8 claves · 2,050 Timbres",
        "38SQ-••••-••••-UHBE 50 Timbres 14/07/2020 Inactiva Disponible Sin asignar",
    ]


async def test_a_key_inside_a_group_is_opened(distributor: Person) -> None:
    await groups(distributor, "Cliente")
    await distributor.goes_to("AHJ6-••••-••••-8P3W")
    await distributor.presses("enter")
    distributor.sees("Clave AHJ6-••••-••••-8P3W", "Historia")


async def test_clients_are_in_spanish_order(distributor: Person) -> None:
    await groups(distributor, "Cliente")
    found = []
    await distributor.presses("home")
    while "Xóchitl" not in distributor.under_cursor:
        found.append(distributor.under_cursor.split(" · ")[0])
        await distributor.presses("enter", "down")
    assert found == [
        f"▼ Cliente: {client}"
        for client in (
            "Sin asignar",
            "Adriana Juárez Fernández",
            "Empresa 1",
            "Empresa 2",
            "Empresa 3",
            "Herrería & Eléctricos",
            "Karla Fuente Nolasco",
            "Ñandú y Hermanos",
            "Orgánicos Ñávez Osorio",
        )
    ]


async def test_no_column_ticked_is_a_plain_list_again(distributor: Person) -> None:
    rows = distributor.rows
    await groups(distributor, "Fecha")
    assert distributor.rows[0] == "▼ Fecha: 14/07/2020 · 3 claves · 450 Timbres"
    await groups(distributor, "Fecha")
    distributor.sees("Arrastra una columna aquí para agrupar por ella (g)", "1-16 de 28")
    assert distributor.rows == rows


async def test_escape_changes_nothing(distributor: Person) -> None:
    await distributor.presses("g")
    await distributor.ticks("Fecha")
    await distributor.presses("escape")
    distributor.sees("Arrastra una columna aquí para agrupar por ella (g)")


async def test_paging_goes_over_group_lines_too(distributor: Person) -> None:
    await groups(distributor, "Clave", "Cantidad")
    await distributor.presses("end")
    assert distributor.under_cursor.startswith("W2GY-••••-••••-U7Y4")
    await distributor.presses("home")
    assert distributor.under_cursor.startswith("▼ Clave: 22E6-••••-••••-FSBN · 1 clave")
    await distributor.presses("pagedown", "pageup")
    assert distributor.under_cursor.startswith("▼ Clave: 22E6-••••-••••-FSBN · 1 clave")


async def test_left_folds_and_right_unfolds_however_often(distributor: Person) -> None:
    await groups(distributor, "Estatus")
    await distributor.presses("home", "left", "left")
    assert distributor.under_cursor == "► Estatus: Anulada · 2 claves · 550 Timbres"
    await distributor.presses("right", "right")
    assert distributor.under_cursor == "▼ Estatus: Anulada · 2 claves · 550 Timbres"
    await distributor.presses("down", "left", "right")
    distributor.sees("▼ Estatus: Anulada")
