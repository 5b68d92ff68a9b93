"""Each page and dialog on a Linux console: every glyph is there, no text has the colour of its ground, and the cursor
shows by more than a colour; on a real one where there is one, and on pyte everywhere.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.e2e.console import a_console, lacking
from tests.e2e.console_picture import FONT, Font, picture
from tests.e2e.console_walk import Desk, Stop, distributors_walk, staffs_walk
from tests.e2e.look import (
    BLACK,
    GREY,
    WHITE,
    Rows,
    colours,
    under_cursor,
    unreadable,
    without_glyph,
)
from tests.e2e.terminal import CHECKOUT, Terminal

SHELF = CHECKOUT / "docs/console"
IS_DRAWN = "DRAW_CONSOLE" in os.environ
LOCKS = {"ESCRITORIO_IDLE_LOCK_SECONDS": "8", "ESCRITORIO_IDLE_WARNING_SECONDS": "0"}
PLAIN = {BLACK, WHITE, GREY, GREY + WHITE}
"""What is left without colours: bold is bright, and dim is grey."""


def marked_rows(desk: Desk, words: str) -> Rows:
    """Give the screen once the words are under the cursor."""
    end = time.monotonic() + 10
    while words not in under_cursor(rows := desk.rows):
        assert time.monotonic() < end, f"{words!r} is not marked:\n{desk.text}"
        time.sleep(0.02)
    return rows


@contextmanager
def a_desk(where: str, demo: Path, **env: str) -> Iterator[Desk]:
    argv = [sys.executable, "-m", "tui", "demo", "--store", str(demo)]
    with ExitStack() as stack:
        if where == "pyte":
            yield stack.enter_context(Terminal(argv, rows=25, env={"TERM": "linux", **env}))
            return
        if reason := lacking():
            pytest.skip(reason)
        console = stack.enter_context(a_console())
        process = console.starts(argv, **env)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        yield console


def stops(desk: Desk, staffs: Desk) -> Iterator[tuple[Desk, Stop]]:
    """Go through both desks, and come back to the one that nobody has touched for a while."""
    for stop in staffs_walk(staffs):
        yield staffs, stop
    for stop in distributors_walk(desk):
        yield desk, stop
    staffs.sees("┌─ Sesión bloqueada")
    yield staffs, ("lock", "")


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}], ids=["colours", "no-colours"])
@pytest.mark.parametrize("where", ["console", "pyte"])
def test_every_page_can_be_made_out(where: str, env: dict[str, str], demo: Path) -> None:
    with a_desk(where, demo, **env, **LOCKS) as staffs, a_desk(where, demo, **env) as own:
        for desk, (name, marked) in stops(own, staffs):
            rows = marked_rows(desk, marked)
            assert without_glyph(rows) == set(), name
            assert unreadable(rows) == "", name
            if env:
                assert colours(rows) <= PLAIN, name
            elif IS_DRAWN and where == "console":
                SHELF.mkdir(exist_ok=True)
                (SHELF / f"{name}.png").write_bytes(picture(rows, Font(FONT)))


def test_every_picture_is_of_a_stop() -> None:
    drawn = {file.stem for file in SHELF.glob("*.png")}
    assert {"login", "keys", "menu", "capture", "notice", "sessions", "payments", "lock"} <= drawn
