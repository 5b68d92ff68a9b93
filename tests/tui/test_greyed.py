"""A key that does nothing now says why: the role and whom to ask, or what is missing."""

import pytest

from store.accounts.tables import Role, StaffRole
from store.demo import LARGE
from store.installation.store import Store
from tests.tui.people import add_colleague, hire
from tests.tui.person import Person

DESK_ROLES = "Tu papel no lo permite; pídelo a un titular o a un operador."


async def goes_to(person: Person, entry: str) -> None:
    await person.presses("m")
    await person.goes_to(entry)
    await person.presses("enter")


async def test_who_only_looks_is_told_whom_to_ask(person: Person, store: Store) -> None:
    add_colleague(store, "mirona", Role.CONSULTA)
    await person.signs_in("mirona")
    await goes_to(person, "Espacio")
    await person.presses("u")
    assert person.status == DESK_ROLES
    await person.presses("k")
    assert person.status == "El escritorio todavía no tiene un Espacio."
    await goes_to(person, "Comprar ahora")
    await person.presses("e")
    assert person.status == DESK_ROLES
    await person.presses("p", "f")
    assert person.status == "La lista está vacía."
    await person.presses("d")
    assert person.status == DESK_ROLES
    await person.presses("w", "x")
    person.sees("En esta sesión estás; termina con «Salir».")


async def test_the_order_under_the_cursor_is_told_of(person: Person) -> None:
    await person.signs_in(LARGE, door="Mi cuenta Aspel")
    await goes_to(person, "Comprar ahora")
    await person.presses("e")
    assert person.status == "El carrito está vacío."
    await person.presses("p", "r")
    assert person.status == "El comprobante es de un pedido pagado."
    await person.presses("end", "f")
    assert person.status == "Ese pedido ya no espera un pago."


@pytest.mark.parametrize(
    ("role", "entry", "key", "sentence"),
    [
        (StaffRole.CAJA, "Pagos", "c", "Antes se registra ese pago («r»)."),
        (StaffRole.CAJA, "Reembolsos", "a", "Tu papel no lo permite; pídelo a un administrador."),
        (StaffRole.CAJA, "Estado de cuenta", "p", "No hay otro estado de cuenta."),
        (StaffRole.CAJA, "Pedidos", "x", "Tu papel no lo permite; pídelo a soporte o a un administrador."),
        (StaffRole.SOPORTE, "Correos", "r", "La lista está vacía."),
    ],
)  # fmt: skip
async def test_the_staff_are_told_too(
    person: Person, store: Store, role: StaffRole, entry: str, key: str, sentence: str
) -> None:
    hire(store, "alguien", role)
    await person.signs_in("alguien")
    await goes_to(person, entry)
    await person.presses(key)
    assert person.status == sentence


async def test_the_view_of_everybody_stays(distributor: Person) -> None:
    await distributor.presses("v", "x")
    distributor.sees("Mis vistas", "La vista inicial es de todos: no se cambia ni se borra.")
