"""HUP and TERM in the middle of a transaction: the process goes, the terminal is restored, the store is whole."""

import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR
from tests.e2e.terminal import Terminal

WITHIN = 1.0
"""Seconds: a desk that is stuck ends itself after 0.8, whatever the machine has to do meanwhile."""
STUCK = """
import sys, time
from pathlib import Path
from tui.environment import prepare_environment

prepare_environment()
from store.accounts import signing_in

def stick(*_event, **_detail):
    Path({mark!r}).touch()
    time.sleep(60)

signing_in.record = stick
from tui.cli.run import run

sys.exit(run(["demo", "--store", {store!r}]))
"""
"""The real program, which never comes to the end of the transaction that lets somebody in."""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_signal_within_a_transaction(
    demo: Path, tmp_path: Path, number: int, status: int
) -> None:
    before = last_access(demo)
    mark = tmp_path / "stuck"
    program = STUCK.format(mark=str(mark), store=str(demo))
    with Terminal([sys.executable, "-c", program]) as desk:
        desk.sees("Demostración")
        desk.type(f"{DISTRIBUTOR}\rdemo2020\r")
        desk.sees("Verificando")
        while not mark.exists():
            desk.hears(0.05)
        os.kill(desk.pid, number)
        assert desk.wait_gone(WITHIN) == status
        assert b"\x1b[?1049l" in desk.raw
        assert desk.raw.endswith(b"\x1b[3J")
    assert last_access(demo) == before


def last_access(store: Path) -> object:
    """Write at once, as another session would, and tell what the killed one left."""
    with closing(sqlite3.connect(store, timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE account SET state = state")
        connection.execute("COMMIT")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT max(last_access_at) FROM account").fetchone()
