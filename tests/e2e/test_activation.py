"""From the login to the row in the list, with real keys in a real terminal (SPEC 3; the issue's acceptance)."""

import os
import re
import signal

import pytest

from store.demo import ANOTHER_DESKS, CUSTOMER, DISTRIBUTOR, EXPIRED, GOOD_50, GOOD_200, VOID
from store.keys.code import complete
from tests.e2e.conftest import Command, Sit, enter, outbox
from tests.e2e.terminal import Terminal

THE_ONE_REFUSAL = "La clave no es válida o ya no está disponible."
ROW_OF_GOOD_50 = r"38SQ-••••-••••-UHBE +50 Timbres 14/07/2020 Inactiva +Disponible +Sin asignar"


def first_row(desk: Terminal) -> str:
    lines = desk.text.splitlines()
    heading = next(at for at, line in enumerate(lines) if line.startswith(" Clave "))
    return lines[heading + 1]


@pytest.mark.parametrize("rows", [24, 23])
def test_five_keys_besides_the_code(sit: Sit, command: Command, rows: int) -> None:
    desk = sit(rows=rows)
    enter(desk, DISTRIBUTOR)
    desk.press("a")
    desk.sees("Captura la Clave Prepago")
    desk.type("38sq y7au ns7r uhbe")
    desk.press("enter")
    desk.sees(r"Clave 38SQ-Y7AU-NS7R-UHBE válida \(incluye 50 Timbres\)")
    desk.press("space", "enter")
    desk.sees("serán válidos solo")
    desk.press("enter")
    desk.sees_no("serán válidos solo")
    desk.sees(ROW_OF_GOOD_50)
    assert "38SQ-••••-••••-UHBE" in first_row(desk)
    desk.sees_marked("38SQ-••••-••••-UHBE")
    (mail,) = outbox(command)
    assert mail["asunto"] == "Clave de prepago confirmada: 38SQ-••••-••••-UHBE"

    other = sit()
    enter(other, CUSTOMER)
    other.press("a")
    other.sees("Captura la Clave Prepago")
    other.type(GOOD_50 + "\r")
    other.sees(THE_ONE_REFUSAL)


def test_the_whole_journey_typed_ahead_in_one_burst(sit: Sit, command: Command) -> None:
    desk = sit()
    desk.type(f"{DISTRIBUTOR}\rdemo2020\ra{GOOD_50}\r \r\r")
    desk.sees(ROW_OF_GOOD_50)
    desk.sees_no("Aviso")
    assert len(outbox(command)) == 1


MISTYPED = (
    ("", "Captura la clave de prepago."),
    ("38SQ-Y7AU-NS7R-UHB", "La clave tiene 16 caracteres; escribiste 15."),
    ("38SQ-Y70U-NS7R-UHBE", "Las claves no usan 0, 1, I, L ni O: revisa el carácter 7."),
    ("38SQ-?7AU-NS7R-UHBE", "El carácter 5 («?») no puede ir en una clave."),
    ("83SQ-Y7AU-NS7R-UHBE", "La clave no está bien escrita; revísala."),
)


def types_anew(desk: Terminal, key: str) -> None:
    """Type another key into the window that is open."""
    desk.type("2")  # so that emptying the field changes it, whatever stood there
    desk.sees(r"Llevas \d+ de 16")
    desk.press("ctrl+u")
    desk.sees("Llevas 0 de 16")
    desk.type(f"{key}\r")


@pytest.mark.parametrize("rows", [24, 23])
def test_every_kind_of_bad_input_gets_its_sentence_and_changes_nothing(
    sit: Sit, command: Command, rows: int
) -> None:
    assert (
        command("keys", "move", "bloquear", "--reason", "Robo.", typed=f"{GOOD_200}\n").returncode
        == 0
    )
    desk = sit(rows=rows)
    enter(desk, DISTRIBUTOR)
    before = desk.sees(r"1-\d+ de \d+")
    desk.press("a")
    desk.sees("Captura la Clave Prepago")
    for typed, sentence in MISTYPED:
        types_anew(desk, typed)
        desk.sees(re.escape(sentence))
    for typed in (VOID, ANOTHER_DESKS, EXPIRED, GOOD_200, complete("2" * 15).grouped()):
        types_anew(desk, typed)
        desk.sees(re.escape(THE_ONE_REFUSAL))
    types_anew(desk, GOOD_50)
    desk.sees(r"Demasiados intentos\. Vuelve a intentar a las 13:\d\d\.")
    desk.press("escape")
    desk.sees_no("Captura la Clave Prepago")
    desk.press("r")
    assert desk.sees(r"1-\d+ de \d+") == before
    assert outbox(command) == []


def test_a_key_that_is_here_already_leads_to_its_row(sit: Sit) -> None:
    desk = sit()
    desk.type(f"{DISTRIBUTOR}\rdemo2020\ra{GOOD_50}\r \r\r")
    desk.sees(ROW_OF_GOOD_50)
    desk.sees_no("Aviso")
    desk.press("end")
    desk.type(f"a{GOOD_50}\r")
    desk.sees("Esta clave ya está en tu escritorio: Disponible desde 14/07/2020.")
    desk.sees_marked("38SQ-••••-••••-UHBE")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_a_line_dropped_at_the_notice_loses_nothing(
    sit: Sit, command: Command, end: signal.Signals
) -> None:
    desk = sit()
    desk.type(f"{DISTRIBUTOR}\rdemo2020\ra{GOOD_50}\r \r")
    desk.sees("serán válidos solo")
    os.kill(desk.pid, end)
    desk.wait_gone()
    assert len(outbox(command)) == 1
    assert command("doctor").returncode == 0
    again = sit()
    enter(again, DISTRIBUTOR)
    again.sees(ROW_OF_GOOD_50)
