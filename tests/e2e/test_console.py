"""Each page and dialog on a Linux console: every glyph is there, no text has the colour of its ground, and the cursor
shows by more than a colour; on a real one where there is one, and on pyte everywhere.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR, GOOD_50, PASSWORD
from tests.e2e.console import Console, a_console, lacking
from tests.e2e.console_picture import FONT, Font, picture
from tests.e2e.look import (
    BLACK,
    GREY,
    WHITE,
    Rows,
    colours,
    under_cursor,
    unreadable,
    without_glyph,
)
from tests.e2e.terminal import CHECKOUT, Terminal

SHELF = CHECKOUT / "docs/console"
IS_DRAWN = "DRAW_CONSOLE" in os.environ
PLAIN = {BLACK, WHITE, GREY, GREY + WHITE}
"""What is left without colours: bold is bright, and dim is grey."""
Desk = Terminal | Console
Stop = tuple[str, str]
"""The name of a stop, and what is under the cursor there; nothing where it is in a field."""


def opens(desk: Desk, key: str, title: str) -> None:
    desk.press(key)
    desk.sees(f"┌─ {title}")


def closes(desk: Desk, title: str) -> None:
    desk.press("escape")
    desk.sees_no(f"┌─ {title}")


def windows_of_keys(desk: Desk) -> Iterator[Stop]:
    for key, title, name, marked in (
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
    ):
        opens(desk, key, title)
        yield name, marked
        closes(desk, title)


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


def other_pages(desk: Desk) -> Iterator[Stop]:
    desk.press("m", "up", "up", "up", "up", "enter")
    desk.sees("Actualizar modalidad|Comienza Ahora|@spacio")
    yield "espacio", "Comienza Ahora"
    desk.press("m", "down", "down", "down", "down", "down", "down", "enter")
    desk.sees("Carrito")
    yield "cart", "50 Timbres"
    desk.press("p")
    desk.sees("Saldo a favor")
    yield "orders", ""


def walk(desk: Desk) -> Iterator[Stop]:
    """Go through a distributor's desk."""
    desk.sees("Demostración")
    yield "login", ""
    desk.type(f"{DISTRIBUTOR}\r{PASSWORD}\r")
    desk.sees(r"1-1[67] de 28")
    yield "keys", "200 Timbres 14/07/2020 Inactiva"
    yield from windows_of_keys(desk)
    yield from activation(desk)
    yield from other_pages(desk)


def marked_rows(desk: Desk, words: str) -> Rows:
    """Give the screen once the words are under the cursor."""
    end = time.monotonic() + 10
    while words not in under_cursor(rows := desk.rows):
        assert time.monotonic() < end, f"{words!r} is not marked:\n{desk.text}"
        time.sleep(0.02)
    return rows


@contextmanager
def a_desk(where: str, demo: Path, **env: str) -> Iterator[Desk]:
    argv = [sys.executable, "-m", "tui", "demo", "--store", str(demo)]
    with ExitStack() as stack:
        if where == "pyte":
            yield stack.enter_context(Terminal(argv, rows=25, env={"TERM": "linux", **env}))
            return
        if reason := lacking():
            pytest.skip(reason)
        console = stack.enter_context(a_console())
        process = console.starts(argv, **env)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        yield console


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}], ids=["colours", "no-colours"])
@pytest.mark.parametrize("where", ["console", "pyte"])
def test_every_page_can_be_made_out(where: str, env: dict[str, str], demo: Path) -> None:
    with a_desk(where, demo, **env) as desk:
        for name, marked in walk(desk):
            rows = marked_rows(desk, marked)
            assert without_glyph(rows) == set(), name
            assert unreadable(rows) == "", name
            if env:
                assert colours(rows) <= PLAIN, name
            elif IS_DRAWN and where == "console":
                SHELF.mkdir(exist_ok=True)
                (SHELF / f"{name}.png").write_bytes(picture(rows, Font(FONT)))


def test_every_picture_is_of_a_stop() -> None:
    drawn = {file.stem for file in SHELF.glob("*.png")}
    assert {"login", "keys", "menu", "capture", "notice", "sessions"} <= drawn
