"""Who is in, and ending it, on the command line while a desk is open."""

import json

from store.demo import DISTRIBUTOR
from store.errors import SessionEnded
from tests.e2e.conftest import Command, Sit, enter
from tui.cli.outcome import REFUSED


def test_an_open_session_is_listed_ended_and_leaves(sit: Sit, command: Command) -> None:
    assert command("sessions", "list").stdout == "No hay sesiones abiertas.\n"
    desk = sit()
    enter(desk, DISTRIBUTOR)
    (row,) = json.loads(command("sessions", "list", "--json").stdout)
    assert row["usuario"] == DISTRIBUTOR
    assert row["dónde"].startswith("/dev/pts/")

    number = str(row["n"])
    ended = command("sessions", "end", number)
    assert (ended.returncode, ended.stdout) == (0, f"La sesión {number} terminó.\n")
    assert desk.wait_gone() == REFUSED
    desk.sees(SessionEnded().sentence)
    assert command("sessions", "list").stdout == "No hay sesiones abiertas.\n"
    again = command("sessions", "end", number)
    assert (again.returncode, again.stderr) == (REFUSED, "Esa sesión ya no está abierta.\n")
