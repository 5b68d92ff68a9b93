"""Data that means harm, shown on every page of the real program: nothing but text reaches the terminal."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR
from store.text import search_key, sort_key
from tests.e2e.conftest import Command, Sit, enter
from tests.e2e.terminal import Terminal

HOSTILE = (
    "ACME [/] S.A.",
    "[@click=app.quit]salir[/]",
    "[red]rojo[/red] [[doble]]",
    "corta \x1b]52;c;cHduZWQ=\x07 pegada",
    "titulo \x1b]0;pwned\x07",
    "borra \x1b[2J\x1b[H",
    "c1 \x9b31m \x90 \x9c",
    "nulo \x00 campana \x07",
    "bidi \u202egnp.exe\u202c \u2066x\u2069",
    "ancho 漢字会社 ｗｉｄｅ",
    "combina e\u0301\u0301\u0301 cero\u200bancho",
)
FORBIDDEN = (
    b"\x1b]52;",
    b"\x1b]0;pwned",
    b"\x00",
    b"\x07",
    b"\xc2\x9b",
    b"\xc2\x90",
    b"\xe2\x80\xae",
    b"\xe2\x81\xa6",
    b"\xe2\x80\x8b",
)
"""What none of it may become in the stream; C1, bidi and zero-width signs as UTF-8."""


WORDS = (
    *(("espacio", "name", 30), ("term", "name", 30), ("term", "label", 30)),
    *(("sale_order", "reason", 300), ("sale_order", "problem", 300)),
    *(("payment", "movement", 100), ("payment", "bank", 60), ("payment", "tracking", 40)),
    *(("payment", "reason", 300), ("refund", "reason", 300)),
    *(("account", "last_access_origin", 100),),
)
"""Where people's words are kept besides: table, column, and how long they may be."""


def poison_words(store: sqlite3.Connection) -> None:
    """Put each kind of harm into each of the columns that hold something."""
    store.execute("UPDATE account SET last_access_at=created_at, last_access_origin='x'")
    for at, (table, column, longest) in enumerate(WORDS):
        words = " ".join(HOSTILE[at % len(HOSTILE) :] + HOSTILE)[: longest - 4]
        store.execute(
            f"UPDATE {table} SET {column} = ? || rowid WHERE {column} IS NOT NULL", (words,)
        )
    store.execute(
        "INSERT INTO statement SELECT 1, 'x', ?, id, created_at FROM account WHERE username='caja1'",
        (" ".join(HOSTILE)[:200],),
    )
    store.executemany(
        "INSERT INTO statement_line (statement_id, line, paid_on, amount_centavos, reference, concept, tracking)"
        " VALUES (1, ?, '2020-07-14', 100, ?, ?, ?)",
        [(line, words[:40], words, words[:40]) for line, words in enumerate(HOSTILE)],
    )
    store.execute("INSERT INTO statement_columns VALUES (1, ?, ?, ?, ?, ?, ?)", HOSTILE[:6])


@pytest.fixture
def poisoned(demo: Path) -> Path:
    """The demo, with hostile text wherever people's words are kept."""
    with sqlite3.connect(demo) as store:
        store.execute("PRAGMA ignore_check_constraints=ON")
        clients = [row[0] for row in store.execute("SELECT id FROM client ORDER BY id")]
        for number, client in enumerate(clients):
            name = f"{HOSTILE[number % len(HOSTILE)]} {number}"
            keys = (name, search_key(name), sort_key(name), client)
            store.execute("UPDATE client SET name=?, search_key=?, sort_key=? WHERE id=?", keys)
            store.execute("UPDATE prepaid_key SET client_sort_key=? WHERE client_id=?", keys[2:])
        store.execute("UPDATE desk SET name=?", (" ".join(HOSTILE)[:250],))
        store.execute("UPDATE prepaid_key SET reason=? WHERE reason IS NOT NULL", (HOSTILE[3],))
        store.execute("UPDATE legal_text SET body = body || ?", ("\n".join(HOSTILE),))
        store.execute("UPDATE product SET name = substr(?, 1, 40) || code", (HOSTILE[0],))
        store.execute("UPDATE order_item SET description=?", (HOSTILE[4],))
        poison_words(store)
    store.close()
    return demo


def open_and_close(desk: Terminal, key: str, title: str) -> None:
    """Open a window by its key, and close it again."""
    desk.press(key)
    desk.sees(f"┌─ {title}")
    desk.press("escape")
    desk.sees_no(f"┌─ {title}")


def open_everything(desk: Terminal) -> None:
    enter(desk, DISTRIBUTOR)
    desk.sees(r"de \d+")
    desk.press("g")
    desk.sees("┌─ Agrupar")
    desk.press("end", "space", "enter")
    desk.sees("Agrupado por Cliente")
    desk.press("pagedown", "end")
    for key, title in (
        ("enter", "Clave "),
        ("f", "Filtro"),
        ("c", "Columnas"),
        ("o", "Ordenar"),
        ("?", "Ayuda"),
        ("m", "Mis Servicios"),
    ):
        open_and_close(desk, key, title)
    desk.type("a38SQY7AUNS7RUHBE\r")
    desk.sees("válida")
    open_and_close(desk, "v", "Licencia de Uso, versión")
    desk.press("escape")
    desk.sees_no("válida")
    desk.press("m", "down", "down", "enter")
    desk.sees("Carrito")
    desk.press("p")
    desk.sees("Mis pedidos")
    desk.press("enter", "escape", "escape")
    desk.sees("Carrito")


def test_no_byte_of_it_acts_on_the_terminal(sit: Sit, poisoned: Path) -> None:
    desk = sit()
    open_everything(desk)
    for bad in FORBIDDEN:
        assert bad not in desk.raw, bad
    # What clears the screen is the desk's own, on its way in and out.
    assert desk.raw.count(b"\x1b[2J\x1b[H") == 0
    assert not re.search(rb"\x1b\][^2]", desk.raw)


