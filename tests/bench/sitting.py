"""Somebody who sits at a program and counts what it writes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from store.demo import DISTRIBUTOR, PASSWORD
from tests.e2e.terminal import Terminal

STILL = 0.4
"""Seconds without a byte after which a program has said all; a stock cursor blinks twice a second, for ever."""
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


def _goes_on(terminal: Terminal) -> bool:
    """Tell whether anything is written before the silence is long enough."""
    end = time.monotonic() + STILL
    while time.monotonic() < end:
        if terminal.hears(0.05):
            return True
    return False
