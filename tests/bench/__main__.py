"""Run every benchmark, or those that are named, and print a table of ratios."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench import loading, start, wire
from tests.bench.line import HEADER, Line, table
from tests.bench.machine import machine

KEPT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MEASURES: Mapping[str, Callable[[Path], Iterator[Line]]] = {
    "start": start.lines,
    "wire": wire.lines,
    "loading": loading.lines,
}
"""What can be measured; each is given a folder of its own."""


def main(names: Sequence[str]) -> None:
    """Measure; keep the table where all was measured."""
    print(HEADER)
    lines = [line for name in names or MEASURES for line in _measured(name)]
    if not names:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(f"# Benchmarks\n\n{machine()}\n\n{table(lines)}\n", "utf-8")


def _measured(name: str) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = folder
        for line in MEASURES[name](Path(folder)):
            print(line, flush=True)
            yield line


if __name__ == "__main__":
    main(sys.argv[1:])
