"""Run every benchmark, or those that are named, and print a table of ratios."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench import grid, loading, peers, sessions, slow_line, soak, start, wire
from tests.bench.line import HEADER, Line, table
from tests.bench.machine import machine

KEPT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MEASURES: Mapping[str, Callable[[Path], Iterator[Line]]] = {
    "start": start.lines,
    "grid": grid.lines,
    "wire": wire.lines,
    "slow-line": slow_line.lines,
    "sessions": sessions.lines,
    "peers": peers.lines,
    "loading": loading.lines,
    "soak": soak.lines,
}
"""What can be measured; all are given the same folder."""


def main(names: Sequence[str]) -> None:
    """Measure; keep the table where all was measured."""
    print(HEADER)
    # The last desk may still be putting its files away.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for kind in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = folder
        lines = [line for name in names or MEASURES for line in _measured(name, Path(folder))]
        if not names:
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text(f"# Benchmarks\n\n{machine()}\n\n{table(lines)}\n", "utf-8")


def _measured(name: str, folder: Path) -> Iterator[Line]:
    for line in MEASURES[name](folder):
        print(line, flush=True)
        yield line


if __name__ == "__main__":
    main(sys.argv[1:])
