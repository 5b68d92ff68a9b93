"""From connecting to the confirmed key; and who came, as the audit knows it (SPEC 3, issue 5)."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from store.demo import DISTRIBUTOR, GOOD_50
from tests.e2e.conftest import enter
from tests.e2e.ssh.conftest import Come
from tests.e2e.ssh.server import Server

WRONG = "Usuario o contraseña incorrectos."


def ask(store: Path, question: str) -> list[tuple[str, ...]]:
    """Read from the store."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(question).fetchall()


def test_the_main_job_and_who_did_it(server: Server, come: Come, store: Path) -> None:
    desk = come()
    desk.sees("Demostración")
    enter(desk, DISTRIBUTOR)
    desk.type(f"a{GOOD_50}\r")
    desk.sees("válida")
    desk.press("space", "enter")
    desk.sees("Aviso")
    desk.press("enter")
    desk.sees("38SQ-••••-••••-UHBE +50 Timbres")
    desk.press("f10")
    assert desk.wait_gone() == 0
    assert "38SQ" not in desk.text

    who = f"127.0.0.1 {server.fingerprint('ana')}"
    events = ask(store, "SELECT action, origin FROM audit_event ORDER BY seq DESC LIMIT 3")
    actions = ("account.signed_out", "key.confirmed", "account.signed_in")
    assert events == [(action, who) for action in actions]
    assert set(ask(store, "SELECT DISTINCT origin FROM attempt WHERE origin LIKE '127%'")) == {
        (who,)
    }
    assert server.fingerprint("ana") in server.log


def test_an_account_that_is_bound_to_a_key(server: Server, come: Come, store: Path) -> None:
    public = server.key("ana").with_suffix(".pub").read_text()
    said = server.installed.desk("accounts", "bind", DISTRIBUTOR, "-", "--instead", typed=public)
    assert server.fingerprint("ana") in said
    desk = come()
    desk.sees("Demostración")
    desk.type(f"{DISTRIBUTOR}\r\r")
    desk.sees("Claves prepago")

    other = come(name="beto")
    other.sees("Demostración")
    other.type(f"{DISTRIBUTOR}\rdemo2020\r")
    other.sees(WRONG)
    (refused,) = ask(store, "SELECT origin, detail FROM audit_event ORDER BY seq DESC LIMIT 1")
    assert refused[0] == f"127.0.0.1 {server.fingerprint('beto')}"
    assert json.loads(refused[1]) == {"missing": "key"}


def test_the_window_may_change_its_size(come: Come) -> None:
    desk = come()
    desk.sees("Demostración")
    desk.resize(79, 24)
    desk.sees("La terminal es muy pequeña")
    desk.resize(132, 43)
    desk.sees_no("muy pequeña")
    desk.sees("(?m)^ Enter Iniciar sesión.*$")
    assert len(desk.text.splitlines()) == 43
