"""The desk at a kiosk: chosen entries, no files, one person a process, and no way out but its own code."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from pydantic import SecretStr

from store.accounts.passwords import hash_password
from store.accounts.tables import DeskSession, SessionEnd, StaffRole
from store.audit.tables import AuditEvent
from store.demo import DISTRIBUTOR, GOOD_50, PASSWORD
from store.installation.store import Store
from store.settings import KioskEntry
from tests.conftest import Picture
from tests.store.contents import kept, rows
from tests.tui.people import hire
from tests.tui.person import Person, at_the_desk
from tests.tui.seconds import Seconds, idles
from tui.app import DeskApp
from tui.kiosk import LEFT_BY_CODE, KioskApp, without_files

CODE = "caballo-bateria"


def kiosk_of(store: Store, **settings: object) -> Store:
    return without_files(replace(store, settings=store.settings.model_copy(update=settings)))


def wound(app: DeskApp) -> None:
    app.seconds = Seconds()


@pytest.fixture
async def passer_by(store: Store) -> AsyncIterator[Person]:
    """Somebody at the first page of a kiosk that has a code."""
    kiosk = kiosk_of(store, kiosk_code_hash=SecretStr(hash_password(CODE)))
    async with at_the_desk(kiosk, before=wound, kind=KioskApp) as person:
        yield person


async def test_the_main_job_and_then_the_next_person(passer_by: Person, store: Store) -> None:
    await passer_by.signs_in(DISTRIBUTOR)
    await passer_by.presses("a")
    await passer_by.types(GOOD_50)
    await passer_by.presses("enter", "space", "enter")
    passer_by.sees("Aviso")
    assert not passer_by.has_left
    await passer_by.presses("enter")
    assert passer_by.has_left
    assert passer_by.app.return_code in (None, 0)
    assert kept(store, GOOD_50).desk_id is not None
    assert rows(store, DeskSession)[-1].ending is SessionEnd.LEFT


async def test_the_menu_has_the_chosen_entries_only(passer_by: Person, picture: Picture) -> None:
    """«Mis Servicios» with one entry, and «Salir»."""
    await passer_by.signs_in(DISTRIBUTOR)
    await passer_by.presses("m")
    passer_by.sees("Activar claves de producto - Prepago", "Salir")
    passer_by.sees_not("Espacio", "Comprar ahora", "Mi Negocio", "Servidor")
    await picture(passer_by.pilot)


async def test_no_page_leads_to_what_was_not_chosen(store: Store) -> None:
    kiosk = kiosk_of(store, kiosk_entries=[KioskEntry.ESPACIO])
    async with at_the_desk(kiosk, kind=KioskApp) as person:
        await person.signs_in(DISTRIBUTOR)
        person.sees("Espacio")
        for entry in ("keys", "shop", "orders"):
            person.app.open_page(entry)
            await person.settles()
            assert person.status == "Este kiosco no ofrece esa página."


async def test_no_file_is_saved_or_read(passer_by: Person) -> None:
    await passer_by.signs_in(DISTRIBUTOR)
    await passer_by.presses("e")
    passer_by.sees("Aquí no se guardan archivos.")
    await passer_by.presses("l", "f3")
    await passer_by.types("claves.csv")
    await passer_by.presses("enter")
    passer_by.sees("Aquí no se guardan ni se leen archivos.")


async def test_the_staff_do_not_come_in_here(passer_by: Person, store: Store) -> None:
    hire(store, "cajera", StaffRole.CAJA)
    await passer_by.signs_in("cajera")
    passer_by.sees("En el kiosco no entra el personal.", "Iniciar sesión")
    assert rows(store, DeskSession)[-1].ending is SessionEnd.LEFT


async def test_f10_signs_out_and_does_not_leave_the_kiosk(passer_by: Person) -> None:
    await passer_by.signs_in(DISTRIBUTOR)
    await passer_by.presses("f10")
    assert passer_by.has_left
    assert passer_by.app.return_code in (None, 0)


async def test_after_a_minute_without_a_key_the_session_ends(
    passer_by: Person, store: Store
) -> None:
    await passer_by.signs_in(DISTRIBUTOR)
    await passer_by.presses("a")
    await passer_by.types("38SQ")
    await idles(passer_by, 45)
    passer_by.sees("La sesión terminará en 15 segundos; pulsa una tecla.")
    await passer_by.presses("up")
    passer_by.sees("Llevas 4 de 16 caracteres.")
    await idles(passer_by, 60)
    assert passer_by.has_left
    assert not passer_by.app._exit_renderables
    assert rows(store, DeskSession)[-1].ending is SessionEnd.IDLE


async def test_a_name_half_typed_goes_too_but_an_untouched_page_stays(passer_by: Person) -> None:
    await idles(passer_by, 1_000_000)
    assert not passer_by.has_left
    await passer_by.types("empre")
    await idles(passer_by, 60)
    assert passer_by.has_left


async def test_the_code(passer_by: Person, store: Store, picture: Picture) -> None:
    """One field, and that it is not for everybody."""
    await passer_by.presses("f10")
    await picture(passer_by.pilot)
    await passer_by.types("equivocado")
    await passer_by.presses("enter")
    passer_by.sees("El código no es correcto.")
    await passer_by.presses("escape")
    assert not passer_by.has_left
    await passer_by.presses("f10")
    await passer_by.types(CODE)
    await passer_by.presses("enter")
    assert passer_by.has_left
    assert passer_by.app.return_code == LEFT_BY_CODE
    refused, left = rows(store, AuditEvent)[-2:]
    assert (refused.action, left.action) == ("kiosk.code_refused", "kiosk.left")


async def test_guessing_the_code_has_to_wait(passer_by: Person) -> None:
    await passer_by.presses("f10")
    passer_by.sees("Dejar el kiosco")
    for _guess in range(5):
        await passer_by.types(PASSWORD)
        await passer_by.presses("enter")
        await passer_by.types_anew("")
    await passer_by.types(CODE)
    await passer_by.presses("enter")
    passer_by.sees("Demasiados intentos. Vuelve a intentar a las 13:15.")


async def test_without_a_code_no_key_leaves_it(store: Store) -> None:
    async with at_the_desk(kiosk_of(store), kind=KioskApp) as person:
        await person.presses("f10")
        await person.types(CODE)
        await person.presses("enter")
        person.sees("Este kiosco no tiene código; se deja desde otra terminal.")
