"""Each kind of terminal in each kind of locale: what it is sent, to the byte, and what it reads of it."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.conftest import Sit
from tests.e2e.terminal import Terminal

SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[%()][0-9A-Za-z]|[=>78cDEHM])")
EVERYWHERE = rb"\[\?(1049|25|2004|7|2026)[hl]|\[\?2026\$p|\[[\d;]*[HJKCr]|M"
"""What a VT100 knows, or overreads as a mode that it has not."""
ERASE_CHARACTERS = rb"\[\d+X"
TWO_COLOURS = rb"\[([0147](;[147])*)?m"
SIXTEEN_COLOURS = rb"\[((([0-24-7]|39|49|[349][0-7])(;|(?=m)))*)m"
SPEAK_UTF_8 = rb"%[G@]"
ACCENTS = "áéíóúñ¿¡"


class Case(NamedTuple):
    """A terminal, and what is to be seen on it."""

    term: str
    env: Mapping[str, str]
    title: str
    allowed: tuple[bytes, ...]
    charset: str = "utf-8"
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "-".join([self.term, *self.env.values(), *self.options])


LINES, ASCII = "┌─ Iniciar sesión ─", "+- Iniciar sesión -"
CASES = (
    Case("xterm-256color", {"LANG": "es_MX.UTF-8"}, LINES, (SIXTEEN_COLOURS, ERASE_CHARACTERS)),
    Case(
        "xterm", {"LC_ALL": "es_ES@euro"}, LINES, (SIXTEEN_COLOURS, ERASE_CHARACTERS, SPEAK_UTF_8)
    ),
    Case("linux", {"LC_ALL": "C"}, LINES, (SIXTEEN_COLOURS, ERASE_CHARACTERS)),
    Case("screen", {"LANG": "C.UTF-8"}, LINES, (SIXTEEN_COLOURS,)),
    Case("tmux-256color", {"LANG": "C.UTF-8", "NO_COLOR": "1"}, LINES, (TWO_COLOURS,)),
    Case("vt100", {"LANG": "es_MX.UTF-8"}, LINES, (TWO_COLOURS,)),
    Case("vt100", {"LC_ALL": "C"}, "+- Iniciar sesion -", (TWO_COLOURS,), "ascii"),
    Case("vt220", {"LC_ALL": "es_ES@euro"}, ASCII, (TWO_COLOURS,), "iso8859-15"),
    Case(
        "xterm",
        {"LANG": "es_MX.UTF-8"},
        ASCII,
        (TWO_COLOURS, ERASE_CHARACTERS),
        options=("--ascii", "--no-color"),
    ),
    Case(
        "xterm",
        {"LANG": "es_MX.UTF-8", "ESCRITORIO_ASCII": "1", "ESCRITORIO_NO_COLOR": "1"},
        ASCII,
        (TWO_COLOURS, ERASE_CHARACTERS),
    ),
)


def demo_at(demo: Path, *options: str) -> list[str]:
    """Give the command that opens the demo."""
    return [sys.executable, "-m", "tui", "demo", "--store", str(demo), *options]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_terminal_is_sent_what_it_knows_and_can_draw(demo: Path, case: Case) -> None:
    env = {"LANG": None, "TERM": case.term, **case.env}
    with Terminal(demo_at(demo, *case.options), env=env) as desk:
        desk.sees("Demostraci.n")
        desk.type("ñ".encode(case.charset, "ignore") + b"andu")
        desk.sees("andu")
        desk.press("f1")
        desk.sees("Ayuda")
        desk.press("escape")
        desk.sees_no("Ayuda ─|Ayuda -")
        drawn = desk.raw
        desk.press("f10")
        assert desk.wait_gone() == 0
    assert set(SEQUENCE.findall(drawn)) - known(drawn, case.allowed) == set()
    assert (b"\x1b%G" in drawn) == (SPEAK_UTF_8 in case.allowed)
    text = SEQUENCE.sub(b"", drawn).decode(case.charset)
    assert case.title in text
    assert re.fullmatch(r"[\r\n\x20-\x7e\xa0-\uffff]*", text)
    if "+" in case.title:
        assert {sign for sign in text if not sign.isascii()} <= set(ACCENTS + ACCENTS.upper())


def known(drawn: bytes, allowed: tuple[bytes, ...]) -> set[bytes]:
    """Give the sequences in it that a terminal knows."""
    rule = re.compile(b"\x1b(" + b"|".join((EVERYWHERE, *allowed)) + b")")
    return {sequence for sequence in SEQUENCE.findall(drawn) if rule.fullmatch(sequence)}


@pytest.mark.parametrize(
    ("words", "env", "sentence"),
    [
        ((), {"TERM": "dumb"}, "Esta terminal no puede mostrar el escritorio"),
        ((), {"TERM": None}, "Esta terminal no puede mostrar el escritorio"),
        ((), {"ESCRITORIO_ASCII": "tal vez"}, "El ajuste «ESCRITORIO_ASCII» no es válido"),
        (("demo",), {"ESCRITORIO_CURSOR": "2"}, "El ajuste «ESCRITORIO_CURSOR» no es válido"),
        (("--blink",), {}, "No entiendo la orden"),
        (
            ("--no-color", "doctor"),
            {},
            "van con el escritorio, demo o kiosk. (--no-color)",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    words: tuple[str, ...], env: Mapping[str, str | None], sentence: str
) -> None:
    with Terminal([sys.executable, "-m", "tui", *words], env=env, cols=160) as shell:
        shell.sees(re.escape(sentence))
        assert shell.wait_gone() == 2
        assert len(shell.text.strip().splitlines()) == 1
        assert b"\x1b" not in shell.raw


def test_some_thousands_of_random_inputs_leave_the_desk_alive(sit: Sit) -> None:
    """No Ctrl+D and no F10 among them, which would end it in order."""
    desk, chance = sit(), random.Random(20200714)
    starts = (b"\x1b[", b"\x1b", b"\x1bO", b"\x1b[<", b"\x1b]", b"\x1b[200~", b"\xff\xc3", b"")
    for at in range(3_000):
        bytes_of = chance.choice(starts) + chance.randbytes(chance.randint(1, 6))
        desk.type(bytes_of.replace(b"\x04", b"d").replace(b"1~", b"~"))
        if at % 20 == 0:
            desk.hears(0)
    desk.hears(2.5)  # a paste without its end is over then
    desk.press("escape", "escape")
    desk.press("ctrl+l", "f1")
    desk.sees("┌─ Ayuda")
    desk.press("escape")
    desk.sees_no("┌─ Ayuda")
    desk.press("f10")
    assert desk.wait_gone() == 0
