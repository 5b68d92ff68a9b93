"""Somebody at the desk: presses keys, types, and looks at the screen once the desk has come to rest.

>>> async with at_the_desk(store) as person:
...     await person.signs_in("empresasis")
...     await person.presses("a")
...     await person.types("38sq y7au ns7r uhbe")
...     person.sees("Llevas 16 de 16 caracteres.")
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from rich.segment import Segment
from textual.events import Key, Paste
from textual.geometry import Region
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import Worker

from store.demo import CUSTOMER, PASSWORD
from store.installation.store import Store
from tests.screen import screen_text
from tui.app import DeskApp
from tui.screens.yes_or_no import YesOrNo
from tui.type_ahead import ASKING
from tui.widgets.grid import Grid
from tui.widgets.key_bar import KeyBar

PATIENCE = 30.0
"""Seconds after which a desk that has not come to rest is taken for stuck."""
GLANCE = 0.003
"""Seconds between two looks at a desk whose threads are at work."""
LINES = re.compile("[─│┌┐└┘├┤┬┴┼]")
SPACES = re.compile(r"\s+")
CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t"}


class Person:
    """A person in front of a running desk."""

    def __init__(self, app: DeskApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def presses(self, *keys: str) -> None:
        """Press keys by their Textual names, each one when the one before has had its whole effect."""
        for key in keys:
            self.hits(key)
            await self.settles()

    async def types(self, text: str) -> None:
        """Type a text as fast as fingers go."""
        self.hits(*text)
        await self.settles()

    async def pastes(self, text: str) -> None:
        """Paste a text, in one piece as a terminal does."""
        self.app.post_message(Paste(text))
        await self.settles()

    async def types_anew(self, text: str) -> None:
        """Empty the field and type."""
        await self.presses("home", "ctrl+k")
        await self.types(text)

    async def goes_to(self, words: str) -> None:
        """Go down from the first line of a list to the one that says this."""
        await self.presses("home")
        while words not in self.under_cursor:
            before = self.text, self.under_cursor
            await self.presses("down")
            after = self.text, self.under_cursor
            assert after != before, f"no «{words}» in the list:\n{self.text}"

    async def ticks(self, *words: str) -> None:
        """Tick each of these lines of the list, or take the tick away."""
        for line in words:
            await self.goes_to(f"] {line}")
            await self.presses("space")

    def hits(self, *keys: str) -> None:
        """Press keys and wait for nothing."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            event = Key(name, key if len(key) == 1 else CHARACTERS.get(key))
            event.set_sender(self.app)
            self.app.post_message(event)

    async def signs_in(self, username: str, password: str = PASSWORD, *, door: str = "") -> None:
        """Fill the login page and press Enter; by the door that is marked, or by the customers' for who needs it.

        Pasted, since a sign typed is a screen painted, and nearly every story begins here.
        """
        if door == "Mi cuenta Aspel" or (not door and username == CUSTOMER):
            await self.presses("shift+tab", "left", "tab")
        await self.pastes(username)
        await self.presses("enter")
        await self.pastes(password)
        await self.presses("enter")

    async def activates(self, key: str) -> None:
        """Do the main job from the list: capture, accept, confirm, close the notice."""
        await self.presses("a")
        await self.types(key)
        await self.presses("enter", "space", "enter", "enter")

    async def sees_soon(self, words: str) -> None:
        """Wait until words stand on the screen, of a desk that is still at work."""
        await self._waits_for(lambda: plain(words) in self.words, f"no «{words}»")

    async def sees_soon_under_cursor(self, words: str) -> None:
        """Wait until the row with these words is under the cursor, of a desk that is still at work."""
        await self._waits_for(lambda: words in self.under_cursor, f"no «{words}» under the cursor")

    async def settles(self) -> None:
        """Wait until the desk waits for nothing but a key."""
        still = 0

        def is_still() -> bool:
            nonlocal still
            still = 0 if self._is_at_work() else still + 1
            return still > 1

        await self._waits_for(is_still, "the desk does not come to rest")

    async def _waits_for(self, done: Callable[[], bool], complaint: str) -> None:
        end = monotonic() + PATIENCE
        while not done():
            if monotonic() > end:
                raise AssertionError(f"{complaint}; at work: {self._workers()}\n{self.text}")
            if not self.app._exit:
                await self.pilot._wait_for_screen(PATIENCE)
            if self._is_at_work():
                await asyncio.sleep(GLANCE)

    def _is_at_work(self) -> bool:
        if self.has_left:
            return False
        keys = self.app._type_ahead
        waiting = bool(keys._waiting) or not (keys._task is None or keys._task.done())
        return waiting or bool(self._workers()) or not _is_drawn(self.app.screen)

    def _workers(self) -> list[Worker[Any]]:
        """List who is at work; who waits for the answer of a window that is open is not."""
        return [
            worker
            for worker in self.app.workers
            if not worker.is_finished and not self._waits_for_an_answer(worker)
        ]

    def _waits_for_an_answer(self, worker: Worker[Any]) -> bool:
        top = self.app.screen
        if worker.group == ASKING:
            return self.app._type_ahead._window_of(worker) is not top
        asked = top._result_callbacks if isinstance(top, YesOrNo) else []
        return worker.group == "leave" and any(
            answer.future is not None and not answer.future.done() for answer in asked
        )

    @property
    def has_left(self) -> bool:
        """Whether the desk is closed."""
        return self.app._exit or not self.app.is_running

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return screen_text(self.app)

    @property
    def lines(self) -> list[str]:
        """The lines of the window on top, or of the page if there is none."""
        region = _window(self.app.screen)
        lines = self.text.splitlines()[region.y : region.bottom]
        return [line[region.x : region.right] for line in lines]

    @property
    def words(self) -> str:
        """What can be read there, however its lines are broken."""
        return plain(" ".join(self.lines))

    @property
    def status(self) -> str:
        """The line above the keys."""
        return plain(self.text.splitlines()[-2])

    @property
    def bar(self) -> str:
        """The keys that are named at the bottom."""
        return self.text.splitlines()[-1].strip()

    @property
    def rows(self) -> list[str]:
        """The rows of the list on the page, one space between two columns."""
        region = self.app.screen.query_one(Grid).region
        lines = self.text.splitlines()[region.y + 1 : region.bottom]
        return [row for line in lines if (row := plain(line[region.x : region.right]))]

    @property
    def headings(self) -> str:
        """The names of the columns."""
        region = self.app.screen.query_one(Grid).region
        return plain(self.text.splitlines()[region.y][region.x : region.right])

    @property
    def under_cursor(self) -> str:
        """What stands in reverse video in the window on top: the row, the line or the button with the cursor."""
        region = _window(self.app.screen)
        strips = self.app.screen._compositor.render_strips()[region.y : region.bottom]
        marked = [_reversed(strip.crop(region.x, region.right)) for strip in strips]
        return plain(" ".join(marked))

    def sees(self, *sentences: str) -> None:
        """Find all of this in the window on top."""
        for words in sentences:
            assert plain(words) in self.words, f"no «{words}» on the screen:\n{self.text}"

    def sees_not(self, *sentences: str) -> None:
        """Find nothing of this anywhere."""
        for words in sentences:
            assert plain(words) not in plain(self.text), f"«{words}» on the screen:\n{self.text}"


