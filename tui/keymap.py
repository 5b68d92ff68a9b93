"""README's table of keys, written from the bindings themselves: `python -m tui.keymap README.md [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode

from store.text import _
from tui.app import DeskApp
from tui.keyboard import key_name
from tui.screens.audit.page import AuditPage
from tui.screens.espacio.page import EspacioPage
from tui.screens.espacio.picker import PickPlan
from tui.screens.form import Form
from tui.screens.go_to import GoTo
from tui.screens.keys.capture import CaptureKey
from tui.screens.keys.columns import PickColumns
from tui.screens.keys.confirm import ConfirmKey
from tui.screens.keys.detail import KeyDetail
from tui.screens.keys.export import ExportKeys
from tui.screens.keys.filter import FilterKeys
from tui.screens.keys.list_page import KeyListPage
from tui.screens.keys.many import CaptureMany
from tui.screens.keys.many_verdicts import ConfirmMany
from tui.screens.keys.page import KeysPage
from tui.screens.keys.search import SearchLine
from tui.screens.keys.views import PickView
from tui.screens.lists.page import ListPage
from tui.screens.locked import Locked
from tui.screens.login import Login
from tui.screens.mail.page import MailsPage
from tui.screens.menu import Menu
from tui.screens.orders.cart import CartPage
from tui.screens.orders.checkout import PlaceOrder
from tui.screens.orders.page import OrdersPage
from tui.screens.page import Page
from tui.screens.payments.orders import StaffOrdersPage
from tui.screens.payments.page import PaymentsPage
from tui.screens.payments.refunds import RefundsPage
from tui.screens.payments.statement import StatementPage
from tui.screens.pick_desk import PickDesk
from tui.screens.question import Question
from tui.screens.sessions.mine import MySessions
from tui.screens.tell import Tell
from tui.screens.too_small import TooSmall
from tui.widgets.button import DeskButton
from tui.widgets.grid import Grid
from tui.widgets.options import Options
from tui.widgets.radio_mark import RadioMarks
from tui.widgets.reading import Reading
from tui.widgets.sidebar import Sidebar
from tui.widgets.text_field import TextField
from tui.widgets.text_lines import TextLines
from tui.widgets.tick_box import TickBox
from tui.widgets.tick_list import TickList

BEGIN, END = "<!-- keys: written by `make keys` -->", "<!-- end of keys -->"

PLACES: tuple[tuple[str, type[DOMNode]], ...] = (
    (_("Todo el escritorio"), DeskApp),
    (_("Inicio de sesión"), Login),
    (_("Cualquier página"), Page),
    (_("Claves prepago"), KeysPage),
    (_("La lista de claves"), KeyListPage),
    (_("Una lista"), Grid),
    (_("Pedidos y las listas del personal"), ListPage),
    (_("Cualquier ventana"), Question),
    (_("Captura de la clave"), CaptureKey),
    (_("Confirmación de la clave"), ConfirmKey),
    (_("Varias claves"), CaptureMany),
    (_("Varias claves, una por una"), ConfirmMany),
    (_("Licencia y otros textos"), Tell),
    (_("Filtro"), FilterKeys),
    (_("Ir a"), GoTo),
    (_("Columnas y Agrupar"), PickColumns),
    (_("Búsqueda"), SearchLine),
    (_("Mis vistas"), PickView),
    (_("Exportar"), ExportKeys),
    (_("Detalle de una clave"), KeyDetail),
    (_("Menú"), Menu),
    (_("El menú, fila a fila"), Sidebar),
    (_("Un formulario"), Form),
    (_("Espacio"), EspacioPage),
    (_("Modalidades de Espacio"), PickPlan),
    (_("Carrito"), CartPage),
    (_("Hacer pedido"), PlaceOrder),
    (_("Mis pedidos"), OrdersPage),
    (_("Pagos (personal)"), PaymentsPage),
    (_("Pedidos (personal)"), StaffOrdersPage),
    (_("Estado de cuenta (personal)"), StatementPage),
    (_("Reembolsos (personal)"), RefundsPage),
    (_("Correos (personal)"), MailsPage),
    (_("Bitácora (personal)"), AuditPage),
    (_("Escritorios (personal)"), PickDesk),
    (_("Mis sesiones"), MySessions),
    (_("Un campo"), TextField),
    (_("Un campo de varias líneas"), TextLines),
    (_("Un texto largo"), Reading),
    (_("Una lista para elegir"), Options),
    (_("Sesión bloqueada"), Locked),
    (_("Terminal pequeña"), TooSmall),
    (_("Un botón"), DeskButton),
    (_("Una casilla"), TickBox),
    (_("Varias casillas"), TickList),
    (_("Puertas de acceso"), RadioMarks),
)
"""Who declares keys, by the name of the place where they work."""


def table() -> Iterator[str]:
    """Give the lines of the table, in Markdown."""
    yield _("| Dónde | Tecla | Qué hace |")
    yield "|---|---|---|"
    for place, owner in PLACES:
        actions: dict[str, list[str]] = {}
        words: dict[str, str] = {}
        for binding in Binding.make_bindings(vars(owner)["BINDINGS"]):
            actions.setdefault(binding.action, []).append(f"`{key_name(binding)}`")
            words[binding.action] = binding.tooltip
        for action, keys in actions.items():
            yield f"| {place} | {' '.join(keys)} | {words[action]} |"


def with_table(text: str) -> str:
    """Give a text with the table between its two marks."""
    before, _mark, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return "\n".join([before + BEGIN, "", *table(), "", END + after])


def main(words: list[str]) -> int:
    """Write the table into the file, or with `--check` tell whether it stands there already."""
    file = Path(next(word for word in words if not word.startswith("-")))
    text = file.read_text("utf-8")
    fresh = with_table(text)
    if "--check" in words:
        if fresh != text:
            print(f"{file}: the table of keys is stale; run `make keys`", file=sys.stderr)
        return int(fresh != text)
    file.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
