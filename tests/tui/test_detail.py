"""A key's detail: its row in words, and its whole story (SPEC 4)."""

import pytest
from sqlmodel import col, delete

from store.demo import DISTRIBUTOR, GOOD_50
from store.installation.store import Store
from store.keys.life import Move
from store.keys.tables import PrepaidKey
from tests.store.lots import moved
from tests.store.people import member
from tests.tui.people import confirm_elsewhere
from tests.tui.person import Person


async def test_a_used_key_tells_its_whole_story(distributor: Person) -> None:
    await distributor.presses("down", "enter")
    distributor.sees(
        "Clave AHJ6-••••-••••-8P3W",
        "Cantidad 200 Timbres Fecha 14/07/2020 F. Activación 14/07/20 Estatus Utilizada",
        "Cliente Empresa 1",
        "Historia 02/01/2020 10:00 Se emitió en el lote D-000200.",
        "14/07/2020 11:05 La confirmó empresasis, que aceptó la Licencia de Uso versión 1.",
        "14/07/2020 Empresa 1 comenzó a usarla; desde entonces está asignada.",
    )


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_it_closes_and_the_cursor_is_where_it_was(distributor: Person, key: str) -> None:
    await distributor.presses("down", "down")
    row = distributor.under_cursor
    await distributor.presses("enter")
    distributor.sees("Historia")
    await distributor.presses(key)
    distributor.sees_not("Historia")
    assert distributor.under_cursor == row


async def test_what_the_staff_did_is_told_with_its_reason(
    distributor: Person, store: Store
) -> None:
    await distributor.activates(GOOD_50)
    moved(store, GOOD_50, Move.WITHHOLD, "La tarjeta se perdió.")
    moved(store, GOOD_50, Move.RELEASE, "Apareció.")
    moved(store, GOOD_50, Move.WITHHOLD, "Se perdió otra vez.")
    await distributor.presses("r", "enter")
    distributor.sees(
        "Estatus Retenida Cliente Sin asignar Motivo Se perdió otra vez.",
        "14/07/2020 13:00 Pasó de disponible a retenida: La tarjeta se perdió.",
        "14/07/2020 13:00 Pasó de retenida a disponible: Apareció.",
    )


async def test_the_row_that_is_seen_is_the_one_that_opens(
    distributor: Person, store: Store
) -> None:
    row = distributor.under_cursor
    confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_50)
    await distributor.presses("enter")
    distributor.sees(f"Clave {row.split()[0]}")


async def test_a_key_that_is_gone_from_the_desk_says_so(distributor: Person, store: Store) -> None:
    with store.writing() as session:
        session.exec(delete(PrepaidKey).where(col(PrepaidKey.signs) == "TM9P5RWP"))
    await distributor.presses("enter")
    assert distributor.status == "La clave ya no está en este escritorio."