@asynccontextmanager
async def at_the_desk(
    store: Store,
    size: tuple[int, int] = (80, 24),
    before: Callable[[DeskApp], None] = lambda _app: None,
    kind: type[DeskApp] = DeskApp,
) -> AsyncIterator[Person]:
    """Open the desk on a store, and sit somebody down at its login page.

    Args:
        store: The store.
        size: Columns and rows of the terminal.
        before: What is done with the app before it runs.
        kind: A desk, or a kiosk's.
    """
    app = kind(lambda: store)
    before(app)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot)
        await person._waits_for(app._is_open.is_set, "the store does not open")
        await person.settles()
        yield person


def _is_drawn(screen: Screen[Any]) -> bool:
    """Tell whether all that changed is on the screen; the flags are Textual's own."""
    flags = (
        "_layout_required",
        "_scroll_required",
        "_repaint_required",
        "_refresh_styles_required",
    )
    animator = screen.app.animator
    return not (
        animator._animations
        or animator._scheduled
        or screen._dirty_widgets
        or screen._callbacks
        or any(
            getattr(node, flag) for node in screen.walk_children(with_self=True) for flag in flags
        )
    )


def _window(screen: Screen[Any]) -> Region:
    """Give the place of a window on the screen, without the keys below it; of a page, all of it."""
    if not screen.is_modal:
        return screen.region
    boxes = [child.region for child in screen.children if not isinstance(child, KeyBar)]
    return Region.from_union(boxes) if boxes else screen.region  # one that is still being made


def _reversed(segments: Any) -> str:
    return "".join(
        segment.text
        if isinstance(segment, Segment) and segment.style and segment.style.reverse
        else " "
        for segment in segments
    )


def plain(text: str) -> str:
    return SPACES.sub(" ", LINES.sub(" ", text)).strip()
