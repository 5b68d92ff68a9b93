"""The main job over a line of 150 ms each way and 8 KB/s: how long until a key's verdict is painted."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from store.demo import DISTRIBUTOR, GOOD_50
from tests.bench.line import Line
from tests.bench.relay import DELAY, RATE
from tests.bench.sitting import bytes_of
from tests.bench.stores import demo_with
from tests.e2e.conftest import enter
from tests.e2e.installed import has_programs, installed_desk, reachable_python
from tests.e2e.ssh.conftest import NEEDED
from tests.e2e.ssh.server import Server
from tests.e2e.terminal import Terminal

ROUNDS = 7
LONGEST = 1.0
"""Seconds that somebody waits without wondering whether the key was taken."""
STILL = 2 * DELAY
"""Seconds of silence after which the answer has been painted."""
RELAY = [sys.executable, "-m", "tests.bench.relay"]


def lines(folder: Path) -> Iterator[Line]:
    """Type a key again and again, and confirm it in the end; over ssh, where there is an sshd."""
    with ExitStack() as stack:
        python = reachable_python() if has_programs(*NEEDED) else None
        store = demo_with(folder, 0)
        desk = stack.enter_context(_by_ssh(store, python) if python else _at_a_terminal(store))
        desk.sees("Demostración")
        enter(desk, DISTRIBUTOR)
        bytes_of(desk, until="1-16 de")
        taken = [_seconds_to_verdict(desk) for _round in range(ROUNDS)]
        _confirms(desk)
    line = f"{DELAY * 1000:.0f} ms each way and {RATE / 1024:.0f} KB/s"
    yield Line(
        what=f"Enter on a key to its verdict painted, {'ssh' if python else 'a terminal'} over {line}",
        against="a second",
        at_most=1,
        ratio=median(taken) / LONGEST,
        ours=f"{median(taken):.2f} s (at most {max(taken):.2f})",
        theirs=f"{LONGEST:.0f} s",
    )


@contextmanager
def _by_ssh(store: Path, python: str) -> Iterator[Terminal]:
    """Come by a real ssh to a real sshd; the line lies between the two."""
    with ExitStack() as stack:
        installed = stack.enter_context(installed_desk(python))
        installed.puts_store(store)
        server = Server(installed)
        stack.callback(server.stop)
        line = f"ProxyCommand={shlex.join(RELAY)} to %h %p"
        yield stack.enter_context(Terminal(server.ssh("-tt", "-o", line)))


@contextmanager
def _at_a_terminal(store: Path) -> Iterator[Terminal]:
    argv = [sys.executable, "-m", "tui", "demo", "--store", str(store)]
    with Terminal([*RELAY, "run", *argv]) as desk:
        yield desk


def _seconds_to_verdict(desk: Terminal) -> float:
    """Type a good key, press Enter and wait for the last byte of the answer; then go back to the list."""
    desk.type(f"a{GOOD_50}")
    bytes_of(desk, until="Llevas 16 de 16")
    began = time.perf_counter()
    desk.type("\r")
    desk.sees("válida")
    painted = time.perf_counter()
    while time.perf_counter() - painted < STILL:
        if desk.hears(0.02):
            painted = time.perf_counter()
    desk.press("escape")
    desk.sees_no("─ Activar")
    return painted - began


def _confirms(desk: Terminal) -> None:
    desk.type(f"a{GOOD_50}\r")
    desk.sees("válida")
    desk.type(" \r")
    desk.sees("─ Aviso")
    desk.type("\r")
    desk.sees("38SQ-••••-••••-UHBE +50 Timbres")
