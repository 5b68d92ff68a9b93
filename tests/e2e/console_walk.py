"""The ways through the desk's pages and dialogs on which each is looked at: a distributor's, and the staff's."""

from __future__ import annotations

from collections.abc import Iterator

from store.demo import DISTRIBUTOR, GOOD_50, PASSWORD
from tests.e2e.console import Console
from tests.e2e.terminal import Terminal

Desk = Terminal | Console
Stop = tuple[str, str]
"""The name of a stop, and what is under the cursor there; nothing where it is in a field."""


def opens(desk: Desk, key: str, title: str) -> None:
    desk.press(key)
    desk.sees(f"┌─ {title}")


def closes(desk: Desk, title: str) -> None:
    desk.press("escape")
    desk.sees_no(f"┌─ {title}")


def each_window(desk: Desk, *windows: tuple[str, str, str, str]) -> Iterator[Stop]:
    """Open windows one after the other: by which key, under which title, the stop's name, what is under the cursor."""
    for key, title, name, marked in windows:
        opens(desk, key, title)
        yield name, marked
        closes(desk, title)


def windows_of_keys(desk: Desk) -> Iterator[Stop]:
    yield from each_window(
        desk,
        ("f", "Filtro", "filter", ""),
        ("c", "Columnas", "columns", "Clave"),
        ("g", "Agrupar", "group", "Clave"),
        ("o", "Ordenar", "sort", "Fecha"),
        ("v", "Mis vistas", "views", ""),
        ("e", "Exportar", "export", ""),
        ("l", "Activar varias claves", "many", ""),
        ("enter", "Clave [0-9A-Z]{4}-", "detail", ""),
        ("?", "Ayuda", "help", ""),
        ("w", "Mis sesiones", "sessions", "(esta)"),
        ("m", "Mis Servicios", "menu", "Activar claves de"),
    )


def activation(desk: Desk) -> Iterator[Stop]:
    opens(desk, "a", "Activar claves")
    yield "capture", ""
    desk.type(f"{GOOD_50}\r")
    desk.sees("válida")
    yield "confirm", ""
    opens(desk, "v", "Licencia de Uso")
    yield "licence", ""
    closes(desk, "Licencia de Uso")
    opens(desk, "f10", "Salir")
    yield "leave", "Salir"
    closes(desk, "Salir")
    desk.press("space", "enter")
    desk.sees("┌─ Aviso")
    yield "notice", "Aceptar"
    desk.press("enter")
    desk.sees_no("┌─ Aviso")


def espacio(desk: Desk) -> Iterator[Stop]:
    desk.press("m", "up", "up", "up", "up", "enter")
    desk.sees("Comienza Ahora")
    yield "espacio", "Comienza Ahora"
    opens(desk, "enter", "Espacio Aspel")
    yield "free", ""
    desk.press("enter")
    desk.sees_no("┌─ Espacio Aspel")
    opens(desk, "u", "Actualizar @spacio Aspel")
    desk.sees("Empieza hoy")
    yield "plans", ""
    closes(desk, "Actualizar @spacio Aspel")
    yield from each_window(
        desk,
        ("t", "Modalidades y planes", "combinations", "4G"),
        ("e", "Entrar al Espacio", "espacio-login", ""),
        ("k", "Contraseña del Espacio", "espacio-password", ""),
    )


def shop(desk: Desk) -> Iterator[Stop]:
    desk.press("m", "down", "down", "down", "down", "down", "down", "enter")
    desk.sees("Carrito")
    yield "cart", "50 Timbres"
    yield from each_window(
        desk,
        ("a", "Timbres", "packages", "50 Timbres"),
        ("c", "Cantidad", "quantity", ""),
        ("e", "Hacer pedido", "checkout", "Acepto"),
    )
    desk.press("p")
    desk.sees("Todavía no hay pedidos.")
    yield "orders", ""


def distributors_walk(desk: Desk) -> Iterator[Stop]:
    """Go through a distributor's desk."""
    desk.sees("Demostración")
    yield "login", ""
    desk.type(f"{DISTRIBUTOR}\r{PASSWORD}\r")
    desk.sees(r"1-1[67] de 28")
    yield "keys", "200 Timbres 14/07/2020 Inactiva"
    yield from windows_of_keys(desk)
    yield from activation(desk)
    yield from espacio(desk)
    yield from shop(desk)


def staffs_walk(desk: Desk) -> Iterator[Stop]:
    """Go through the pages of the staff."""
    desk.sees("Demostración")
    desk.type(f"admin\r{PASSWORD}\r")
    desk.sees("P-000010")
    yield "payments", "P-000009"
    yield from each_window(
        desk,
        ("enter", "Pedido P-000009", "payment", ""),
        ("r", "Registrar el pago", "record", ""),
        ("x", "Rechazar el pago", "reject", ""),
        ("n", "Nuevo pago", "new-payment", ""),
    )
    yield from next_page(desk, "Pedidos sin pagar", "P-000011", "staff-orders", "P-000008")
    yield from next_page(desk, "Estado de cuenta:", "Leer archivo", "statement", "")
    yield from each_window(desk, ("c", "Columnas del estado", "bank-columns", ""))
    yield from next_page(desk, "Reembolsos por", "Ningún", "refunds", "")
    yield from each_window(desk, ("n", "Pedir reembolso", "ask-refund", ""))
    yield from next_page(desk, "Correos", "Todavía no hay", "mails", "")
    yield from next_page(desk, "Bitácora", "Lote vencido", "audit", "Entró")
    yield from each_window(
        desk,
        ("enter", "Suceso", "event", ""),
        ("f", "Filtro", "audit-filter", ""),
    )
    desk.press("m", "down")
    opens(desk, "enter", "Escritorios")
    yield "desks", DISTRIBUTOR


def next_page(desk: Desk, title: str, words: str, name: str, marked: str) -> Iterator[Stop]:
    """Go to the page below this one in the menu, and wait until these words stand there."""
    desk.press("m", "down", "enter")
    desk.sees(f"(?s) {title}.*{words}")
    yield name, marked
