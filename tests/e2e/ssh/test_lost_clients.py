"""Clients that vanish: killed in the middle of a confirmation, or silent."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

from store.demo import CUSTOMER, DISTRIBUTOR, GOOD_50
from tests.e2e.conftest import enter
from tests.e2e.ssh.conftest import Come
from tests.e2e.ssh.server import Server
from tests.e2e.terminal import Terminal

ON_ITS_WAY = 0.5
"""Seconds in which a key has reached the desk, which then waits for the store without a sign of it."""
SOON = 1
"""Seconds that the process may still take."""


def captures(desk: Terminal, username: str) -> None:
    """Bring the key as far as the ticked licence."""
    desk.sees("Demostración")
    enter(desk, username)
    desk.type(f"a{GOOD_50}\r")
    desk.sees("válida")
    desk.press("space")
    desk.sees(r"\[x\] Acepto")


def test_a_client_killed_inside_a_confirmation(server: Server, come: Come, store: Path) -> None:
    killed, other = come(), come(name="beto")
    captures(killed, DISTRIBUTOR)
    captures(other, CUSTOMER)
    with closing(sqlite3.connect(store, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        killed.press("enter")
        killed.hears(ON_ITS_WAY)
        os.kill(killed.pid, signal.SIGKILL)
        server.installed.closes(most=1, timeout=SOON)
        busy.execute("ROLLBACK")
        assert busy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        states = busy.execute("SELECT state FROM prepaid_key WHERE desk_id IS NOT NULL").fetchall()
        assert ("confirmada",) not in states
    other.press("enter")
    other.sees("Aviso")


def test_a_client_that_answers_no_more(server: Server, come: Come) -> None:
    """The test's sshd asks each second, and twice; an idle desk writes nothing that would look like life."""
    desk = come()
    desk.sees("Demostración")
    os.kill(desk.pid, signal.SIGSTOP)
    server.installed.closes()
    desk.kill()
