"""What comes from a terminal: bytes in any encoding, sequences that mean something or nothing."""

import random
import sys
from collections.abc import Iterable

import pytest
from textual.binding import Binding
from textual.events import AppBlur, AppFocus, Key, Paste

from tests.e2e.terminal import Terminal
from tests.tui.conftest import TINY_DESK
from tui.keyboard import END_OF_PASTE, LONGEST_PAUSE, LenientParser, key_name

IMPORTED_TOO_LATE = [
    sys.executable,
    "-c",
    "import runpy, textual.constants;runpy.run_module('tests.tui.tiny_desk', run_name='__main__')",
]


def test_spanish_letters_are_typed_and_shown(desk: Terminal) -> None:
    desk.type("Ñandú €")
    desk.sees("Ñandú €")


def test_letters_are_shown_under_a_latin_1_locale() -> None:
    latin_1 = {"LANG": None, "LC_ALL": None, "PYTHONIOENCODING": "latin-1"}
    with Terminal(TINY_DESK, env=latin_1) as desk:
        desk.sees("listo")
        desk.type("Ñandú €")
        desk.sees("Ñandú €")


def test_bytes_of_another_encoding_are_one_strange_sign_each(desk: Terminal) -> None:
    desk.type(b"a\xf1b")
    desk.sees("a\ufffdb")


def test_a_started_character_does_not_wait_for_the_next_key(desk: Terminal) -> None:
    desk.type(b"\xf1")
    desk.sees("\ufffd")


@pytest.mark.parametrize(
    "sequence", ["\x1b[:A", "\x1b[47:63;2;63u", "\x1b[6457760H", "\x1b[<0;5;5M", "\x1b[O"]
)
def test_a_sequence_that_means_nothing_is_dropped_whole(desk: Terminal, sequence: str) -> None:
    desk.type(f"antes{sequence}después")
    desk.sees("antesdespués")
    desk.press("f5")
    desk.sees("tecla f5")


def test_random_bytes_do_not_end_the_desk(desk: Terminal) -> None:
    chance = random.Random(20200714)
    starts = [b"\x1b[", b"\x1b", b"\x1bO", b"\x1b[<", b"", b"\xff\xc3"]
    for _ in range(600):
        desk.type(chance.choice(starts) + chance.randbytes(chance.randint(1, 9)))
        desk.hears(0)
    desk.hears(0.5)
    desk.press("f5")
    desk.sees("tecla f5")


@pytest.mark.parametrize(
    ("sequence", "key"),
    [("\x1b[25~", "f13"), ("\x1b[32~", "f18"), ("\x1b[[A", "f1"), ("\x1b\t", "shift+tab")],
)
def test_the_keys_of_consoles_are_known(desk: Terminal, sequence: str, key: str) -> None:
    desk.press("tab")
    desk.type(sequence)
    desk.sees(f"tecla {key.replace('+', '.')}")


def test_kittys_keys_stay_off_where_textual_was_imported_first() -> None:
    with Terminal(IMPORTED_TOO_LATE) as desk:
        desk.sees("listo")
        desk.type("antes\x1b[:A\x1b[47:63;2;63udespués")
        desk.sees("antesdespués")
        desk.type("\x1b[32~")
        desk.sees("tecla f18")
        assert b"\x1b[>" not in desk.raw


def test_what_breaks_the_parser_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    read = LenientParser._sequence_to_key_events

    def brittle(self: LenientParser, sequence: str, alt: bool = False) -> Iterable[Key]:
        if sequence == "!":
            raise OverflowError
        return read(self, sequence, alt)

    monkeypatch.setattr(LenientParser, "_sequence_to_key_events", brittle)
    keys = [message for message in LenientParser().read("a!b") if isinstance(message, Key)]
    assert [key.character for key in keys] == ["a", "b"]


STARTS = (
    *("\x1b[", "\x1b", "\x1bO", "\x1b[<", "\x1b[?", "\x1b[M", ""),
    *("\x1b]", "\x1bP", "\x1b[200~", END_OF_PASTE),
)


def random_input(chance: random.Random) -> str:
    """Give the start of a sequence, and anything after it."""
    signs = chance.choices(
        (chance.randrange(0x20, 0x7F), chance.randrange(0x100), chance.randrange(0x3000)),
        k=chance.randint(1, 8),
    )
    return chance.choice(STARTS) + "".join(map(chr, signs))


def test_sixty_thousand_random_inputs_give_nothing_but_keys_and_pastes() -> None:
    chance, parser = random.Random(20200714), LenientParser()
    for _ in range(60_000):
        read = list(parser.read(random_input(chance)))
        for _tick in range(chance.choice((0,) * 40 + (1, 30))):
            read += parser.read("")
        # The driver passes on the first two only.
        assert {type(message) for message in read} <= {Key, Paste, AppFocus, AppBlur}
    for _tick in range(LONGEST_PAUSE + 1):
        list(parser.read(""))
    (key,) = parser.read("a")
    assert isinstance(key, Key)
    assert key.character == "a"


def test_a_paste_without_an_end_is_over_after_a_while() -> None:
    parser = LenientParser()
    assert list(parser.read("\x1b[200~38SQ")) == []
    messages = [message for _tick in range(LONGEST_PAUSE + 1) for message in parser.read("")]
    assert [paste.text for paste in messages if isinstance(paste, Paste)] == ["38SQ"]
    (key,) = parser.read("a")
    assert isinstance(key, Key)


@pytest.mark.parametrize(
    ("texts", "enters"),
    [
        (["\r"], 1),
        (["\n"], 1),
        (["\r\n"], 1),
        (["\r", "\n"], 1),
        (["\r", "", "\n"], 2),
        (["\r\r"], 2),
        (["\n\n"], 2),
        (["\r\n\r\n"], 2),
        (["\r", "\r\n"], 2),
    ],
)
def test_each_lines_end_is_one_enter(texts: list[str], enters: int) -> None:
    """Empty is a tick in which nothing was typed."""
    parser = LenientParser()
    keys = [message for text in texts for message in parser.read(text)]
    assert [key.key for key in keys if isinstance(key, Key)] == ["enter"] * enters


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("enter", "Enter"),
        ("escape", "Esc"),
        ("pageup", "RePág"),
        ("pagedown", "AvPág"),
        ("space", "Espacio"),
        ("f1", "F1"),
        ("f10", "F10"),
        ("f", "f"),
        ("up", "↑"),
        ("question_mark", "?"),
        ("slash", "/"),
        ("shift+tab", "Mayús+Tab"),
        ("ctrl+l", "Ctrl+l"),
    ],
)
def test_keys_have_the_names_of_a_spanish_keyboard(key: str, name: str) -> None:
    assert key_name(Binding(key, "act")) == name


def test_a_binding_may_name_its_keys_itself() -> None:
    assert key_name(Binding("up", "act", key_display="↑↓")) == "↑↓"
