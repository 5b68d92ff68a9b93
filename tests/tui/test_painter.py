"""The painter shows what stock Textual would, whatever is drawn, and writes nothing where nothing changed."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Offset, Region
from textual.strip import Strip

from tests.tui.two_screens import PlainEraser
from tui.painting.looks import change
from tui.painting.painter import Painter

WIDTH, HEIGHT = 24, 8
HOME = Offset(0, 0)
LOOKS = [
    Style.parse(words)
    for words in (
        "",
        "white on black",
        "bold white on black",
        "cyan on black reverse",
        "underline red",
        "color(200) on color(17) italic",
        "#102030 on #405060 strike",
    )
]
SIGNS = st.sampled_from([" ", " ", " ", "a", "7", "ñ", "─", "界", "e\u0301", "•"])
PIECES = st.tuples(st.lists(SIGNS, max_size=12).map("".join), st.sampled_from(LOOKS))
LINES = st.lists(PIECES, max_size=4).map(
    lambda pieces: Strip([Segment(*piece) for piece in pieces]).adjust_cell_length(WIDTH, LOOKS[1])
)
SCREENS = st.lists(LINES, min_size=HEIGHT, max_size=HEIGHT)


def whole(lines: list[Strip]) -> LayoutUpdate:
    """Draw a whole screen."""
    return LayoutUpdate([[line] for line in lines], Region(0, 0, WIDTH, HEIGHT))


def part(lines: list[Strip], spans: list[tuple[int, int, int]]) -> ChopsUpdate:
    """Draw stretches of a screen that is cut in the middle."""
    half = WIDTH // 2
    chops = [{0: line.crop(0, half), half: line.crop(half, WIDTH)} for line in lines]
    return ChopsUpdate(chops, spans, [[half, WIDTH]] * HEIGHT)


def text(*lines: str, look: Style = LOOKS[1]) -> LayoutUpdate:
    """Draw lines of text."""
    rows = [*lines, *[""] * (HEIGHT - len(lines))]
    return whole([Strip([Segment(line.ljust(WIDTH), look)], WIDTH) for line in rows])


@st.composite
def frames(draw: st.DrawFn) -> list[LayoutUpdate | ChopsUpdate]:
    """Draw screens of which some are the one before, scrolled or changed in part."""
    lines = draw(SCREENS)
    drawn: list[LayoutUpdate | ChopsUpdate] = [whole(lines)]
    for kind in draw(st.lists(st.sampled_from(["new", "up", "down", "part"]), max_size=5)):
        fresh = draw(SCREENS)
        by = draw(st.integers(1, 3))
        if kind == "up":
            lines = [lines[0], *lines[1 + by :], *fresh[:by]]
        elif kind == "down":
            lines = [lines[0], *fresh[:by], *lines[1:-by]]
        else:
            lines = fresh
        if kind == "part":
            spans = [(y, 0, WIDTH) for y in range(HEIGHT)]
            drawn.append(part(lines, spans))
        else:
            drawn.append(whole(lines))
    return drawn


@pytest.mark.parametrize("kind", [pyte.Screen, PlainEraser])
@settings(max_examples=60, deadline=None, phases=set(Phase) - {Phase.shrink, Phase.explain})
@given(screens=frames())
def test_it_shows_the_same_as_stock(
    kind: type[pyte.Screen], screens: list[LayoutUpdate | ChopsUpdate]
) -> None:
    console = Console()
    console._color_system = colours = ColorSystem.TRUECOLOR
    painter = Painter(erases_in_colour=kind is pyte.Screen)
    stock, painted = pyte.Screen(WIDTH, HEIGHT), kind(WIDTH, HEIGHT)
    pyte.Stream(painted).feed(f"\x1b[31;45m{'x' * WIDTH * HEIGHT}\x1b[?7l")
    pyte.Stream(stock).feed("\x1b[?7l")
    for update in screens:
        pyte.Stream(stock).feed(update.render_segments(console))
        pyte.Stream(painted).feed(painter.paint(update, colours, HOME))
        for y in range(HEIGHT):
            for x in range(WIDTH):
                assert painted.buffer[y][x] == stock.buffer[y][x], (x, y)
        assert painter.paint(update, colours, HOME) == ""


def paints(*updates: LayoutUpdate, erases_in_colour: bool = True) -> str:
    """Give what the last of some screens takes."""
    painter = Painter(erases_in_colour=erases_in_colour)
    return [painter.paint(update, ColorSystem.STANDARD, HOME) for update in updates][-1]


def test_a_typed_sign_is_one_sign_a_look_and_two_moves() -> None:
    assert paints(text("Clave: 38S"), text("Clave: 38SQ")) == "\x1b[1;11H\x1b[0;37;40mQ\x1b[1H"


def test_a_list_that_scrolls_is_shifted() -> None:
    rows = [sign * 20 for sign in "abcdefgh"]
    written = paints(text("title", *rows[:7]), text("title", *rows[1:8]))
    assert written.startswith("\x1b[2;8r\x1b[8H\n\x1b[r")
    assert "bbb" not in written
    back = paints(text("title", *rows[1:8]), text("title", *rows[:7]))
    assert back.startswith("\x1b[2;8r\x1b[2H\x1bM\x1b[r")


def test_control_characters_go_no_further() -> None:
    hostile = text("a\x1b]52;c;x\x07b\x9bc", look=Style())
    assert paints(text(""), hostile).count("\x1b]") == 0
    assert not set("\x07\x9b") & set(paints(text(""), hostile))


def test_what_was_forgotten_is_drawn_whole() -> None:
    painter = Painter(erases_in_colour=True)
    first = painter.paint(text("one", "two"), ColorSystem.STANDARD, HOME)
    painter.forget()
    assert not painter.knows(text("one", "two"))
    assert painter.paint(text("one", "two"), ColorSystem.STANDARD, HOME) == first


def test_where_erasing_gives_other_colours_spaces_are_written() -> None:
    screens = text("a list of words"), text("")
    assert "\x1b[K" in paints(*screens)
    assert "\x1b[K" not in paints(*screens, erases_in_colour=False)


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        (None, "1;37;40", "\x1b[0;1;37;40m"),
        (None, "", "\x1b[m"),
        ("37;40", "1;37;40", "\x1b[1m"),
        ("1;37;40", "37;40", "\x1b[0;37;40m"),
        ("37;40", "36;40", "\x1b[36m"),
        ("37;40", "37", "\x1b[49m"),
        ("38;5;200;48;2;1;2;3", "38;5;200;48;5;9", "\x1b[48;5;9m"),
        ("39;49", "", ""),
        ("96;104", "", "\x1b[m"),
    ],
)
def test_looks_change_the_shortest_way(before: str | None, after: str, written: str) -> None:
    assert change(before, after) == written
