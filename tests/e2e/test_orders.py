"""From the free gigabyte to a paid plan, by four people at their terminals (SPEC 5 and 6)."""

import re

from store.demo import CUSTOMER
from tests.e2e.conftest import Command, Sit, enter, outbox


def test_a_plan_is_contracted_paid_by_two_and_delivered(sit: Sit, command: Command) -> None:
    desk = sit()
    enter(desk, CUSTOMER)
    desk.press("m", "up", "up", "up", "up", "enter")
    desk.sees("1GB Gratis Comienza Ahora")
    desk.press("enter")
    desk.sees("El servicio se activó de forma correcta.")
    desk.press("enter")
    desk.press("u")
    desk.sees(r"\$ 65\.00[\s\S]*\$ 0\.00[\s\S]*\$ 65\.00[\s\S]*\$ 10\.40[\s\S]*\$ 75\.40")
    desk.press("enter")
    desk.sees("Carrito")
    desk.sees("1 Producto")
    desk.press("e")
    desk.sees("Condiciones del contrato")
    desk.press("space", "enter")
    desk.sees("Mis pedidos")
    folio = desk.sees(r"P-\d{6}")
    desk.press("f")
    desk.sees("FICHA DE PAGO")
    desk.press("escape", "d")
    desk.sees("Declarar el pago")
    desk.press("tab", "tab", "tab")
    desk.type("BBVA\tABC123\r")
    desk.sees("En revisión")

    first = sit()
    enter(first, "caja1")
    first.sees(folio)
    first.press("end", "r")
    first.sees(f"Registrar el pago de {folio}")
    first.press("enter")
    first.sees(f"Pedido {folio}: En revisión")
    first.press("end", "c")
    first.sees(f"Confirmar el pago de {folio}[\\s\\S]*ABC123")
    first.press("enter")
    first.sees("lo confirma otra persona")

    second = sit()
    enter(second, "caja2")
    second.sees(folio)
    second.press("end", "c")
    second.sees(f"Confirmar el pago de {folio}")
    second.press("enter")
    second.sees(f"Pedido {folio}: Surtido")

    subjects = [mail["asunto"] for mail in outbox(command)]
    assert any(re.search("Contrataste @spacio 4G", subject) for subject in subjects)
    again = sit()
    enter(again, CUSTOMER)
    again.press("m", "up", "up", "up", "up", "enter")
    again.sees("4G · Activo")
    assert command("doctor").returncode == 0
