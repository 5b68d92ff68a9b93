"""What a terminal can show: the profile that chooses by itself, and the wishes that go before it."""

import os

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from store.settings import OF_THE_TERMINAL
from tui.charset import locale_charset
from tui.environment import WISHES, refusal_of_wishes, take_wishes, variable_of
from tui.glyphs import CONSOLE_GLYPHS, SUBSTITUTES, GlyphFilter, Glyphs
from tui.terminal import (
    ReverseVideo,
    Terminal,
    WithoutColours,
    in_reverse_video,
    this_terminal,
    without_colours,
)

BLACK = Color(0, 0, 0)
SURROUNDINGS = ("LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR", "COLORTERM", "TERM")


def terminal(monkeypatch: pytest.MonkeyPatch, **surroundings: str) -> Terminal:
    """Tell what a terminal in these surroundings can show, and in no others."""
    for name in SURROUNDINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    return this_terminal()


def test_each_substitute_is_drawable_and_as_wide() -> None:
    for glyph, substitute in SUBSTITUTES.items():
        assert chr(substitute) in CONSOLE_GLYPHS
        assert cell_len(chr(glyph)) == cell_len(chr(substitute)) == 1


def test_a_console_is_given_what_its_font_has() -> None:
    style = Style(bold=True)
    line = [Segment("┌ Aviso … ✕┐", style), Segment("plain")]
    glyphs = GlyphFilter(Glyphs(ascii_marks=False, charset="utf-8"))
    assert glyphs.apply(line, BLACK) == [Segment("┌ Aviso ~ x┐", style), Segment("plain")]


@pytest.mark.parametrize(
    ("charset", "drawn"),
    [
        ("utf-8", "+-+ (*) v> ¿Ñandú á漢?"),
        ("iso8859-15", "+-+ (*) v> ¿Ñandú á???"),
        ("ascii", "+-+ (*) v> ?Nandu a???"),
    ],
)
def test_ascii_draws_marks_and_leaves_the_letters_that_the_encoding_has(
    charset: str, drawn: str
) -> None:
    glyphs = Glyphs(ascii_marks=True, charset=charset)
    assert "┌─┐ (•) ▼► ¿Ñandú á漢☃".translate(glyphs) == drawn


@pytest.mark.parametrize("charset", ["utf-8", "iso8859-1", "ascii"])
def test_every_sign_stays_as_wide_as_it_is(charset: str) -> None:
    glyphs = Glyphs(ascii_marks=True, charset=charset)
    for sign in map(chr, range(0xA0, 0x3000)):
        drawn = sign.translate(glyphs)
        assert cell_len(drawn) == cell_len(sign), (sign, drawn)
        drawn.encode(charset)


def test_reverse_video_looks_the_same_in_colour() -> None:
    assert in_reverse_video(Style.parse("black on cyan")) == Style.parse("reverse cyan on black")


def test_the_black_ground_stays_as_it_is() -> None:
    for plain in ("white on black", "white", "white on default", "reverse white on black"):
        assert in_reverse_video(Style.parse(plain)) == Style.parse(plain)


def test_without_colours_only_what_a_vt100_knows_is_left() -> None:
    assert without_colours(Style.parse("bold dim reverse cyan on black")) == Style.parse(
        "bold reverse"
    )


