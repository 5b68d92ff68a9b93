"""Work in a thread that is given a head start over the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from threading import Event
from typing import TypeVar

HEAD_START = 0.012
"""Seconds: less than anybody notices, and enough for a screen of lines that an index serves."""

Result = TypeVar("Result")


async def in_thread(work: Callable[[], Result]) -> Result:
    """Do work in a thread; only what takes longer than a moment shares the processor with the screen.

    Two threads that take turns lose more than the moment: what is drawn meanwhile is what the work will replace.
    """
    is_over = Event()

    def run() -> Result:
        try:
            return work()
        finally:
            is_over.set()

    doing = asyncio.get_running_loop().run_in_executor(None, copy_context().run, run)
    is_over.wait(HEAD_START)
    return await doing
