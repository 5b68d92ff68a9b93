"""«Activar varias claves»: many keys at once, one verdict a line, the good ones confirmed together (SPEC 3)."""

from typing import Any

import pytest

from store.accounts.tables import Role
from store.demo import GOOD_50, GOOD_200, VOID
from store.errors import StoreBusy
from store.installation.store import Store
from store.keys.activation import ConfirmedKey, confirm_key
from store.keys.tables import KeyState
from store.mail.tables import Mail
from tests.store.contents import contents, kept, rows
from tests.store.lots import issued, unknown
from tests.tui.people import add_colleague
from tests.tui.person import Person

MIXED = f"{GOOD_50}\n\n38SQ-Y7AU-NS7R-UHB\n{GOOD_200.lower()}\n{VOID}\n{GOOD_50}"


async def checks(person: Person, text: str) -> None:
    """Paste keys and let them be checked."""
    await person.presses("l")
    await person.pastes(text)
    await person.presses("f2")


async def test_one_verdict_a_line_and_the_good_ones_masked(distributor: Person) -> None:
    await checks(distributor, MIXED)
    distributor.sees(
        "1 38SQ-••••-••••-UHBE Válida (50 Timbres)",
        "3 38SQ… La clave tiene 16 caracteres; escribiste 15.",
        "4 YZWZ-••••-••••-XDMW Válida (200 Timbres)",
        "5 E39G-••••-••••-H3UP La clave no es válida o ya no está disponible.",
        "6 38SQ-••••-••••-UHBE Repetida: es la de la línea 1.",
        "2 válidas (250 Timbres) · 3 con problema",
    )
    distributor.sees_not("Y7AU", "J3HS")


async def test_the_good_ones_are_confirmed_with_the_licence_accepted_once(
    distributor: Person, store: Store
) -> None:
    await checks(distributor, MIXED)
    await distributor.presses("enter")
    distributor.sees("Debes aceptar la Licencia de Uso.")
    await distributor.presses("space", "enter")
    distributor.sees("2 confirmadas · 3 con problema")
    assert kept(store, GOOD_50).state is kept(store, GOOD_200).state is KeyState.AVAILABLE
    assert len(rows(store, Mail)) == 2
    await distributor.presses("enter")
    distributor.sees("serán válidos solo")
    await distributor.presses("enter")
    assert distributor.status == "Se confirmaron 2 claves (250 Timbres)."
    assert "YZWZ-••••-••••-XDMW" in distributor.under_cursor


async def test_keys_come_as_keystrokes_where_pastes_have_no_brackets(distributor: Person) -> None:
    await distributor.presses("a", "f2")
    await distributor.presses("f2")
    distributor.sees("Captura la clave de prepago.")
    distributor.hits(*("enter" if sign == "\n" else sign for sign in MIXED))
    await distributor.settles()
    distributor.sees("5 líneas escritas.", "6 38SQ-Y7AU-NS7R-UHBE")
    await distributor.presses("tab", "enter")
    distributor.sees("2 válidas (250 Timbres) · 3 con problema")


async def test_who_confirms_nothing_comes_back_to_what_was_typed(
    distributor: Person, store: Store
) -> None:
    before = contents(store, without=("attempt", "counter", "audit_event", "audit_head"))
    await checks(distributor, MIXED)
    await distributor.presses("escape")
    distributor.sees("5 líneas escritas.", "6 38SQ-Y7AU-NS7R-UHBE")
    await distributor.presses("escape")
    distributor.sees("Claves prepago")
    assert contents(store, without=("attempt", "counter", "audit_event", "audit_head")) == before


async def test_past_the_limit_the_rest_stays_unchecked(distributor: Person, store: Store) -> None:
    await checks(distributor, "\n".join([*(unknown() for _key in range(7)), GOOD_50]))
    distributor.sees("Demasiados intentos. Vuelve a intentar a las 13:15.")
    distributor.sees("5 con problema · 3 sin revisar")
    assert kept(store, GOOD_50).state is KeyState.ISSUED


async def test_the_good_ones_are_confirmed_however_many_others_there_were(
    distributor: Person, store: Store
) -> None:
    await checks(distributor, "\n".join([GOOD_50, *(unknown() for _key in range(5))]))
    await distributor.presses("space", "enter")
    distributor.sees("1 confirmada")
    assert kept(store, GOOD_50).state is KeyState.AVAILABLE


async def test_escape_stops_after_the_key_in_hand(
    distributor: Person, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = issued(store, 4)
    await checks(distributor, "\n".join(keys))

    def confirm(*given: Any, **named: Any) -> ConfirmedKey:
        distributor.app.call_from_thread(distributor.hits, "escape")
        return confirm_key(*given, **named)

    monkeypatch.setattr("store.keys.many.confirm_key", confirm)
    await distributor.presses("space", "enter")
    distributor.sees("confirmada", "válidas")
    confirmed = [key for key in keys if kept(store, key).state is KeyState.AVAILABLE]
    assert 1 <= len(confirmed) < 4


async def test_a_busy_store_stops_and_the_rest_can_be_confirmed_after(
    distributor: Person, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await checks(distributor, f"{GOOD_50}\n{GOOD_200}")
    with monkeypatch.context() as patch:
        patch.setattr("store.keys.many.confirm_key", _refuse_busy)
        await distributor.presses("space", "enter")
    distributor.sees(StoreBusy().sentence, "2 válidas")
    await distributor.presses("enter")
    distributor.sees("2 confirmadas")


def _refuse_busy(*_given: object, **_named: object) -> None:
    raise StoreBusy


async def test_from_a_file_keys_are_never_shown_in_clear(distributor: Person, store: Store) -> None:
    folder = store.settings.imports
    folder.mkdir(parents=True)
    (folder / "claves.csv").write_text(f"\ufeffclave,timbres\r\n{GOOD_50},50\r\n{GOOD_200},200\r\n")
    await distributor.presses("l", "f3")
    await distributor.types("nada.csv")
    await distributor.presses("enter")
    distributor.sees("No se puede leer nada.csv: no existe.")
    await distributor.types_anew("claves.csv")
    await distributor.presses("enter")
    distributor.sees("2 válidas (250 Timbres)", "2 38SQ-••••-••••-UHBE")
    distributor.sees_not("Y7AU")


async def test_who_only_looks_cannot(person: Person, store: Store) -> None:
    add_colleague(store, "mirona", Role.CONSULTA)
    await person.signs_in("mirona")
    await person.presses("l")
    person.sees_not("Activar varias claves")
