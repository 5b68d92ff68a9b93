"""When Python looks for garbage: while nobody waits for the screen, and never in what the start has loaded."""

from __future__ import annotations

import asyncio
import gc

MOST = 50_000
"""Objects after which Python looks at once, whoever waits: what some dozens of keys leave that come without a pause."""
PAUSE = 0.1
"""Seconds without a key after which it looks."""
_YOUNG = 1
"""The generations that a look goes through: what a window or a list has left, not what stays with the page."""


def look_from_now_on() -> None:
    """Take what is there now for what stays, and look for garbage in what comes."""
    gc.freeze()
    gc.set_threshold(MOST)
    gc.enable()


class Pauses:
    """Looks for garbage between two keys rather than between a key and its answer."""

    def __init__(self) -> None:
        self._look: asyncio.TimerHandle | None = None

    def put_off(self) -> None:
        """Look once there was no key for a while."""
        if self._look is not None:
            self._look.cancel()
        self._look = asyncio.get_running_loop().call_later(PAUSE, _look)


def _look() -> None:
    if gc.isenabled():  # not while the start is loading still, which would all be gone through
        gc.collect(_YOUNG)
