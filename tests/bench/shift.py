"""A shift at the desk: a key press a second, an activation every ten, and how long each key took to be painted."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Barrier

from store.keys.code import read_key
from tests.bench.sitting import open_demo
from tests.e2e.conftest import enter
from tests.e2e.terminal import Terminal

ROUND = 10
"""Seconds: an arrow in each, and in the last one an activation."""
ARRIVAL = 20
"""Seconds in which all come in, which costs much more than a key."""
PATIENCE = 120
"""Seconds to wait for the others."""
MASKED = re.compile(r"\w{4}-••••-••••-\w{4}")


def work(
    store: Path, username: str, keys: Sequence[str], late: float, begin: Barrier
) -> list[float]:
    """Sign in, wait for the others, and work until all keys are confirmed; give the seconds from each key to its paint.

    Args:
        store: A demo.
        username: An account with the demo's password.
        keys: Good ones, each for one round.
        late: Which part of a round after the first one: activations come as they do, and not all in one second.
        begin: Where all meet.
    """
    time.sleep(late * ARRIVAL)
    with open_demo(store) as desk:
        enter(desk, username)
        desk.sees("1-16 de")
        begin.wait(PATIENCE)
        start = time.monotonic() + late * ROUND
        taken = [
            seconds for number, key in enumerate(keys)
            for seconds in _round(desk, key, start + number * ROUND)
        ]  # fmt: skip
        desk.kill()  # to leave costs time that the others would feel
        return taken


def _round(desk: Terminal, key: str, start: float) -> Iterator[float]:
    for second in range(ROUND):
        desk.hears(max(0.0, start + second - time.monotonic()))
        if second == ROUND - 1:
            yield from _activates(desk, key)
        else:
            yield _moves(desk, "up" if second % 2 else "down")


def _moves(desk: Terminal, arrow: str) -> float:
    rows = MASKED.findall(desk.text)
    here = next(place for place, row in enumerate(rows) if desk.marks(row))
    wanted = rows[here + (1 if arrow == "down" else -1)]
    return _seconds(partial(desk.press, arrow), partial(desk.sees_marked, wanted))


def _activates(desk: Terminal, key: str) -> Iterator[float]:
    """Go through the windows; the key comes as fast as a reader types it."""
    for typed, shown in (
        ("a", "Llevas 0 de 16"),
        (f"{key}\r", "válida"),
        (" ", r"\[x\] Acepto"),
        ("\r", "─ Aviso"),
    ):
        yield _seconds(partial(desk.type, typed), partial(desk.sees, shown))
    yield _seconds(partial(desk.type, "\r"), partial(desk.sees_no, "─ Aviso"))
    desk.sees_marked(str(read_key(key).masked))


def _seconds(act: Callable[[], object], await_paint: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    await_paint()
    return time.perf_counter() - began
