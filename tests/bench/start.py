"""How long from the start of a process to its first page on the terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

import pexpect

from tests.bench.line import Line
from tests.bench.stores import demo_with

CHECKOUT = Path(__file__).parents[2]
SEEN = b"Usuario"
"""A word that both pages paint in one piece."""
ROUNDS = 11


def lines(folder: Path) -> Iterator[Line]:
    """Time the login page against a bare Textual hello-world, round by round."""
    store = demo_with(folder, 0)
    env = {"ESCRITORIO_STORE": str(store)}
    pairs = [
        (
            seconds_to_paint([sys.executable, "-m", "tui"], env),
            seconds_to_paint([sys.executable, "tests/bench/hello.py"], env),
        )
        for _round in range(ROUNDS)
    ]
    yield Line(
        what="process start to login painted",
        against="bare Textual hello-world",
        at_most=1.25,
        # Of the rounds' ratios, which a machine that slows down meanwhile does not bend.
        ratio=median(ours / theirs for ours, theirs in pairs),
        ours=f"{median(ours for ours, _theirs in pairs):.3f} s",
        theirs=f"{median(theirs for _ours, theirs in pairs):.3f} s",
    )


def seconds_to_paint(argv: Sequence[str], env: Mapping[str, str]) -> float:
    """Start a program on a terminal of 80x24 and wait for its page."""
    began = time.perf_counter()
    process = pexpect.spawn(
        argv[0],
        list(argv[1:]),
        dimensions=(24, 80),
        env={**os.environ, "TERM": "xterm-256color", **env},
        cwd=CHECKOUT,
    )
    try:
        process.expect_exact(SEEN, timeout=30)
        return time.perf_counter() - began
    finally:
        process.close(force=True)
