"""Twenty people on one store: from a key to its paint, against one person alone who does the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

from store.demo import create_demo
from store.settings import Settings
from tests.bench.line import Line
from tests.bench.shift import work
from tests.store.lots import issued
from tests.tui.people import add_colleague

PEOPLE, KEYS = 20, 4
"""How many sit there, and how many keys each of them activates."""
KEPT = """
SELECT count(*), (SELECT count(*) FROM audit_event WHERE action = 'key.confirmed')
FROM prepaid_key WHERE confirmed_at IS NOT NULL
"""


def lines(folder: Path) -> Iterator[Line]:
    """Let one work alone, and then all of them, in one desk of one store."""
    file = folder / "sessions.db"
    store = create_demo(Settings(store=str(file)), keys=1_000)
    people = [f"operador{number:02}" for number in range(PEOPLE)]
    for name in people:
        add_colleague(store, name)
    keys = issued(store, (1 + PEOPLE) * KEYS)
    store.close()
    before = _kept(file)
    alone = _work(file, people[:1], keys[:KEYS])
    together = _work(file, people, keys[KEYS:])
    yield _compared(alone, together)
    added = [after - earlier for after, earlier in zip(_kept(file), before, strict=True)]
    yield Line(
        what=f"keys lost or doubled, of those that {PEOPLE} sessions saw confirmed",
        against="keys confirmed in the store, and events in its audit",
        at_most=0,
        ratio=max(abs(len(keys) - count) for count in added),
        ours=f"{len(keys)}",
        theirs=" and ".join(map(str, added)),
    )


def _work(file: Path, people: Sequence[str], keys: Sequence[str]) -> list[float]:
    """Let each sit at a process and a terminal of their own; give what all of them met, in seconds."""
    context = get_context("fork")
    with context.Manager() as manager, ProcessPoolExecutor(len(people), context) as desks:
        begin = manager.Barrier(len(people))
        working = [
            desks.submit(work, file, name, keys[place :: len(people)], place / len(people), begin)
            for place, name in enumerate(people)
        ]
        return [seconds for shift in working for seconds in shift.result()]


def _compared(alone: Sequence[float], together: Sequence[float]) -> Line:
    ours, theirs = _p95(together), _p95(alone)
    return Line(
        what=f"a key to its paint, p95 of {PEOPLE} sessions, each a key a second and an activation in ten",
        against="the same with one session",
        at_most=3,
        ratio=ours / theirs,
        ours=f"{ours * 1000:.0f} ms (median {median(together) * 1000:.0f})",
        theirs=f"{theirs * 1000:.0f} ms (median {median(alone) * 1000:.0f})",
    )


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _kept(file: Path) -> tuple[int, int]:
    """Count the keys that are confirmed, and the events that say so."""
    with closing(sqlite3.connect(file)) as connection:
        counts: tuple[int, int] = connection.execute(KEPT).fetchone()
        return counts
