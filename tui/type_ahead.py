"""Keys that come faster than the desk: each is dealt with to its end before the next one is.

Textual hands a key to whatever has the focus at that moment, so what is typed after an Enter on a slow line, or by a
fast hand, would fall into the field that the Enter is about to leave. Here it waits for its window.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import Worker

ASKING = "asking"
"""The group of workers that lead from one window to the next; keys wait until there is a window again."""
MOST = 2_000
"""Keys that may wait; what a stuck key or a paste without brackets sends beyond is dropped."""
LONGEST_WAIT = 20.0
"""Seconds after which keys go on whatever happens: longer than a busy store takes to say so."""
_BREATH = 0.002
"""Seconds for the screen to show what a key did, while no other one waits."""
_GLANCE = 0.01
"""Seconds between two looks whether a worker is done."""


class TakesRuns:
    """A widget that takes all the signs that wait for it at once, as a paste: key by key, a long list is minutes."""


class TypeAhead:
    """The queue of keys that are still to be dealt with."""

    def __init__(self, app: App[Any], deliver: Callable[[Event], Awaitable[None]]) -> None:
        """Make an empty queue.

        Args:
            deliver: Hands a key to the focused widget, as the app does.
        """
        self._app, self._deliver = app, deliver
        self._waiting: deque[Event] = deque()
        self._kept: deque[Event] = deque()
        self._task: asyncio.Task[None] | None = None
        self._is_held = True

    def begin(self) -> None:
        """Deal with what was typed before the first page was there, and from now on with all that comes."""
        self._is_held = False
        self._go_on()

    def add(self, event: Event) -> None:
        """Take a key; it is dealt with when its turn comes."""
        if len(self._waiting) >= MOST and not isinstance(self._app.focused, TakesRuns):
            return
        self._waiting.append(event)
        self._go_on()

    def cover(self) -> None:
        """Keep what waits for the windows that are covered now."""
        self._kept.extend(self._waiting)
        self._waiting.clear()

    def uncover(self) -> None:
        """Go on with what was kept; what was typed at the cover was for nothing."""
        self._waiting, self._kept = self._kept, deque()
        self._go_on()

    def _go_on(self) -> None:
        if not self._is_held and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run())

    def forget(self) -> None:
        """Drop what waits: it was typed for a window that will not come, since something was refused."""
        self._waiting.clear()
        self._kept.clear()

    async def _run(self) -> None:
        while self._waiting:
            await self._deliver(self._next())
            if not self._waiting:
                await asyncio.sleep(_BREATH)
            await self._settle()

    def _next(self) -> Event:
        """Take the key whose turn it is; where a widget takes runs, all the signs up to the next key that is none."""
        run = ""
        if isinstance(self._app.focused, TakesRuns):
            while self._waiting and (sign := _sign_of(self._waiting[0])):
                run += sign
                self._waiting.popleft()
        return Paste(run) if run else self._waiting.popleft()

    async def _settle(self) -> None:
        """Wait until the key has had its whole effect: on its way up, on the focus, on the windows."""
        await self._pass_through()
        patience = monotonic() + LONGEST_WAIT
        while self._is_asking() and monotonic() < patience:
            await asyncio.sleep(_GLANCE)
        await self._pass_through()

    def _is_asking(self) -> bool:
        """Tell whether a worker of the window on top is at work; those below wait for its answer."""
        screen = self._app.screen
        return not screen.is_mounted or any(
            worker.group == ASKING and not worker.is_finished and self._window_of(worker) is screen
            for worker in self._app.workers
        )

    def _window_of(self, worker: Worker[Any]) -> Screen[Any]:
        """Give the window that a worker works for; the app's own work for the page, whatever lies over it."""
        if worker.node is not self._app:
            return worker.node.screen
        return next(screen for screen in reversed(self._app.screen_stack) if not screen.is_modal)

    async def _pass_through(self) -> None:
        """Send a sentinel the way a key takes, from the focus up to the app, and wait for each."""
        node: MessagePump | None = self._app.focused or self._app.screen
        while node is not None:
            parent = node._parent
            await _processed(node)
            node = parent


def _sign_of(event: Event) -> str:
    """Give what a key writes into several lines; nothing where it is no such key."""
    if not isinstance(event, Key):
        return ""
    if event.key == "enter":
        return "\n"
    return event.character or "" if event.is_printable else ""


async def _processed(node: MessagePump) -> None:
    """Wait until a node has dealt with all that was sent to it before now; one that goes away is not waited for."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await done.wait()
