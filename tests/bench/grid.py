"""How long the list takes from a key to painted rows, and how little that depends on how many keys there are."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

from store.accounts.person import Person
from store.calendar import Clock
from store.demo import DISTRIBUTOR, START
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.listing import KeyListing
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.tables import KeyState
from store.settings import Settings
from tests.bench.line import Line
from tests.bench.sitting import fill_login, let_rest, open_demo
from tests.bench.stores import demo_with
from tests.e2e.terminal import Terminal
from tests.store.people import member

FEW, MANY = 10_000, int(os.environ.get("BENCH_KEYS", 1_000_000))
MOST = int(os.environ.get("BENCH_MOST_KEYS", 10_000_000))
STEPS = 15
ROUNDS = 4
FIRST_PAGE = r"1-16 de [\d,]+"
KEY = r"\S{4}-••••-••••-\S{4}"
FILTERS: tuple[dict[str, Any], ...] = (
    {"dates": DateRange(date(2020, 6, 1), date(2020, 6, 30))},
    {"dates": DateRange(date(2019, 1, 1), date(2020, 6, 30))},
    {"dates": DateRange(date(2016, 1, 1), date(2016, 12, 31))},
    {"states": frozenset({KeyState.USED})},
    {"states": frozenset({KeyState.VOID})},
    {"states": frozenset({KeyState.VOID, KeyState.WITHHELD})},
    {"units": 50},
    {"signs": "2Z"},
    {"signs": "2Z3"},
    {"client": "an"},
    {"client": "innovaci"},
    {"client": "zacatecas"},
)


def lines(folder: Path) -> Iterator[Line]:
    """Measure demos of several sizes, one after the other."""
    sizes = {keys: demo_with(folder, keys) for keys in (1_000, FEW, MANY, MOST)}
    yield _ratio(
        f"start to first page of {MANY:,} keys, after the Enter that signs in",
        "the same with 1,000 keys",
        1.2,
        (median(_entering(sizes[MANY]) for _round in range(5))),
        (median(_entering(sizes[1_000]) for _round in range(5))),
    )
    few, most = _movements(sizes[FEW]), _movements(sizes[MOST])
    for what, seconds in most.items():
        yield _ratio(f"{what} at {MOST:,} keys", f"the same at {FEW:,}", 1.5, seconds, few[what])
    yield replace(
        _ratio(
            f"page down in {MANY:,} keys, to painted rows",
            "Textual's DataTable with 1,000 rows",
            0.25,
            median(_rows_of_pages(sizes[MANY])),
            _data_table(folder),
        ),
        note="a third of it is the terminal of the benchmark, which both pay; the rest is Textual's way from"
        " a key to sixteen lines",
    )
    yield _combinations(sizes[FEW], sizes[MANY])


def _ratio(what: str, against: str, mark: float, ours: float, theirs: float) -> Line:
    note = "" if ours <= mark * theirs else "the database has more to walk through"
    return Line(
        what, against, mark, ours / theirs, f"{ours * 1000:.1f} ms", f"{theirs * 1000:.1f} ms", note
    )


def _entering(store: Path) -> float:
    with open_demo(store) as desk:
        fill_login(desk)
        return seconds_to(desk, "enter", FIRST_PAGE)


def seconds_to(terminal: Terminal, key: str, pattern: str) -> float:
    """Press a key and wait until its effect stands on the screen."""
    began = time.perf_counter()
    terminal.press(key)
    terminal.sees(pattern)
    return time.perf_counter() - began


@contextmanager
def _all_keys_of(store: Path) -> Iterator[Terminal]:
    """Sit at the list of all keys of a desk."""
    with open_demo(store) as desk:
        fill_login(desk)
        seconds_to(desk, "enter", FIRST_PAGE)
        desk.press("f")
        desk.sees("Fecha desde")
        desk.press("home", "ctrl+k", "down", "home", "ctrl+k", "enter")
        desk.sees("cualquier Fecha")
        let_rest(desk)  # fences are built behind the screen
        yield desk


def _movements(store: Path) -> Mapping[str, float]:
    """Move through all keys of a desk: a page down, to the end, to the middle."""
    with _all_keys_of(store) as desk:
        return {
            "page down": median(_pages(desk)),
            "End": median(_there_and_back(desk, lambda: seconds_to(desk, "end", r"-([\d,]+) de \1"))),
            "jump to the middle": median(_there_and_back(desk, lambda: _jump(desk))),
        }  # fmt: skip


def _pages(desk: Terminal) -> Iterator[float]:
    for page in range(1, STEPS + 1):
        yield seconds_to(desk, "pagedown", f" {16 * page + 1}-{16 * page + 16} de")


def _there_and_back(desk: Terminal, go: Callable[[], float]) -> Iterator[float]:
    for _round in range(STEPS):
        seconds_to(desk, "home", FIRST_PAGE)
        yield go()


def _jump(desk: Terminal) -> float:
    desk.press("j")
    desk.sees("Una fila de la 1")
    desk.type("50%")
    desk.sees("50%")
    return seconds_to(desk, "enter", r"Claves prepago +(?!1-)[\d,]+-[\d,]+ de(?![\s\S]*Una fila)")


def _rows_of_pages(store: Path) -> Iterator[float]:
    """Turn pages of all keys of a desk, and wait for nothing but their rows."""
    with _all_keys_of(store) as desk:
        for _page in range(STEPS):
            first_key = re.search(KEY, desk.text)
            assert first_key, desk.text
            began = time.perf_counter()
            desk.press("pagedown")
            desk.sees_no(first_key[0])
            yield time.perf_counter() - began
            desk.hears(0.2)


def _data_table(folder: Path) -> float:
    same = ["200 Timbres", "14/07/2020", "14/07/20", "Utilizada", "Empresa 1"]
    rows = [[f"fila {row:04}", *same] for row in range(1_000)]
    file = folder / "rows.json"
    file.write_text(json.dumps(rows), "utf-8")
    with Terminal([sys.executable, "-m", "tests.bench.stock", str(file)]) as stock:
        stock.sees("fila 0000")
        stock.hears(1)
        taken = []
        for _page in range(STEPS):
            last = max(int(row) for row in _rows(stock.text))
            taken.append(seconds_to(stock, "pagedown", f"fila {last + 2:04}"))
            stock.hears(0.2)
        return median(taken[1:])  # the first one scrolls less than a page


def _rows(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if "fila " in line:
            yield line.partition("fila ")[2][:4]


def _combinations(few: Path, many: Path) -> Line:
    """Open the list with any two filters in any order, in the store alone: what is painted then is one screen."""
    theirs, ours = _opened(few, many)
    worst = max(ours, key=lambda asked: ours[asked] / theirs[asked])
    return replace(
        _ratio(
            f"any two filters with any sort over {MANY:,}, first rows read (the worst: {worst})",
            f"the same with {FEW:,}",
            10,
            ours[worst],
            theirs[worst],
        ),
        note=f"median of all {median(ours.values()) * 1000:.0f} ms; no key waits for it",
    )


def _opened(*files: Path) -> list[dict[str, float]]:
    """Give for each store the least that every query took, in rounds that lie apart: a burst of other work hits one."""
    stores = [_store(file) for file in files]
    taken: list[dict[str, float]] = [{} for _file in files]
    for _round in range(ROUNDS):
        for query in _queries():
            said = query.sentence(START.date()) + f" por {query.sort.title}"
            for store, least in zip(stores, taken, strict=True):
                seconds = _seconds_to_open(store, member(store, DISTRIBUTOR), query)
                least[said] = min(seconds, least.get(said, seconds))
    for store in stores:
        store.close()
    return taken


def _store(file: Path) -> Store:
    store = open_store(Settings(store=str(file)))
    return replace(store, clock=Clock(store.clock.zone, source=lambda: START))


def _queries() -> Iterator[KeyQuery]:
    for one, other in combinations(FILTERS, 2):
        if not one.keys() & other.keys():
            for column in KeyColumn:
                yield KeyQuery(**{"dates": DateRange(), **one, **other}, sort=column)


def _seconds_to_open(store: Store, person: Person, query: KeyQuery) -> float:
    began = time.perf_counter()
    listing = KeyListing(store, person, query)
    listing.open()
    listing.lines(0, 40)
    return time.perf_counter() - began
