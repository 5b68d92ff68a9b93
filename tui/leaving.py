"""The end of a session that was told to end: within a second, whatever still runs in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Thread, Timer

PATIENCE = 0.7
"""Seconds in which the desk may close as always: it takes less, unless a thread waits for the store or the terminal."""
LAST_MOMENT = 0.1
"""Seconds to give the terminal back, where it takes anything."""


def end_soon(status: int, give_back: Callable[[], None]) -> None:
    """End the process a moment from now, unless it ends by itself before.

    Python would wait for every thread, and one may be waiting for a store that somebody else keeps busy. What a
    transaction has not committed, the database forgets.

    Args:
        status: The exit status.
        give_back: Gives the terminal back; it may hang, since nobody may be reading.
    """
    timer = Timer(PATIENCE, _end, (status, give_back))
    timer.daemon = True
    timer.start()


def _end(status: int, give_back: Callable[[], None]) -> None:
    giving = Thread(target=give_back, daemon=True)
    giving.start()
    giving.join(LAST_MOMENT)
    os._exit(status)
