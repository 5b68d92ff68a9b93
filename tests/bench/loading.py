"""How long an import of a million keys takes, and whom it keeps waiting, against `sqlite3`'s own import.

`sqlite3` is given the rows that the store keeps of them, ready made: it neither checks nor hashes anything.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from store.demo import create_demo
from store.installation.pepper import DEMO_PEPPER
from store.keys.code import new_key
from store.keys.lots import key_mac
from store.settings import Settings
from tests.bench.line import Line

CHECKOUT = Path(__file__).parents[2]
KEYS = 1_000_000
LONGEST_LOCK = 0.2
"""Seconds that nobody at a desk may have to wait for one step of an import."""
_FILLED = "lot_id, mac, signs, units, state, client_sort_key"
_BARE = f"CREATE TABLE loaded ({_FILLED})"
_WHY_LONG = (
    "half of it reads, checks and hashes each line in Python,"
    " a third is SQLite's at the checks and indexes of the table"
)
_WHY_LOCKED = (
    "steps aim at 50 ms; what holds the lock waits for a processor as all do on a busy machine"
)


def lines(folder: Path) -> Iterator[Line]:
    """Time `keys import` into a desk that works on a million keys, and into a store that has none."""
    file, others = _keys(folder, "keys"), _keys(folder, "others")
    store = folder / "crowded.db"
    create_demo(Settings(store=str(store)), keys=KEYS).close()
    peer = _table(folder / "indexed.db", *_with_indexes_of(store))
    _their_seconds(peer, others)  # so that it has a million already, as the desk has
    yield from _against(
        "into a desk at work", ".import into a table with the same indexes", 6, store, peer, file
    )
    store = folder / "empty.db"
    create_demo(Settings(store=str(store))).close()
    peer = _table(folder / "bare.db", _BARE)
    yield from _against("into an empty store", "bare .import", 12, store, peer, file)


def _against(
    where: str, what: str, at_most: float, store: Path, peer: Path, file: Path
) -> Iterator[Line]:
    theirs = _their_seconds(peer, file)
    ours, lock = _our_seconds(store, file)
    yield Line(
        what=f"`keys import` of {KEYS:,} {where}",
        against=f"`sqlite3`, {what}",
        at_most=at_most,
        ratio=ours / theirs,
        ours=f"{ours:.1f} s",
        theirs=f"{theirs:.1f} s",
        note=_WHY_LONG,
    )
    yield Line(
        what=f"the longest write lock of it, {where}",
        against="what a person notices",
        at_most=1,
        ratio=lock / LONGEST_LOCK,
        ours=f"{lock * 1000:.0f} ms",
        theirs=f"{LONGEST_LOCK * 1000:.0f} ms",
        note=_WHY_LOCKED,
    )


def _keys(folder: Path, name: str) -> Path:
    """Write keys as a vendor sends them, and beside them the rows that the store would make of them."""
    file = folder / f"{name}.csv"
    with file.open("w") as sent, _ready_made(file).open("w") as rows:
        for _key in range(KEYS):
            key = new_key()
            sent.write(f"{key.grouped()}\n")
            mac, signs = key_mac(DEMO_PEPPER, key).hex(), key.masked.signs
            rows.write(f"7,{mac},{signs},50,emitida,\n")
    return file


def _ready_made(file: Path) -> Path:
    return file.with_suffix(".rows")


def _with_indexes_of(store: Path) -> Iterator[str]:
    """Give a table of the same columns without a CHECK, those that are filled first, and the indexes that keys have."""
    with closing(sqlite3.connect(store)) as connection:
        columns = [name for _at, name, *_ in connection.execute("PRAGMA table_info(prepaid_key)")]
        others = [name for name in columns if name not in _FILLED.split(", ")]
        yield f"CREATE TABLE loaded ({_FILLED}, {', '.join(others)}, UNIQUE (mac))"
        made = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'prepaid_key'"
        for (statement,) in connection.execute(f"{made} AND sql IS NOT NULL"):
            yield statement.replace("ON prepaid_key", "ON loaded")


def _table(file: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
    return file


def _their_seconds(store: Path, file: Path) -> float:
    """Import with Debian's `sqlite3`, which says of each line that the other columns are filled with NULL."""
    began = time.perf_counter()
    subprocess.run(
        ["sqlite3", store, ".mode csv", f".import {_ready_made(file)} loaded"],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def _our_seconds(store: Path, file: Path) -> tuple[float, float]:
    """Import with the desk's own command; give its time, and the longest time that nobody else could write."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "keys", "import", file, "--product", "TIMBRES-50"],
        cwd=CHECKOUT,
        env={**os.environ, "ESCRITORIO_STORE": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    lock = _longest_lock(store, process)
    if process.wait() != 0:
        raise RuntimeError(f"the import ended with {process.returncode}")
    return time.perf_counter() - began, lock


def _longest_lock(store: Path, process: subprocess.Popen[bytes]) -> float:
    """Knock at the write lock each millisecond until the process ends; give how long it was shut without a break."""
    longest = 0.0
    shut_since: float | None = None
    version: tuple[int] | None = None
    with closing(sqlite3.connect(store, timeout=0, isolation_level=None)) as connection:
        while process.poll() is None:
            now = time.perf_counter()
            before, version = version, connection.execute("PRAGMA data_version").fetchone()
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
                shut_since = None
            except sqlite3.OperationalError:
                if shut_since is None or version != before:  # somebody committed between two knocks
                    shut_since = now
                longest = max(longest, now - shut_since)
            time.sleep(0.001)
    return longest
