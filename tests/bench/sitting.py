"""Somebody who sits at a program and counts what it writes."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from store.demo import DISTRIBUTOR, PASSWORD
from tests.e2e.terminal import Terminal

STILL = 0.4
"""Seconds without a byte after which a program has said all; a stock cursor blinks twice a second, for ever."""
IDLE_SHARE = 0.1
"""Of a processor, that a program may take and count as one that does nothing."""
LONGEST = 5.0
"""Seconds after which one that goes on is not listened to any more."""


def bytes_of(terminal: Terminal, *keys: str, until: str = "") -> int:
    """Press keys and count what is written until nothing more is.

    Args:
        terminal: Where.
        keys: Their names.
        until: What has to stand on the screen first, for a key whose effect takes long.
    """
    before = len(terminal.raw)
    terminal.press(*keys)
    terminal.sees(until)
    end = time.monotonic() + LONGEST
    while _goes_on(terminal) and time.monotonic() < end:
        pass
    return len(terminal.raw) - before


def open_demo(store: Path) -> Terminal:
    """Open the desk on a demo store, at its login page."""
    terminal = Terminal([sys.executable, "-m", "tui", "demo", "--store", str(store)])
    terminal.sees("Demostración")
    return terminal


def fill_login(terminal: Terminal) -> None:
    """Fill the login page; Enter is left."""
    for word in (f"{DISTRIBUTOR}\r", PASSWORD):
        terminal.type(word)
        bytes_of(terminal)


def let_rest(terminal: Terminal) -> None:
    """Wait until a program does nothing any more, behind the screen either."""
    worked, before = _worked(terminal), -1.0
    while worked - before > IDLE_SHARE * STILL:
        terminal.hears(STILL)
        before, worked = worked, _worked(terminal)


def _worked(terminal: Terminal) -> float:
    """Give the seconds of processor that a program took up to now."""
    *_name, figures = Path(f"/proc/{terminal.pid}/stat").read_text("utf-8").rpartition(")")
    user, system = figures.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _goes_on(terminal: Terminal) -> bool:
    """Tell whether anything is written before the silence is long enough."""
    end = time.monotonic() + STILL
    while time.monotonic() < end:
        if terminal.hears(0.05):
            return True
    return False
