"""Getting in: two doors, one login (SPEC 1)."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from store.accounts.tables import DeskState
from store.attempts.tables import AttemptKind, Verdict
from store.errors import StoreMissing
from store.installation.store import Store
from tests.store.contents import verdicts
from tests.store.refusals import WRONG_CREDENTIALS
from tests.store.watch import Watch
from tests.tui.people import block, set_desk
from tests.tui.person import Person, at_the_desk
from tui.app import REFUSED, DeskApp

CUSTOMERS, DISTRIBUTORS = "Mi cuenta Aspel", "Acceso a Distribuidores"


async def test_the_page_asks_for_usuario_and_password(person: Person) -> None:
    person.sees("Escritorio de servicios 14/07/2020", "Usuario", "Contraseña", "[ Iniciar sesión ]")
    person.sees(f"( ) {CUSTOMERS} (•) {DISTRIBUTORS}")
    assert person.bar == "Enter Iniciar sesión  Tab Siguiente  F1 Ayuda  F10 Salir"
    await person.types("ana?")
    person.sees("Usuario ana?")


async def test_enter_goes_on_to_the_password_and_then_in(person: Person) -> None:
    await person.types("empresasis")
    await person.presses("enter")
    await person.types("demo2020")
    person.sees("Contraseña ••••••••")
    await person.presses("enter")
    person.sees("Claves prepago")
    person.sees("Póliza: EMPRESA SIS...")
    assert person.lines[0].endswith(" empresasis")


async def test_a_customer_comes_in_by_the_other_door(person: Person) -> None:
    await person.signs_in("kemper", door=CUSTOMERS)
    person.sees("Póliza: ESCUELA KEM...", "kemper", "Claves prepago")


@pytest.mark.parametrize(
    ("username", "password"),
    [("nadie", "demo2020"), ("empresasis", "equivocada"), ("' OR 1=1", "x")],
)
async def test_unknown_and_wrong_get_one_answer(
    person: Person, username: str, password: str
) -> None:
    await person.signs_in(username, password)
    person.sees(f"Usuario {username}", f"Contraseña {WRONG_CREDENTIALS}")


async def test_after_a_refusal_the_password_is_typed_anew(person: Person) -> None:
    await person.signs_in("empresasis", "equivocada")
    await person.types("demo2020")
    await person.presses("enter")
    person.sees("Claves prepago")


async def test_the_usuario_is_read_in_capitals_and_with_spaces_too(person: Person) -> None:
    await person.signs_in(" EmpresaSIS ")
    person.sees("Claves prepago")


async def test_each_empty_field_is_told_beside_it(person: Person) -> None:
    await person.presses("enter", "enter")
    person.sees("Escribe tu usuario.")
    await person.types("empresasis")
    person.sees_not("Escribe tu usuario.")
    await person.presses("enter", "enter")
    person.sees("Escribe tu contraseña.")
    await person.types("demo2020")
    await person.presses("enter")
    person.sees("Claves prepago")


@pytest.mark.parametrize(
    ("username", "wrong", "right"),
    [("empresasis", CUSTOMERS, DISTRIBUTORS), ("kemper", DISTRIBUTORS, CUSTOMERS)],
)
async def test_at_the_wrong_door_the_mark_moves_and_enter_signs_in(
    person: Person, username: str, wrong: str, right: str
) -> None:
    await person.signs_in(username, door=wrong)
    person.sees(
        f"(•) {right}",
        f"( ) {wrong}",
        f"Tu usuario entra por «{right}»; presiona Enter para entrar.",
    )
    await person.presses("enter")
    person.sees("Claves prepago", username)


async def test_the_right_door_is_told_to_nobody_with_a_wrong_password(person: Person) -> None:
    await person.signs_in("empresasis", "equivocada", door=CUSTOMERS)
    person.sees(WRONG_CREDENTIALS, f"(•) {CUSTOMERS}")


async def test_five_wrong_passwords_make_one_wait(
    person: Person, store: Store, watch: Watch
) -> None:
    await person.signs_in("empresasis", "equivocada")
    for _ in range(4):
        await person.types("equivocada")
        await person.presses("enter")
    person.sees(WRONG_CREDENTIALS)
    await person.types("demo2020")
    await person.presses("enter")
    person.sees("Demasiados intentos. Vuelve a intentar a las 13:15.")
    assert verdicts(store, AttemptKind.SIGN_IN) == [Verdict.COUNTED] * 5
    watch.passes(minutes=15)
    await person.types("demo2020")
    await person.presses("enter")
    person.sees("Claves prepago")


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [
        (lambda store: block(store, "kemper"), "Tu cuenta está bloqueada. Llama a soporte."),
        (
            lambda store: set_desk(store, "kemper", DeskState.CLOSED),
            "Tu escritorio está cerrado. Llama a soporte.",
        ),
    ],
)
async def test_who_may_not_work_is_told_so_after_a_right_password(
    person: Person, store: Store, happens: Callable[[Store], None], sentence: str
) -> None:
    happens(store)
    await person.signs_in("kemper", "equivocada")
    person.sees(WRONG_CREDENTIALS)
    await person.types("demo2020")
    await person.presses("enter")
    person.sees(sentence)


async def test_the_first_access_is_told_and_then_the_last_one(
    store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 50022 192.0.2.1 22")
    async with at_the_desk(store) as person:
        await person.signs_in("empresasis")
        assert person.status == "Es tu primer acceso."
    watch.passes(hours=3)
    async with at_the_desk(store) as person:
        await person.signs_in("empresasis")
        assert person.status == "Último acceso: 14/07/2020 13:00 desde 192.0.2.7."


async def test_enter_twice_signs_in_once(person: Person, store: Store) -> None:
    await person.types("empresasis")
    await person.presses("enter")
    person.hits(*"demo2020", "enter", "enter")
    await person.settles()
    assert verdicts(store, AttemptKind.SIGN_IN) == [Verdict.FREE]


async def test_what_is_typed_before_the_store_is_open_is_not_lost(store: Store) -> None:
    opened = threading.Event()

    def open_slowly() -> Store:
        opened.wait(10)
        return store

    app = DeskApp(open_slowly)
    async with app.run_test(size=(80, 24)) as pilot:
        person = Person(app, pilot)
        person.hits(*"empresasis", "enter", *"demo2020", "enter", "a")
        await person.sees_soon("Verificando…")
        opened.set()
        await person.settles()
        person.sees("Captura la Clave Prepago")


async def test_a_store_that_cannot_be_opened_ends_the_desk_with_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def missing() -> Store:
        raise StoreMissing("/srv/desk.db")

    app = DeskApp(missing)
    async with app.run_test() as pilot:
        await Person(app, pilot).settles()
    assert app.return_code == REFUSED
    assert capsys.readouterr().err.split() == StoreMissing("/srv/desk.db").sentence.split()


async def test_the_password_is_said_on_the_demos_page_and_nowhere_else(store: Store) -> None:
    async with at_the_desk(store) as person:
        person.sees("empresasis (distribuidor) o kemper (cliente); contraseña demo2020.")
        await person.signs_in("empresasis")
        person.sees_not("demo2020")
    async with at_the_desk(replace(store, is_demo=False)) as person:
        person.sees("Iniciar sesión")
        person.sees_not("demo2020", "Demostración")