@pytest.mark.parametrize(
    ("name", "glyphs", "colours", "erases"),
    [
        ("xterm-256color", None, True, True),
        ("xterm", None, True, True),
        ("linux", False, True, True),
        ("linux-16color", False, True, True),
        ("screen", None, True, False),
        ("tmux-256color", None, True, False),
        ("vt100", True, False, False),
        ("vt220", True, False, False),
        ("xterm-mono", None, False, True),
        ("a-name-of-tomorrow", None, True, False),
    ],
)
def test_it_is_known_by_its_name(
    name: str, glyphs: bool | None, colours: bool, erases: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`glyphs`: whether marks are ASCII, where not all can be drawn."""
    known = terminal(monkeypatch, TERM=name)
    assert (known.has_colours, known.erases_in_colour) == (colours, erases)
    assert known.draws_in_ascii is bool(glyphs)
    kinds: list[type[LineFilter]] = [ReverseVideo]
    kinds += [] if glyphs is None else [GlyphFilter]
    kinds += [] if colours else [WithoutColours]
    assert [type(line_filter) for line_filter in known.line_filters] == kinds


@pytest.mark.parametrize(
    ("surroundings", "charset"),
    [
        ({"LANG": "es_MX.UTF-8"}, "utf-8"),
        ({"LANG": "C.UTF-8"}, "utf-8"),
        ({"LANG": "es_ES@euro"}, "iso8859-15"),
        ({"LANG": "es_ES.ISO-8859-1"}, "iso8859-1"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": "C"}, None),
        ({"LANG": "C"}, None),
        ({}, None),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, None),
        ({"LANG": "es_ES@euro", "LC_CTYPE": "C.UTF-8"}, "iso8859-15"),
        ({"LANG": "xx_YY.klingon"}, None),
    ],
)
def test_the_locale_names_the_encoding(
    surroundings: dict[str, str], charset: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C.UTF-8 in LC_CTYPE may be Python's own stand-in for a locale that is not installed."""
    terminal(monkeypatch, **surroundings)
    assert locale_charset() == charset


@pytest.mark.parametrize(
    ("name", "locale", "charset", "draws_in_ascii", "is_asked"),
    [
        ("xterm", "es_MX.UTF-8", "utf-8", False, False),
        ("xterm", "C", "utf-8", False, False),
        ("xterm", "es_ES@euro", "utf-8", False, True),
        ("vt100", "es_MX.UTF-8", "utf-8", False, False),
        ("vt100", "C", "ascii", True, False),
        ("vt220", "es_ES@euro", "iso8859-15", True, False),
    ],
)
def test_name_and_locale_choose_encoding_and_frames(
    name: str,
    locale: str,
    charset: str,
    draws_in_ascii: bool,
    is_asked: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = terminal(monkeypatch, TERM=name, LC_ALL=locale)
    assert (known.charset, known.draws_in_ascii) == (charset, draws_in_ascii)
    assert known.is_asked_for_utf_8 is is_asked


@pytest.mark.parametrize(
    ("surroundings", "expected"),
    [
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "ESCRITORIO_NO_COLOR": "false"}, True),
        ({"ESCRITORIO_NO_COLOR": "yes"}, False),
        ({"TERM": "vt220", "COLORTERM": "truecolor"}, True),
    ],
)
def test_colours_are_wanted_and_there(
    surroundings: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert terminal(monkeypatch, **surroundings).has_colours is expected


def test_what_a_person_wishes_goes_before_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = terminal(monkeypatch, TERM="xterm", LC_ALL="es_MX.UTF-8", ESCRITORIO_ASCII="ON")
    assert (plain.draws_in_ascii, plain.charset, plain.shows_cursor) == (True, "utf-8", False)
    lines = terminal(monkeypatch, TERM="vt100", ESCRITORIO_ASCII="0", ESCRITORIO_CURSOR="1")
    assert (lines.draws_in_ascii, lines.charset, lines.shows_cursor) == (False, "utf-8", True)


def test_an_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"TERM": "xterm", "ESCRITORIO_CURSOR": "no"})
    take_wishes(["cursor", "ascii"])
    assert this_terminal().shows_cursor
    assert this_terminal().draws_in_ascii


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_that_cannot_be_understood_is_refused(
    wish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal_of_wishes() is None
    monkeypatch.setenv(variable_of(wish), "quizás")
    assert refusal_of_wishes() == (
        f"El ajuste «{variable_of(wish)}» no es válido: escribe true o false."
    )


def test_the_store_knows_that_these_are_none_of_its_settings() -> None:
    assert frozenset(map(variable_of, WISHES)) == OF_THE_TERMINAL


@pytest.mark.parametrize(
    ("locale", "typed", "read"),
    [
        ("C.UTF-8", "añb".encode(), "añb"),
        ("C.UTF-8", b"a\xf1b", "a\ufffdb"),
        ("es_ES@euro", "añ€b".encode(), "añ€b"),
        ("es_ES@euro", b"a\xf1\xa4b", "añ€b"),
    ],
)
def test_keys_are_read_as_utf_8_else_as_the_locale_says(
    locale: str, typed: bytes, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoder = terminal(monkeypatch, TERM="xterm", LC_ALL=locale).decoder()
    assert decoder.decode(typed, final=True) == read
