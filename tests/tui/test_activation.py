"""Activating a prepaid key, as a person does it (SPEC 3): every answer, and what it leaves behind."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from store import database
from store.accounts.tables import DeskState, Role
from store.attempts.tables import AttemptKind, Verdict
from store.demo import ANOTHER_DESKS, CUSTOMER, DISTRIBUTOR, EXPIRED, GOOD_50, GOOD_200, VOID
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.activation import ConfirmedKey, confirm_key
from store.keys.life import Move
from store.keys.listing import KeyListing
from store.keys.tables import KeyState
from store.mail.tables import Mail
from tests.store.contents import TRACES, contents, kept, rows, verdicts
from tests.store.lots import moved, unknown
from tests.store.people import member
from tests.store.refusals import BUSY, UNAVAILABLE
from tests.store.watch import Watch
from tests.tui.people import add_colleague, change_role, confirm_elsewhere, set_desk
from tests.tui.person import Person, at_the_desk
from tui.screens.keys import page as keys_page

CAPTURE, NOTICE = "Captura la Clave Prepago", "válidos solo para este Escritorio."
ACCEPT = "Debes aceptar la Licencia de Uso."
ROW = "38SQ-••••-••••-UHBE 50 Timbres 14/07/2020 Inactiva Disponible Sin asignar"
HERE = "Esta clave ya está en tu escritorio: Disponible desde 14/07/2020."


async def test_five_keys_besides_the_code(distributor: Person, store: Store) -> None:
    await distributor.presses("a")
    distributor.sees(CAPTURE, "Llevas 0 de 16 caracteres.", "[ Activar ] [ Cancelar ]")
    await distributor.types("38sq y7au ns7r uhbe")
    distributor.sees("38SQ-Y7AU-NS7R-UHBE", "Llevas 16 de 16 caracteres.")
    await distributor.presses("enter")
    distributor.sees("Clave 38SQ-Y7AU-NS7R-UHBE válida (incluye 50 Timbres)")
    distributor.sees("[ ] Acepto la Licencia de Uso. Ver Licencia (v)")
    await distributor.presses("space")
    distributor.sees("[x] Acepto la Licencia de Uso.")
    await distributor.presses("enter")
    distributor.sees("Aviso", NOTICE, "[ Aceptar ]")
    await distributor.presses("enter")
    assert distributor.rows[0] == distributor.under_cursor == ROW
    assert len(distributor.rows) == 16
    distributor.sees("1-16 de 29")
    distributor.sees_not("UHBE válida", "38SQ-Y7AU", "Aviso")
    assert [mail.subject for mail in rows(store, Mail)] == [
        "Clave de prepago confirmada: 38SQ-••••-••••-UHBE"
    ]


async def test_a_colleagues_key_of_the_same_moment_does_not_take_the_cursor(
    distributor: Person, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes above one's own after that was looked for in the list, and before the list is read."""
    look_for = KeyListing.index_of

    def overtaken(listing: KeyListing, key_id: int, *, near: int = 0) -> int | None:
        found = look_for(listing, key_id, near=near)
        confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_200)
        return found

    monkeypatch.setattr(KeyListing, "index_of", overtaken)
    await distributor.activates(GOOD_50)
    assert distributor.rows[1] == distributor.under_cursor == ROW
    distributor.sees_not("Se quitó el filtro")


@pytest.mark.parametrize(
    "pasted", ["38SQY7AUNS7RUHBE", "38SQ Y7AU\r\nNS7R UHBE\n", " 38sq–y7au–ns7r–uhbe"]
)
async def test_a_key_is_pasted_in_any_shape(distributor: Person, pasted: str) -> None:
    await distributor.presses("a")
    await distributor.pastes(pasted)
    distributor.sees("38SQ-Y7AU-NS7R-UHBE", "Llevas 16 de 16 caracteres.")


async def test_signs_are_taken_back_and_put_in_between(distributor: Person) -> None:
    await distributor.presses("a")
    await distributor.types("38sq9y7auns7ruhbe")
    distributor.sees("38SQ-9Y7A-UNS7-RUHB-E", "Llevas 17 de 16 caracteres.")
    await distributor.presses("home", *["right"] * 6, "backspace")
    distributor.sees("38SQ-Y7AU-NS7R-UHBE", "Llevas 16 de 16 caracteres.")
    await distributor.presses("backspace")
    await distributor.types("q")
    distributor.sees("38SQ-Y7AU-NS7R-UHBE")


