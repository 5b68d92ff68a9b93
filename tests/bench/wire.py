"""How many bytes a terminal is sent, against stock Textual with the same rows in a terminal of 80x24."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.line import Line
from tests.bench.sitting import bytes_of, fill_login, open_demo
from tests.bench.stores import demo_with
from tests.e2e.terminal import Terminal

ROWS = 1_000
STEPS = 10
"""Cursor keys that are pressed, and pages that are turned."""
IDLE = 10
"""Seconds for which nobody does anything."""
ROW = re.compile(
    r"^ (\S{4}-\S{4}-\S{4}-\S{4}) +(\d+ \S+) ([\d/]{10}) +(\S+) +(\S+) +(.*?)$", re.MULTILINE
)
LIST = r"Timbres \d\d/\d\d/\d{4}"
"""What stands on the list once its rows are there."""
MENU = {"Espacio": 3, "Carrito": 9}
"""Pages, and how far down in the menu they are."""
STOCK = "stock Textual, the same rows"
MARKS = {"first paint": 0.2, "row down": 0.35, "page down": 0.3, "typed sign": 0.1, "dialog": 0.25}
BUDGETS = {"first page": 5_000, "row down": 350, "typed sign": 80}
"""Bytes that a line has to carry at most (facts/terminals 8.1)."""


@dataclass(frozen=True)
class Sent:
    """What was sent, in bytes."""

    first_paint: int
    first_page: int
    row_down: int
    page_down: int
    typed_sign: int
    dialog: int

    def of(self, what: str) -> int:
        """Give a figure by its words."""
        figure: int = getattr(self, what.replace(" ", "_"))
        return figure


def lines(folder: Path) -> Iterator[Line]:
    """Do the same things in both, and then nothing on each page of the desk."""
    store = demo_with(folder, ROWS)
    ours, rows = _ours(store)
    theirs = _stock(folder, rows)
    for what, mark in MARKS.items():
        yield _compared(what, mark, ours.of(what), theirs.of(what))
    for what, budget in BUDGETS.items():
        yield Line(
            what=f"bytes at 80x24: {what}",
            against="the budget of a slow line",
            at_most=1,
            ratio=ours.of(what) / budget,
            ours=f"{ours.of(what):,} B",
            theirs=f"{budget:,} B",
        )
    yield from _idle(store)


def _compared(what: str, mark: float, ours: int, theirs: int) -> Line:
    return Line(
        what=f"bytes: {what}",
        against=STOCK,
        at_most=mark,
        ratio=ours / theirs,
        ours=f"{ours:,} B",
        theirs=f"{theirs:,} B",
        note="" if ours / theirs <= mark else "more cells changed than stock Textual leaves out",
    )


def _ours(store: Path) -> tuple[Sent, list[list[str]]]:
    """Go through the desk, and take its rows down for the other."""
    with open_demo(store) as desk:
        login = len(desk.raw) + bytes_of(desk)
        typed = bytes_of(desk, "x")
        bytes_of(desk, "backspace")
        fill_login(desk)
        page = bytes_of(desk, "enter", until=LIST)
        down = _mean(desk, "down")
        rows = [list(row) for row in ROW.findall(desk.text)]
        paged = 0
        for _page in range(STEPS):
            paged += bytes_of(desk, "pagedown")
            rows += [list(row) for row in ROW.findall(desk.text)]
        dialog = bytes_of(desk, "a", until="Captura")
    return Sent(login + page, page, down, paged // STEPS, typed, dialog), rows


def _stock(folder: Path, rows: list[list[str]]) -> Sent:
    file = folder / "rows.json"
    file.write_text(json.dumps(rows), "utf-8")
    with Terminal([sys.executable, "-m", "tests.bench.stock", str(file)]) as stock:
        stock.sees("Estatus")
        first = len(stock.raw) + bytes_of(stock)
        down = _mean(stock, "down")
        page = _mean(stock, "pagedown")
        dialog = bytes_of(stock, "a", until="Cancelar")
    with Terminal([sys.executable, "-m", "tests.bench.stock", str(file)]) as stock:
        stock.sees("Estatus")
        bytes_of(stock, "shift+tab")
        before = len(stock.raw)
        stock.press("x")
        # Its cursor blinks for ever: a blink is not of the sign.
        stock.hears(0.3)
        typed = len(stock.raw) - before
    return Sent(first, first, down, page, typed, dialog)


def _mean(terminal: Terminal, key: str) -> int:
    return sum(bytes_of(terminal, key) for _step in range(STEPS)) // STEPS


def _idle(store: Path) -> Iterator[Line]:
    """Do nothing on the login page, on the pages that the menu leads to, and in a window."""
    with open_demo(store) as desk:
        bytes_of(desk)
        silent = {"login": len(desk.hears(IDLE))}
        fill_login(desk)
        bytes_of(desk, "enter", until=LIST)
        silent["keys"] = len(desk.hears(IDLE))
        bytes_of(desk, "a", until="Captura")
        silent["key window"] = len(desk.hears(IDLE))
        bytes_of(desk, "escape")
        for page, entry in MENU.items():
            bytes_of(desk, "m")
            bytes_of(desk, "home", *["down"] * entry, "enter", until=page)
            silent[page] = len(desk.hears(IDLE))
    yield Line(
        what=f"bytes sent in {IDLE} s of nothing",
        against=", ".join(silent),
        at_most=0,
        ratio=sum(silent.values()),
        ours=f"{sum(silent.values())} B",
        theirs="–",
        note=", ".join(f"{page}: {sent} B" for page, sent in silent.items() if sent),
    )
