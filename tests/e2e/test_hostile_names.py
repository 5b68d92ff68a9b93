"""Names that want to be more than names: on every page and in every window they are only text (DESIGN 10)."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR, GOOD_50
from tests.e2e.conftest import Command, Sit, enter
from tests.e2e.terminal import Terminal

MARKUP, LINK = "[/] S.A.", "[@click=app.quit]x[/]"
HOSTILE = (
    MARKUP,
    LINK,
    "\x1b]52;c;aG9sYQ==\x07clip",  # the clipboard
    "\x1b[5iprint",  # the printer
    "\x9b5ic1",  # the same in one byte
    "nul\x00nul",
    "\u202egnp.exe",  # right to left from here on
    "zero\u200bwidth",
    "日本語の会社",
    "e\u0301\u0302\u0303mark",
    "new\nline\r\tend",
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace") + "half",
)
ACTS = (b"\x1b]52", b"\x1b[5i", b"\xc2\x9b", b"\x9b", b"\x00", b"\x07")
HIDES = tuple(sign.encode() for sign in ("\u202e", "\u200b"))


def seed(store: Path) -> None:
    """Write hostile names past every door, as another program could."""
    everything = " ".join(HOSTILE)
    connection = sqlite3.connect(store)
    desks = [row for (row,) in connection.execute("SELECT id FROM desk ORDER BY id")]
    for desk, name in zip(desks, (everything, *HOSTILE), strict=False):
        connection.execute("UPDATE desk SET name = ? WHERE id = ?", (name[:250], desk))
    clients = [row for (row,) in connection.execute("SELECT id FROM client ORDER BY id")]
    for client, name in zip(clients, HOSTILE, strict=False):
        connection.execute("UPDATE client SET name = ? WHERE id = ?", (name, client))
    connection.execute("UPDATE legal_text SET body = ?", ("\n".join(HOSTILE),))
    connection.execute(
        "UPDATE prepaid_key SET reason = ? WHERE reason IS NOT NULL", (everything[:300],)
    )
    connection.commit()
    connection.close()


def sees_text(desk: Terminal, *names: str) -> None:
    """See names letter by letter, as the text that they are."""
    for name in names:
        assert name in desk.text, desk.text


def opens_everything(desk: Terminal) -> Iterable[str]:
    """Go through every page and window of the keys; name each one once it is there."""
    yield desk.sees("Claves prepago")
    for key, title in (("f", "Filtro"), ("c", "Columnas"), ("o", "Ordenar"), ("?", "Ayuda")):
        desk.press(key)
        yield desk.sees(f"─ {title} ")
        desk.press("escape")
        desk.sees_no(f"─ {title} ")
    desk.press("g")
    desk.sees("─ Agrupar ")
    desk.press("end", "space", "enter")
    yield desk.sees("Agrupado por Cliente")
    desk.press("end", "enter")
    yield desk.sees("Historia")
    desk.press("escape")
    desk.sees_no("Historia")
    desk.type(f"a{GOOD_50}\r")
    yield desk.sees("válida")
    desk.press("v")
    yield desk.sees("─ Licencia de Uso, versión 1")
    desk.press("escape")
    desk.sees_no("─ Licencia de Uso, versión 1")
    desk.press("space", "enter")
    yield desk.sees("Aviso")
    desk.press("enter")
    desk.sees_no("Aviso")


def test_every_page_shows_them_as_text(sit: Sit, demo: Path) -> None:
    seed(demo)
    desk = sit(cols=132, rows=43)
    enter(desk, DISTRIBUTOR)
    desk.sees("Póliza")
    sees_text(desk, MARKUP, LINK, "日本語の会社", "c1", "clip")
    for _page in opens_everything(desk):
        assert desk.text.replace("\n", "").isprintable()
    desk.press("g", "end", "space", "enter")
    desk.sees("Arrastra una columna")
    desk.press("o", "home", "down", "down", "down", "down", "enter")
    desk.sees("▲Estatus")
    desk.press("home", "enter")
    desk.sees("Motivo")
    sees_text(desk, MARKUP, LINK)
    desk.press("escape", "f10")
    assert desk.wait_gone() == 0
    assert [bytes_ for bytes_ in (*ACTS, *HIDES) if bytes_ in without_own(desk.raw)] == []


def without_own(raw: bytes) -> bytes:
    """Leave out the continuation bytes of UTF-8 letters, among which 0x9B may stand."""
    return raw.decode("utf-8").replace("\u009b", "\x9b").encode("latin-1", "ignore")


def test_the_staff_find_them_in_a_list(sit: Sit, command: Command, demo: Path) -> None:
    added = command("accounts", "add", "auditora", "--staff", "auditor", "--json")
    password = json.loads(added.stdout)[0]["contraseña inicial"]
    seed(demo)
    desk = sit()
    desk.type(f"auditora\r{password}\rcaballo-bateria\rcaballo-bateria\r")
    desk.sees("Pagos por decidir")
    desk.press("m")
    desk.sees("Escritorios")
    desk.press("home", "down", "enter")
    desk.sees("─ Escritorios ")
    sees_text(desk, MARKUP, LINK)
    desk.press("enter")
    desk.sees("Póliza")
    desk.press("f10")
    assert desk.wait_gone() == 0
    assert not [bytes_ for bytes_ in ACTS if bytes_ in without_own(desk.raw)]


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_command_line_prints_nothing_that_acts(
    command: Command, demo: Path, options: list[str]
) -> None:
    seed(demo)
    connection = sqlite3.connect(demo)
    connection.execute(
        "INSERT INTO mail (fact, message_id, desk_id, recipient, subject, body, state, attempts, next_at, created_at)"
        " SELECT 'hostile', '<x@y>', id, email, ?, '', 'queued', 0, created_at, created_at FROM desk LIMIT 1",
        (" ".join(HOSTILE),),
    )
    connection.commit()
    connection.close()
    for words in (("mail", "list"), ("accounts", "list")):
        done = command(*words, *options)
        assert done.returncode == 0, done.stderr
        assert done.stdout.replace("\n", "").isprintable()
        if options:
            told = json.loads(done.stdout)
            assert any(LINK in str(row) for row in told)