MISTYPED = [
    ("", "Captura la clave de prepago."),
    ("- -", "Captura la clave de prepago."),
    ("38sqy7auns7ruhb", "La clave tiene 16 caracteres; escribiste 15."),
    ("38sqy7auns7ruhbee", "La clave tiene 16 caracteres; escribiste 17."),
    ("38sqy70uns7ruhbe", "Las claves no usan 0, 1, I, L ni O: revisa el carácter 7."),
    ("38sq-y7au-ns7r-uhbo", "Las claves no usan 0, 1, I, L ni O: revisa el carácter 16."),
    ("38sq?7auns7ruhbe", "El carácter 5 («?») no puede ir en una clave."),
    ("38sqñ7auns7ruhbe", "El carácter 5 («Ñ») no puede ir en una clave."),
    ("38sq[7auns7ruhbe", "El carácter 5 («[») no puede ir en una clave."),
]
TYPO, TYPO_TOLD = "38sqy7auns7ruheb", "La clave no está bien escrita; revísala."


async def test_keys_that_are_not_well_written(distributor: Person, store: Store) -> None:
    before = contents(store)
    await distributor.presses("a")
    for typed, sentence in MISTYPED:
        await distributor.types_anew(typed)
        await distributor.presses("enter")
        distributor.sees(CAPTURE, sentence)
    assert contents(store) == before


async def test_a_wrong_check_symbol_is_counted_softly(distributor: Person, store: Store) -> None:
    before = contents(store, without=TRACES)
    await distributor.presses("a")
    await distributor.types(TYPO)
    for _ in range(20):
        await distributor.presses("enter")
        distributor.sees(TYPO_TOLD)
    await distributor.presses("enter")
    distributor.sees("Demasiados intentos. Vuelve a intentar a las 13:15.")
    assert verdicts(store, AttemptKind.KEY) == []
    assert contents(store, without=TRACES) == before


async def test_one_text_for_every_key_that_cannot_be_had(distributor: Person, store: Store) -> None:
    moved(store, GOOD_200, Move.HOLD)
    before = contents(store, without=TRACES)
    await distributor.presses("a")
    for typed in (VOID, ANOTHER_DESKS, EXPIRED, GOOD_200, unknown()):
        await distributor.types_anew(typed)
        distributor.sees_not(UNAVAILABLE)
        await distributor.presses("enter")
        distributor.sees(CAPTURE, UNAVAILABLE)
    assert contents(store, without=TRACES) == before
    assert verdicts(store, AttemptKind.KEY) == [Verdict.COUNTED] * 5


async def test_after_a_refusal_the_next_key_is_typed_over_it(distributor: Person) -> None:
    await distributor.presses("a")
    await distributor.types(VOID)
    await distributor.presses("enter")
    distributor.sees(UNAVAILABLE)
    await distributor.types_anew(GOOD_50)
    distributor.sees_not(UNAVAILABLE)
    await distributor.presses("enter")
    distributor.sees("válida (incluye 50 Timbres)")


async def test_the_sixth_guess_has_to_wait_even_for_a_good_key(
    distributor: Person, store: Store, watch: Watch
) -> None:
    await distributor.presses("a")
    for _ in range(5):
        await distributor.types_anew(unknown())
        await distributor.presses("enter")
        distributor.sees(UNAVAILABLE)
    await distributor.types_anew(GOOD_50)
    await distributor.presses("enter")
    distributor.sees("Demasiados intentos. Vuelve a intentar a las 13:15.")
    assert kept(store, GOOD_50).state is KeyState.ISSUED
    watch.passes(minutes=15)
    await distributor.presses("enter")
    distributor.sees("válida (incluye 50 Timbres)")


async def test_a_key_that_is_here_already_is_shown_in_its_row(
    distributor: Person, store: Store
) -> None:
    confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_50)
    await distributor.presses("end", "a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter")
    assert distributor.under_cursor == ROW
    assert distributor.status == HERE
    assert verdicts(store, AttemptKind.KEY)[-1] is Verdict.FREE


async def test_a_key_that_a_colleague_confirms_meanwhile_is_shown_in_its_row(
    distributor: Person, store: Store
) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space")
    confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_50)
    await distributor.presses("enter")
    assert distributor.under_cursor == ROW
    assert distributor.status == HERE
    assert len(rows(store, Mail)) == 1


async def test_a_key_that_another_desk_takes_meanwhile(distributor: Person, store: Store) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space")
    confirm_elsewhere(store, member(store, CUSTOMER), GOOD_50)
    before = contents(store, without=TRACES)
    await distributor.presses("enter")
    distributor.sees(UNAVAILABLE)
    distributor.sees_not("válida (incluye", "38SQ")
    assert contents(store, without=TRACES) == before
    assert distributor.under_cursor == "[ Activar otra Clave ]"