def goes_to(desk: Terminal, entry: int, seen: str) -> None:
    """Go by the menu to the page of an entry, counted from 0."""
    desk.press("m")
    desk.sees("┌─ Mis Servicios")
    desk.press("home", *["down"] * entry, "enter")
    desk.sees(seen)


def test_nor_on_the_pages_of_a_customer(sit: Sit, poisoned: Path) -> None:
    desk = sit(SSH_CONNECTION=f"{HOSTILE[4]} 1 {HOSTILE[6]} 2".replace("\x00", ""))
    enter(desk, "kernel")
    desk.sees("Último acceso: ")
    goes_to(desk, 3, "Dirección +https://")
    for key, title in (("u", "Actualizar"), ("t", "Modalidades"), ("?", "Ayuda")):
        open_and_close(desk, key, title)
    desk.press("e")
    desk.sees("┌─ ")
    desk.press("escape")
    desk.sees_no("┌─ ")
    goes_to(desk, 9, "El carrito está vacío")
    desk.press("p")
    desk.sees("Mis pedidos")
    for key, title in (
        ("enter", "Pedido P-"),
        ("f", "Ficha de pago"),
        ("d", "Declarar el pago"),
        ("b", "Saldo a favor"),
        ("x", "Cancelar P-"),
        ("?", "Ayuda"),
    ):
        open_and_close(desk, key, title)
    desk.press("o")
    desk.sees("(?s)Carrito.*ACME")
    open_and_close(desk, "c", "Cantidad")
    desk.press("e")
    desk.sees("Condiciones del contrato|Hacer pedido")
    for bad in FORBIDDEN:
        assert bad not in desk.raw, bad


def test_nor_on_the_pages_of_the_staff(sit: Sit, poisoned: Path) -> None:
    desk = sit()
    enter(desk, "caja1")
    desk.sees("Último acceso: ")
    for key, title in (("r", "Registrar el pago"), ("x", "Rechazar"), ("?", "Ayuda")):
        open_and_close(desk, key, title)
    goes_to(desk, 1, "Pedidos sin pagar")
    open_and_close(desk, "enter", "Pedido P-")
    goes_to(desk, 2, "Estado de cuenta: ACME")
    for key, title in (("c", "Columnas"), ("o", ""), ("?", "Ayuda")):
        open_and_close(desk, key, title)
    goes_to(desk, 3, "Reembolsos")
    open_and_close(desk, "n", "")
    goes_to(desk, 4, "Escritorios")
    for bad in FORBIDDEN:
        assert bad not in desk.raw, bad


def write_down(store: sqlite3.Connection) -> None:
    """Put each kind of harm into a mail and into the audit, as a program that was broken into could."""
    for at, words in enumerate(HOSTILE):
        store.execute(
            "INSERT INTO mail"
            " (fact, message_id, recipient, subject, body, state, attempts, next_at, created_at, last_error)"
            " SELECT ?1, ?1, ?2, ?2, ?2, 'dead', 8, created_at, created_at, ?2 FROM desk LIMIT 1",
            (f"hostile:{at}", words),
        )
        store.execute(
            # Far behind the chain's end, where the program goes on.
            "INSERT INTO audit_event VALUES (1000 + ?3, '2030-01-01 00:00:00.000000', NULL, NULL,"
            " ?1, substr(?1, 1, 60), substr(?1, 1, 60), ?2, printf('%064d', ?3), printf('%064d', ?3))",
            (words, json.dumps({words: words}), at + 1),
        )


def test_nor_in_the_mails_and_the_audit(sit: Sit, poisoned: Path) -> None:
    with sqlite3.connect(poisoned) as store:
        write_down(store)
    store.close()
    desk = sit()
    enter(desk, "auditor")
    desk.sees("Último acceso: ")
    for entry, seen, title in ((4, "Correos", "Correo"), (5, "Bitácora", "Suceso")):
        goes_to(desk, entry, f"{seen} +1-")
        desk.sees("ACME|ancho")
        for _row in HOSTILE:
            open_and_close(desk, "enter", title)
            desk.press("down")
    desk.press("f")
    desk.sees("┌─ Filtro")
    for bad in FORBIDDEN:
        assert bad not in desk.raw, bad


def test_the_staff_see_it_as_text_too(sit: Sit, poisoned: Path) -> None:
    desk = sit()
    enter(desk, "caja1")
    desk.sees(r"P-\d{6}")
    desk.press("enter")
    desk.sees("┌─ ")
    desk.press("escape")
    desk.sees_no("┌─ ")
    desk.press("m", "up", "up", "enter")
    desk.sees("Escritorios")
    desk.press("escape")
    desk.sees("Pagos por decidir")
    for bad in FORBIDDEN:
        assert bad not in desk.raw, bad


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_command_line_prints_it_as_text(
    command: Command, poisoned: Path, options: list[str]
) -> None:
    with sqlite3.connect(poisoned) as store:
        store.execute(
            "INSERT INTO mail"
            " (fact, message_id, recipient, subject, body, state, attempts, next_at, created_at)"
            " SELECT 'hostile', '<x@y>', email, ?, '', 'queued', 0, created_at, created_at FROM desk LIMIT 1",
            (" ".join(HOSTILE)[:200],),
        )
    store.close()
    for words in (("mail", "list"), ("accounts", "list")):
        done = command(*words, *options)
        assert done.returncode == 0, done.stderr
        assert "[@click=app.quit]" in done.stdout
        assert done.stdout.replace("\n", "").isprintable()
        if options:
            assert "\x1b]52;" in str(json.loads(done.stdout)).encode().decode("unicode_escape")
