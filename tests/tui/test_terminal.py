"""What a terminal can show."""

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.terminal import (
    CONSOLE_GLYPHS,
    SUBSTITUTES,
    GlyphFilter,
    in_reverse_video,
    is_console,
)

BLACK = Color(0, 0, 0)


def test_each_substitute_is_drawable_and_as_wide() -> None:
    for glyph, substitute in SUBSTITUTES.items():
        assert chr(substitute) in CONSOLE_GLYPHS
        assert cell_len(chr(glyph)) == cell_len(chr(substitute)) == 1


def test_a_console_is_given_what_its_font_has() -> None:
    style = Style(bold=True)
    line = [Segment("┌ Aviso … ✕┐", style), Segment("plain")]
    assert GlyphFilter().apply(line, BLACK) == [Segment("┌ Aviso ~ x┐", style), Segment("plain")]


def test_reverse_video_looks_the_same_in_colour() -> None:
    assert in_reverse_video(Style.parse("black on cyan")) == Style.parse("reverse cyan on black")


def test_the_black_ground_stays_as_it_is() -> None:
    for plain in ("white on black", "white", "white on default", "reverse white on black"):
        assert in_reverse_video(Style.parse(plain)) == Style.parse(plain)


@pytest.mark.parametrize(
    ("name", "expected"), [("linux", True), ("linux-16color", True), ("xterm", False)]
)
def test_a_console_is_known_by_its_name(
    name: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", name)
    assert is_console() is expected
