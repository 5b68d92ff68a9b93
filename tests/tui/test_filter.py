"""«Filtro»: which keys the list shows, and the sentence that says so (SPEC 4)."""

import pytest

from store.attempts.tables import AttemptKind
from store.installation.store import Store
from tests.store.contents import contents, verdicts
from tests.store.watch import Watch
from tests.tui.person import Person

DEFAULT = "Claves de prepago con: Fecha de contratación desde 14/05/2020 al 14/07/2020"
FIELDS = ("since", "until", "states", "units", "signs", "client")


async def filters(person: Person, **typed: str) -> None:
    """Open the filter, type into its fields, and apply it."""
    await person.presses("f")
    for field in FIELDS:
        if field == "states" and field in typed:
            await person.ticks(*typed[field].split())
        elif field in typed:
            await person.types_anew(typed[field])
        await person.presses("tab")
    await person.presses("enter")


async def test_it_opens_with_what_is_in_force(distributor: Person) -> None:
    await distributor.presses("f")
    distributor.sees("Fecha desde [14/05/2020 ]", "hasta [14/07/2020 ]")
    distributor.sees("Estatus [ ] Disponible [ ] Utilizada [ ] Retenida [ ] Anulada")
    distributor.sees("Cantidad [ ] Timbres", "Clave [ ]", "Cliente [ ]")
    distributor.sees("[ Aplicar ] [ Quitar filtro ]")
    await distributor.presses("escape")
    await filters(distributor, states="Utilizada", client="empre")
    await distributor.presses("f")
    distributor.sees("[x] Utilizada", "Cliente [empre ]")


async def test_dates_are_from_and_to(distributor: Person) -> None:
    await filters(distributor, since="13/05/2020", until="13-5-20")
    distributor.sees("Fecha de contratación desde 13/05/2020 al 13/05/2020", "1-1 de 1")
    assert "50 Timbres 13/05/2020 20/05/20 Utilizada Empresa 1" in distributor.under_cursor


@pytest.mark.parametrize(
    ("since", "until", "sentence", "keys"),
    [
        ("", "", "cualquier Fecha de contratación", 65),
        ("14/07/2020", "", "Fecha de contratación desde 14/07/2020", 3),
        ("", "13/05/2020", "Fecha de contratación hasta 13/05/2020", 37),
    ],
)
async def test_a_date_may_be_left_open(
    distributor: Person, since: str, until: str, sentence: str, keys: int
) -> None:
    await filters(distributor, since=since, until=until)
    distributor.sees(f"Claves de prepago con: {sentence} ", f"de {keys}")


async def test_every_column_can_be_asked_for(distributor: Person) -> None:
    await filters(distributor, states="Utilizada", units="50", signs="7bbk", client="FUENTE")
    distributor.sees(
        f"{DEFAULT}; Estatus Utilizada; Cantidad 50 Timbres; Clave con «7BBK»; Cliente con «FUENTE»"
    )
    assert [row.split()[0] for row in distributor.rows] == ["7BBK-••••-••••-2QD5"]


async def test_several_states_are_or(distributor: Person) -> None:
    await filters(distributor, states="Retenida Anulada")
    distributor.sees(f"{DEFAULT}; Estatus Anulada o Retenida")
    assert {row.split()[5] for row in distributor.rows} == {"Anulada", "Retenida"}
    assert len(distributor.rows) == 3


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("XOCHITL", "Xóchitl Casas Chávez"),
        ("ñandu", "Ñandú y Hermanos"),
        ("nandú", "Ñandú y Hermanos"),
        ("& elec", "Herrería & Eléctricos"),
        ("sin asig", "Sin asignar"),
    ],
)
async def test_a_client_is_found_by_any_part_blind_to_accents_and_case(
    distributor: Person, typed: str, found: str
) -> None:
    await filters(distributor, client=typed)
    assert distributor.rows
    for row in distributor.rows:
        assert row.endswith(found[:12]) or row.endswith(f"{found[:13]}…"), row


