"""The list of a million keys against programs that load it whole: textual-fastdatatable and VisiData."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from statistics import median

from tests.bench.line import Line
from tests.bench.sitting import bytes_of, fill_login, open_demo
from tests.bench.stores import demo_with
from tests.e2e.terminal import CHECKOUT, Terminal

KEYS = int(os.environ.get("BENCH_KEYS", 1_000_000))
PEERS = CHECKOUT / ".venv" / "bench" / "bin"
LIST = r"Timbres \d\d/\d\d/\d{4}"
ROUNDS = 5
_WINDOW_CLOSES = (
    "whatever the keys: half of it is the end of the window that asked, and the drawing of the page"
)
LONGEST = 300
"""Seconds that a peer may take."""


@dataclass(frozen=True)
class Took:
    """What it took to open the list, to sort and to filter it (seconds), and to hold it (MB)."""

    opening: float
    sorting: float
    memory: float
    filtering: float = 0
    memory_inside: float = 0
    """The peak from the first painted rows on: the desk's sign-in takes Argon2's 64 MB for a moment."""


def lines(folder: Path) -> Iterator[Line]:
    """Open, sort and hold the same keys in each."""
    store = demo_with(folder, KEYS)
    _read_once(store)
    ours = _median([_desk(store) for _round in range(ROUNDS)])
    arrow = _median([_arrow(store) for _round in range(ROUNDS)])
    name = "textual-fastdatatable"
    yield _line(f"open {KEYS:,} keys to painted rows", f"{name}, loading the same", 0.1, "s",
                ours.opening, arrow.opening)  # fmt: skip
    sorts = {f"{name} sort": arrow.sorting, "VisiData sort": _visidata(folder, store)}
    for what, seconds in {"sort": ours.sorting, "filter": ours.filtering}.items():
        for whose, theirs in sorts.items():
            compared = _line(f"{what} {KEYS:,} to painted rows", whose, 0.03, "s", seconds, theirs)
            yield replace(compared, note=_WINDOW_CLOSES)
    signing_in = f"peak memory with {KEYS:,} keys, 64 MB of it the sign-in's Argon2"
    yield _line(signing_in, name, 0.2, "MB", ours.memory, arrow.memory)
    inside = f"peak memory with {KEYS:,} keys, from the first rows on"
    yield _line(inside, name, 0.2, "MB", ours.memory_inside, arrow.memory)


def _read_once(store: Path) -> None:
    """Bring a store's file into the system's cache, where it is at a desk at work; the peers hold all in memory."""
    with store.open("rb") as file:
        while file.read(2**20):
            pass


def _median(rounds: Sequence[Took]) -> Took:
    """Give what it took in the middle, of each by itself."""
    return Took(*(median(each) for each in zip(*map(astuple, rounds), strict=True)))


def _line(what: str, against: str, mark: float, unit: str, ours: float, theirs: float) -> Line:
    return Line(what, against, mark, ours / theirs, f"{ours:.3g} {unit}", f"{theirs:.3g} {unit}")


def _desk(store: Path) -> Took:
    first = _first_key(store)
    with open_demo(store) as desk:
        fill_login(desk)
        opening = _seconds(desk, "enter", LIST)
        peak = _peak_memory(desk)
        Path(f"/proc/{desk.pid}/clear_refs").write_text("5", "utf-8")  # begin the peak anew
        filtering = _filter_a_month(desk)
        _see_all(desk)
        bytes_of(desk, "o", until="Ordenar")
        bytes_of(desk, "home")
        sorting = _seconds(desk, "enter", f"{first[:4]}-••••-••••-{first[4:]}")
        inside = _peak_memory(desk)
        return Took(opening, sorting, max(peak, inside), filtering, inside)


def _filter_a_month(desk: Terminal) -> float:
    """Ask for the keys of a month; they are shown from its last day on."""
    bytes_of(desk, "f", until="Filtro")
    bytes_of(desk, "end", "ctrl+u", *"01/06/2020", "down", "end", "ctrl+u", *"30/06/2020")
    return _seconds(desk, "enter", "Timbres 30/06/2020")


def _see_all(desk: Terminal) -> None:
    """Take away the dates that the list begins with."""
    bytes_of(desk, "f", until="Filtro")
    bytes_of(desk, "end", "ctrl+u", "down", "end", "ctrl+u")
    bytes_of(desk, "enter", until=LIST)


def _arrow(store: Path) -> Took:
    argv = [str(PEERS / "python"), "-m", "tests.bench.arrow_table", str(store)]
    with Terminal(argv) as peer:
        peer.sees("Listo")
        bytes_of(peer)
        opening = _seconds(peer, "enter", "Clave(?s:.*)20[12]")
        bytes_of(peer)
        return Took(opening, _seconds(peer, "s", _first_key(store)), _peak_memory(peer))


def _visidata(folder: Path, store: Path) -> float:
    """Sort the keys as a CSV of its own, once all are loaded."""
    file = folder / "keys.csv"
    with closing(sqlite3.connect(store)) as connection, file.open("w", encoding="utf-8") as out:
        out.write("Clave,Cantidad\n")
        out.writelines(
            f"{signs},{units}\n"
            for signs, units in connection.execute("SELECT signs, units FROM prepaid_key")
        )
    with Terminal([str(PEERS / "vd"), str(file)]) as peer:
        peer.sees(r"Clave")
        while bytes_of(peer):
            pass
        return _seconds(peer, "[", _first_key(store))


def _first_key(store: Path) -> str:
    query = "SELECT min(signs) FROM prepaid_key WHERE desk_id IS NOT NULL"
    with closing(sqlite3.connect(store)) as connection:
        return str(connection.execute(query).fetchone()[0])


def _seconds(terminal: Terminal, key: str, pattern: str) -> float:
    """Press a key, and wait until something stands on the screen that did not before."""
    assert not re.search(pattern, terminal.text), f"{pattern} is there already:\n{terminal.text}"
    began = time.perf_counter()
    terminal.press(key)
    terminal.sees(pattern, timeout=LONGEST)
    return time.perf_counter() - began


def _peak_memory(terminal: Terminal) -> float:
    """Give the most memory that a process had at a time, in MB."""
    status = Path(f"/proc/{terminal.pid}/status").read_text("utf-8")
    peak = re.search(r"VmHWM:\s*(\d+) kB", status)
    assert peak, status
    return int(peak[1]) / 1024