@pytest.fixture
def impatient(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The same store, whose patience ends at once instead of after five seconds."""
    monkeypatch.setattr(database, "BUSY_AFTER", 0.05)
    return open_store(store.settings)


async def test_a_busy_store_says_so_and_the_key_can_be_tried_again(impatient: Store) -> None:
    async with at_the_desk(impatient) as person:
        await person.signs_in(DISTRIBUTOR)
        other = sqlite3.connect(impatient.settings.store, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await person.presses("a")
        await person.types(GOOD_50)
        await person.presses("enter")
        person.sees(CAPTURE, "38SQ-Y7AU-NS7R-UHBE", BUSY)
        other.execute("ROLLBACK")
        await person.presses("enter", "space")
        other.execute("BEGIN IMMEDIATE")
        await person.presses("enter")
        person.sees("38SQ-Y7AU-NS7R-UHBE válida", "[x] Acepto la Licencia de Uso.", BUSY)
        assert kept(impatient, GOOD_50).state is KeyState.ISSUED
        other.execute("ROLLBACK")
        other.close()
        await person.presses("enter")
        person.sees(NOTICE)
    impatient.close()


async def test_without_the_box_nothing_is_confirmed(distributor: Person, store: Store) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter")
    before = contents(store)
    await distributor.presses("enter")
    distributor.sees(ACCEPT, "[ ] Acepto la Licencia de Uso.")
    assert contents(store) == before
    await distributor.presses("space")
    distributor.sees_not(ACCEPT)
    await distributor.presses("space", "enter")
    distributor.sees(ACCEPT)


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_the_buttons_do_what_enter_does(distributor: Person, key: str) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("tab")
    assert distributor.under_cursor == "[ Activar ]"
    await distributor.presses(key, "space", "tab")
    assert distributor.under_cursor == "[ Confirmar ]"
    await distributor.presses(key)
    assert distributor.under_cursor == "[ Aceptar ]"
    await distributor.presses(key)
    assert distributor.under_cursor == ROW


async def test_another_key_drops_the_first_one_unconfirmed(
    distributor: Person, store: Store
) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space", "tab", "tab")
    assert distributor.under_cursor == "[ Activar otra Clave ]"
    await distributor.presses("enter")
    distributor.sees(CAPTURE, "Llevas 0 de 16 caracteres.")
    await distributor.types(GOOD_200)
    await distributor.presses("enter")
    distributor.sees("Clave YZWZ-J3HS-WU5H-XDMW válida (incluye 200 Timbres)", "[ ] Acepto")
    await distributor.presses("space", "enter", "enter")
    assert distributor.under_cursor.startswith("YZWZ-••••-••••-XDMW 200 Timbres 14/07/2020")
    assert kept(store, GOOD_50).state is KeyState.ISSUED
    assert len(rows(store, Mail)) == 1


async def test_escape_at_each_step_before_the_confirmation_changes_nothing(
    distributor: Person, store: Store
) -> None:
    before = contents(store, without=TRACES)
    first = distributor.rows
    await distributor.presses("a", "escape", "a")
    await distributor.types(GOOD_50)
    await distributor.presses("escape", "a")
    distributor.sees("Llevas 0 de 16 caracteres.")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space", "escape")
    assert distributor.rows == first
    assert contents(store, without=TRACES) == before
    assert verdicts(store, AttemptKind.KEY) == [Verdict.FREE]


async def test_cancelling_changes_nothing(distributor: Person, store: Store) -> None:
    before = contents(store)
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("tab", "tab")
    assert distributor.under_cursor == "[ Cancelar ]"
    await distributor.presses("enter")
    distributor.sees_not(CAPTURE)
    assert contents(store) == before


async def test_escape_at_the_notice_leaves_the_key_confirmed(
    distributor: Person, store: Store
) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space", "enter")
    distributor.sees(NOTICE)
    assert kept(store, GOOD_50).state is KeyState.AVAILABLE
    await distributor.presses("escape")
    assert distributor.under_cursor == ROW


async def test_enter_twice_on_the_key_confirms_nothing(distributor: Person, store: Store) -> None:
    await distributor.presses("a")
    distributor.hits(*GOOD_50, "enter", "enter")
    await distributor.settles()
    distributor.sees(ACCEPT)
    assert verdicts(store, AttemptKind.KEY) == [Verdict.FREE]
    assert kept(store, GOOD_50).state is KeyState.ISSUED


async def test_enter_twice_on_the_confirmation_confirms_once(
    distributor: Person, store: Store
) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space")
    distributor.hits("enter", "enter")
    await distributor.settles()
    assert distributor.under_cursor == ROW
    assert len(rows(store, Mail)) == 1


async def test_a_pressed_twice_opens_one_window(distributor: Person) -> None:
    distributor.hits("a", "a")
    await distributor.settles()
    distributor.sees(CAPTURE, "Llevas 1 de 16 caracteres.")
    await distributor.presses("escape")
    distributor.sees_not(CAPTURE)


async def test_escape_while_the_key_is_being_confirmed_waits_its_turn(
    distributor: Person, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = threading.Event(), threading.Event()

    def confirm_slowly(*arguments: Any, **options: Any) -> ConfirmedKey:
        asked.set()
        assert answered.wait(10)
        return confirm_key(*arguments, **options)

    monkeypatch.setattr(keys_page, "confirm_key", confirm_slowly)
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space")
    distributor.hits("enter", "escape")
    await asyncio.to_thread(asked.wait, 10)
    distributor.sees("[x] Acepto la Licencia de Uso.")
    answered.set()
    await distributor.settles()
    assert kept(store, GOOD_50).state is KeyState.AVAILABLE
    assert distributor.under_cursor == ROW


async def test_the_licence_is_read_and_the_box_stays_as_it_was(distributor: Person) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space", "v")
    distributor.sees("Licencia de Uso, versión 1", "LICENCIA DE USO DE CLAVES DE PREPAGO")
    distributor.sees_not("proveedor de los servicios.")
    await distributor.presses("end")
    distributor.sees_not("LICENCIA DE USO DE CLAVES DE PREPAGO")
    await distributor.presses("escape")
    distributor.sees("[x] Acepto la Licencia de Uso.")
    await distributor.presses("v", "enter")
    distributor.sees("[x] Acepto la Licencia de Uso.")


async def hides_by_filter(person: Person) -> None:
    await person.presses("f")
    await person.types_anew("01/06/2020")
    await person.presses("tab")
    await person.types_anew("30/06/2020")
    await person.presses("enter")
    person.sees("desde 01/06/2020 al 30/06/2020")


async def hides_in_a_folded_group(person: Person) -> None:
    await person.presses("g")
    await person.ticks("Estatus")
    await person.presses("enter")
    await person.goes_to("▼ Estatus: Disponible")
    await person.presses("enter")
    assert person.under_cursor.startswith("► Estatus: Disponible")


@pytest.mark.parametrize("hides", [hides_by_filter, hides_in_a_folded_group])
async def test_a_view_that_hides_the_new_key_gives_way_to_the_default_one(
    distributor: Person, hides: Callable[[Person], Awaitable[None]]
) -> None:
    await hides(distributor)
    await distributor.activates(GOOD_50)
    assert distributor.under_cursor == ROW
    distributor.sees("Fecha de contratación desde 14/05/2020 al 14/07/2020", "1-16 de 29")


async def test_a_view_that_shows_the_new_key_stays(distributor: Person) -> None:
    await distributor.presses("o", "home", "enter")
    await distributor.activates(GOOD_200)
    assert distributor.under_cursor.startswith("YZWZ-••••-••••-XDMW 200 Timbres")
    distributor.sees("▲Clave")
    assert distributor.rows[-1] == distributor.under_cursor


async def test_who_only_looks_is_offered_nothing_to_activate(person: Person, store: Store) -> None:
    add_colleague(store, "mirona", Role.CONSULTA)
    await person.signs_in("mirona")
    await person.presses("a")
    person.sees_not("Captura la Clave Prepago")
    assert person.status == "Tu cuenta no puede activar claves; pídelo a un titular u operador."
    await person.presses("question_mark")
    person.sees("a (ahora no) Activar una clave de prepago.")


async def test_a_role_that_changes_meanwhile_is_refused_by_the_store(
    person: Person, store: Store
) -> None:
    add_colleague(store, "operadora", Role.OPERADOR)
    await person.signs_in("operadora")
    await person.presses("a")
    await person.types(GOOD_50)
    await person.presses("enter", "space")
    change_role(store, "operadora", Role.CONSULTA)
    await person.presses("enter")
    person.sees("Tu cuenta cambió; sal y vuelve a entrar.")
    assert kept(store, GOOD_50).state is KeyState.ISSUED


async def test_a_suspended_desk_activates_nothing(distributor: Person, store: Store) -> None:
    set_desk(store, DISTRIBUTOR, DeskState.SUSPENDED)
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter")
    distributor.sees("Tu escritorio no puede activar claves. Llama a soporte.")
