"""What the staff do with other people's money: each page and window as a picture, and what they answer.

`make pictures` draws the pictures anew.
"""

import secrets
from pathlib import Path

import pytest

from store.audit.tables import AuditEvent
from store.demo import FREE
from store.installation.store import Store
from tests.conftest import Picture
from tests.store.contents import rows
from tests.tui.person import Person, at_the_desk


async def goes_to(person: Person, page: str) -> None:
    await person.presses("m")
    await person.goes_to(page)
    await person.presses("enter")


async def test_confirming_shows_what_to_look_for(store: Store, picture: Picture) -> None:
    """Amount, way, day and who recorded it, before anybody says yes."""
    async with at_the_desk(store) as caja2:
        await caja2.signs_in("caja2")
        await caja2.goes_to("Registrado")
        await caja2.presses("c")
        await picture(caja2.pilot)
        await caja2.presses("enter")
        caja2.sees("Surtido")


async def test_who_recorded_it_may_not_confirm(store: Store) -> None:
    async with at_the_desk(store) as caja1:
        await caja1.signs_in("caja1")
        await caja1.goes_to("Registrado")
        await caja1.presses("c", "enter")
        caja1.sees("Lo registraste tú: lo confirma otra persona.")


async def test_recording_what_was_declared(store: Store, picture: Picture) -> None:
    """As the customer said it, to be compared with the bank."""
    async with at_the_desk(store) as caja1:
        await caja1.signs_in("caja1")
        await caja1.goes_to("Declarado")
        await caja1.presses("r")
        await picture(caja1.pilot)


async def test_money_that_looks_like_other_money_is_asked_about(
    store: Store, picture: Picture
) -> None:
    """The same number and amount with another bank: a person says whether it is another movement."""
    async with at_the_desk(store) as caja1:
        await caja1.signs_in("caja1")
        for bank in ("Banorte", "HSBC"):
            await caja1.presses("n")
            await caja1.types("P-000011")
            await caja1.presses("enter", "tab")
            await caja1.types_anew("10.00")
            await caja1.presses("tab", "tab")
            await caja1.types(bank)
            await caja1.presses("tab")
            await caja1.types("ABC123456")
            await caja1.presses("enter")
        await picture(caja1.pilot)
        await caja1.presses("escape")
        caja1.sees("Se parece a un pago de P-000011")
        await caja1.presses("enter", "enter")  # an Enter too many says no
        caja1.sees("Se parece a un pago de P-000011")
        await caja1.presses("enter", "shift+tab", "enter")
        caja1.sees("Pedido P-000011: En revisión.")


async def test_orders_of_all_desks(store: Store, picture: Picture) -> None:
    """What waits for money or for delivery, whosever it is."""
    async with at_the_desk(store) as caja1:
        await caja1.signs_in("caja1")
        await goes_to(caja1, "Pedidos")
        await picture(caja1.pilot)
        await caja1.goes_to("Pagado")
        await caja1.presses("s")
        caja1.sees("Surtido.")


async def test_soporte_cancels_an_order_with_a_reason(store: Store) -> None:
    async with at_the_desk(store) as soporte:
        await soporte.signs_in("soporte")
        await goes_to(soporte, "Pedidos")
        await soporte.goes_to("Por pagar")
        await soporte.presses("x")
        await soporte.types("Lo pidió por teléfono")
        await soporte.presses("enter")
        soporte.sees("quedó cancelado.")


async def test_a_refund_by_two(store: Store, picture: Picture) -> None:
    """What it undoes is told to who asks; amount and effects again to who decides."""
    async with at_the_desk(store) as caja1:
        await caja1.signs_in("caja1")
        await goes_to(caja1, "Reembolsos")
        await caja1.presses("n")
        await caja1.types("P-000001")
        await caja1.presses("enter")
        await caja1.types("No lo usaron")
        await caja1.presses("enter")
        caja1.sees("Otra persona lo decide.")
    async with at_the_desk(store) as admin:
        await admin.signs_in("admin")
        await goes_to(admin, "Reembolsos")
        await admin.presses("a")
        await picture(admin.pilot)
        await admin.presses("enter")
        admin.sees("Devuelto; el saldo a favor es $ 9,940.04.")


async def test_columns_of_the_bank(store: Store, picture: Picture) -> None:
    """How the bank heads its columns: said once."""
    async with at_the_desk(store) as caja1:
        await caja1.signs_in("caja1")
        await goes_to(caja1, "Estado de cuenta")
        await caja1.presses("f5", "c")
        await picture(caja1.pilot)


async def test_every_statement_can_be_seen_again(store: Store, tmp_path: Path) -> None:
    """Two banks' files of one day: the first one's lines are not lost behind the second's."""
    for name in ("uno", "dos"):
        text = f"Fecha;Abono;Referencia\n14/07/2020;1.903,29;{name}\n"
        (tmp_path / f"{name}.csv").write_bytes(text.encode("cp1252"))
    async with at_the_desk(store) as caja1:
        await caja1.signs_in("caja1")
        await goes_to(caja1, "Estado de cuenta")
        await caja1.presses("c")
        await caja1.types("Banco de ejemplo")
        await caja1.presses("enter")
        for name in ("uno", "dos"):
            await caja1.presses("l")
            await caja1.types(str(tmp_path / f"{name}.csv"))
            await caja1.presses("enter")
        caja1.sees("dos.csv (1 de 2)", "$ 1,903.29")
        await caja1.presses("p")
        caja1.sees("uno.csv (2 de 2)")


async def test_a_code_handed_over_in_person(
    store: Store, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Soporte sees it once, for who sits opposite; the audit says that it was handed over, and to which desk."""
    monkeypatch.setattr(secrets, "choice", lambda signs: signs[7])
    async with at_the_desk(store) as soporte:
        await soporte.signs_in("soporte")
        await goes_to(soporte, "Escritorios")
        await soporte.types(FREE)
        await soporte.presses("enter")
        await goes_to(soporte, "Espacio")
        await soporte.presses("h")
        await picture(soporte.pilot)
        soporte.sees("Código: 9999-9999")
    event = rows(store, AuditEvent)[-1]
    assert event.action == "espacio.code_handed_over"
    assert event.desk_id is not None


@pytest.mark.parametrize("username", ["caja1", "auditor"])
async def test_nobody_else_hands_a_code_over(store: Store, username: str) -> None:
    async with at_the_desk(store) as person:
        await person.signs_in(username)
        await goes_to(person, "Escritorios")
        await person.types(FREE)
        await person.presses("enter")
        await goes_to(person, "Espacio")
        await person.presses("h")
        person.sees_not("Código:")


async def test_a_sample_is_marked_for_the_staff(store: Store) -> None:
    async with at_the_desk(store) as auditor:
        await auditor.signs_in("auditor")
        await goes_to(auditor, "Escritorios")
        await auditor.types(FREE)
        await auditor.presses("enter")
        await goes_to(auditor, "Espacio")
        await auditor.presses("t")
        auditor.sees("Origen", "semilla", "muestra")
