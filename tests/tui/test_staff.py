"""The staff: no desk of their own, so they choose one to look at (SPEC 8)."""

from typing import Any

import pytest

from store.accounts import desks
from store.accounts.desks import DeskRow, search_desks
from store.accounts.tables import StaffRole
from store.errors import StoreUnreachable
from store.installation.store import Store
from tests.tui.people import hire
from tests.tui.person import Person, at_the_desk


async def opens_the_list(person: Person) -> None:
    """Go to the menu's entry where the staff choose a desk."""
    await person.presses("m")
    await person.goes_to("Escritorios")
    await person.presses("enter")


@pytest.fixture
async def auditor(store: Store, person: Person) -> Person:
    """An auditor who is about to choose a desk."""
    hire(store, "auditora", StaffRole.AUDITOR)
    await person.signs_in("auditora")
    await opens_the_list(person)
    return person


async def test_they_may_use_either_door(store: Store) -> None:
    hire(store, "auditora", StaffRole.AUDITOR)
    for door in ("Mi cuenta Aspel", "Acceso a Distribuidores"):
        async with at_the_desk(store) as person:
            await person.signs_in("auditora", door=door)
            person.sees_not("Iniciar sesión")
            assert person.lines[0].endswith(" auditora")


async def test_a_desk_is_found_by_any_part_of_its_name(auditor: Person) -> None:
    auditor.sees("Escritorios", "empresasis", "kemper", "herreria")
    await auditor.types("ELÉCT")
    auditor.sees("herreria H&E951128469 HERRERIA & ELECTRICOS")
    auditor.sees_not("kemper")
    await auditor.types_anew("eku9")
    auditor.sees("kemper EKU9003173C9 ESCUELA KEMPER URGATE")
    auditor.sees_not("herreria")
    await auditor.types_anew("nadie así")
    auditor.sees_not("kemper", "herreria")
    await auditor.presses("enter", "down")
    auditor.sees("Escritorios")


async def test_the_arrows_move_in_the_list_while_words_are_typed(auditor: Person) -> None:
    await auditor.presses("down", "down", "up", "enter")
    auditor.sees("Póliza: ESCUELA KEM...", "Ninguna clave cumple el filtro; «f» lo cambia.")


async def test_they_look_and_do_not_activate(auditor: Person) -> None:
    await auditor.types("sistemas")
    await auditor.presses("enter")
    auditor.sees("Póliza: EMPRESA SIS...", "1-16 de 28")
    await auditor.presses("a")
    auditor.sees_not("Captura la Clave Prepago")
    auditor.sees(
        "Tu cuenta no puede activar claves; pídelo a un titular u operador.", "a (Activar)"
    )
    await auditor.presses("enter")
    auditor.sees("Historia")


async def test_escape_chooses_none(auditor: Person) -> None:
    await auditor.presses("escape")
    auditor.sees_not("herreria")
    assert auditor.lines[0].endswith(" auditora")


async def test_a_store_that_cannot_be_read_says_so_below_the_field(
    store: Store, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((StoreUnreachable(), None))

    def unreachable_at_first(*arguments: Any) -> list[DeskRow]:
        if refusal := next(answers):
            raise refusal
        return search_desks(*arguments)

    monkeypatch.setattr(desks, "search_desks", unreachable_at_first)
    hire(store, "auditora", StaffRole.AUDITOR)
    await person.signs_in("auditora")
    await opens_the_list(person)
    person.sees("Buscar", StoreUnreachable().sentence)
    person.sees_not("kemper")
    await person.types("k")
    person.sees("kemper")
    person.sees_not(StoreUnreachable().sentence)
