"""Two terminals on one store: what one does, the other is told the truth about."""

import sqlite3
from pathlib import Path

from store.demo import CUSTOMER, DISTRIBUTOR, GOOD_50, GOOD_200
from tests.e2e.conftest import Command, Sit, enter, outbox
from tests.e2e.terminal import Terminal

UNAVAILABLE = "La clave no es válida o ya no está disponible."


def captures(desk: Terminal, key: str) -> None:
    """Bring a key as far as the ticked licence."""
    desk.press("a")
    desk.sees("Captura la Clave Prepago")
    desk.type(f"{key}\r")
    desk.sees("válida")
    desk.press("space")
    desk.sees(r"\[x\] Acepto")


def test_of_two_desks_one_gets_the_key_and_the_other_one_sentence(
    sit: Sit, command: Command
) -> None:
    one, other = sit(), sit()
    enter(one, DISTRIBUTOR)
    enter(other, CUSTOMER)
    captures(one, GOOD_50)
    captures(other, GOOD_50)
    one.press("enter")
    one.sees("Aviso")
    other.press("enter")
    other.sees(UNAVAILABLE)
    other.press("escape")
    other.sees("Ninguna clave cumple el filtro")
    assert len(outbox(command)) == 1
    assert command("doctor").returncode == 0


def test_enter_in_the_same_instant_confirms_once(sit: Sit, command: Command) -> None:
    desks = [sit(), sit()]
    enter(desks[0], DISTRIBUTOR)
    enter(desks[1], CUSTOMER)
    for desk in desks:
        captures(desk, GOOD_200)
    for desk in desks:
        desk.press("enter")
    answers = [desk.sees(f"Aviso|{UNAVAILABLE}") for desk in desks]
    assert sorted(answers) == ["Aviso", UNAVAILABLE]
    assert len(outbox(command)) == 1


def test_a_colleagues_key_is_there_when_the_list_is_read_again(sit: Sit) -> None:
    one, other = sit(), sit()
    enter(one, DISTRIBUTOR)
    enter(other, DISTRIBUTOR)
    one.type(f"a{GOOD_50}\r \r\r")
    one.sees("38SQ-••••-••••-UHBE")
    assert "38SQ" not in other.text
    other.press("r")
    other.sees("38SQ-••••-••••-UHBE +50 Timbres")


def test_a_busy_store_says_so_and_nothing_was_changed(
    sit: Sit, command: Command, demo: Path
) -> None:
    desk = sit()
    enter(desk, DISTRIBUTOR)
    captures(desk, GOOD_50)
    held = sqlite3.connect(demo, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    desk.press("enter")
    desk.sees("El sistema está ocupado; no se hizo ningún cambio.", timeout=20)
    held.execute("ROLLBACK")
    held.close()
    assert outbox(command) == []
    desk.press("enter")
    desk.sees("Aviso")
    assert len(outbox(command)) == 1


def test_a_key_that_the_staff_hold_meanwhile(sit: Sit, command: Command) -> None:
    desk = sit()
    enter(desk, DISTRIBUTOR)
    captures(desk, GOOD_50)
    moved = command("keys", "move", "bloquear", "--reason", "Robo.", typed=f"{GOOD_50}\n")
    assert moved.stdout == "La clave pasó de emitida a bloqueada.\n"
    desk.press("enter")
    desk.sees(UNAVAILABLE)
    assert outbox(command) == []