@pytest.mark.parametrize("typed", ["7bbk", "2QD5", "7BBK-••••-••••-2QD5", "7bbk 2345 6789 2qd5"])
async def test_a_key_is_found_by_its_visible_signs(distributor: Person, typed: str) -> None:
    await filters(distributor, signs=typed)
    assert [row.split()[0] for row in distributor.rows] == ["7BBK-••••-••••-2QD5"]


async def test_a_key_typed_whole_is_shown_nowhere(distributor: Person) -> None:
    await filters(distributor, signs="38SQ-Y7AU-NS7R-UHBE")
    distributor.sees("Clave con «38SQUHBE»", "Ninguna clave cumple el filtro; «f» lo cambia.")
    distributor.sees_not("Y7AU", "NS7R")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("since", "32/01/2020", "Escribe la fecha como 14/07/2020."),
        ("since", "ayer", "Escribe la fecha como 14/07/2020."),
        ("until", "29/02/2019", "Escribe la fecha como 14/07/2020."),
        ("until", "01/01/2020", "La fecha final es anterior a la inicial."),
        ("units", "muchos", "Escribe un número entero, como 50."),
        ("units", "-5", "Escribe un número entero, como 50."),
        ("units", "²", "Escribe un número entero, como 50."),
        ("signs", "38?Q", "Escribe signos de la clave, como 38SQ o UHBE."),
    ],
)
async def test_what_cannot_be_read_is_told_beside_its_field(
    distributor: Person, field: str, typed: str, sentence: str
) -> None:
    await filters(distributor, **{field: typed})
    distributor.sees("[ Aplicar ]", sentence)
    assert distributor.app.focused is not None
    assert distributor.app.focused.screen.query_one(f"#{field} TextField").has_focus
    await distributor.types_anew("")
    distributor.sees_not(sentence)
    await distributor.presses("enter")
    distributor.sees_not("[ Aplicar ]")


async def test_arrows_go_from_field_to_field_and_through_the_states(distributor: Person) -> None:
    await distributor.presses("f", *["down"] * 5, "space", "down")
    await distributor.types("50")
    await distributor.presses("up", "up", "space", *["up"] * 4)
    await distributor.types_anew("01/01/2020")
    await distributor.presses("enter")
    distributor.sees("desde 01/01/2020 al", "Estatus Anulada o Retenida; Cantidad 50 Timbres")


async def test_escape_changes_nothing(distributor: Person, store: Store) -> None:
    rows, before = distributor.rows, contents(store)
    await distributor.presses("f")
    await distributor.types_anew("01/01/2020")
    await distributor.presses("escape")
    distributor.sees(DEFAULT)
    assert distributor.rows == rows
    assert contents(store) == before


async def test_taking_the_filter_away_keeps_order_and_groups(distributor: Person) -> None:
    await distributor.presses("g")
    await distributor.ticks("Estatus")
    await distributor.presses("enter", "o", "home", "enter")
    await filters(distributor, client="empresa 1")
    distributor.sees("Cliente con «empresa 1»")
    await distributor.presses("f", "shift+tab")
    assert distributor.under_cursor == "[ Quitar filtro ]"
    await distributor.presses("enter")
    distributor.sees(f"{DEFAULT} Agrupado por Estatus (g)", "▲Clave", "28 claves")


async def test_a_range_that_was_not_touched_follows_the_day(
    distributor: Person, watch: Watch
) -> None:
    await filters(distributor, states="Disponible")
    watch.passes(days=1)
    await distributor.presses("r")
    distributor.sees("desde 15/05/2020 al 15/07/2020; Estatus Disponible")
    await filters(distributor, since="01/01/2020")
    watch.passes(days=1)
    await distributor.presses("r")
    distributor.sees("desde 01/01/2020 al 15/07/2020; Estatus Disponible")


async def test_markup_in_a_filter_is_only_text(distributor: Person, store: Store) -> None:
    await filters(distributor, client="[/][@click=app.quit]x")
    distributor.sees(
        "Cliente con «[/][@click=app.quit]x»", "Ninguna clave cumple el filtro; «f» lo cambia."
    )
    assert verdicts(store, AttemptKind.KEY) == []
