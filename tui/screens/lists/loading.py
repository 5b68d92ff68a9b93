"""Opening lists behind the page: the newest one wins, and a slow one lets the keys through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, Protocol, Self, TypeVar

from store.errors import Refusal
from store.windows.superseded import Superseded
from tui.head_start import in_thread
from tui.widgets.grid import GridLine
from tui.widgets.grid.grid import PATIENCE
from tui.widgets.grid.lines import Source


class StoreList(Protocol):
    """A list over the store, as it stood when it was opened."""

    @property
    def length(self) -> int:
        """How many lines it has; at the most, where not all are counted yet."""

    @property
    def is_exact(self) -> bool:
        """Whether all are counted."""

    def index_of(self, number: int, *, near: int = 0) -> int | None:
        """Find a row's position by its number."""

    def build_fences(self) -> None:
        """Make its jumps short."""

    def give_up(self) -> None:
        """Stop what it asks of the database."""


class ListedSource(Source, Protocol):
    """Writes the lines of a list over the store; all but `settle` of what is counted is called in a thread."""

    @property
    def listing(self) -> StoreList:
        """The list."""

    def open(self, former: Self | None) -> None:
        """Open the list; it may keep something of the one that is shown."""

    def place_of(self, number: int, otherwise: int) -> int:
        """Give where a row stands among the lines that were read, else the place that is given."""

    def count_some(self) -> None:
        """Count as far as does not take long."""

    def count_all(self) -> Callable[[], None]:
        """Count all, and give what takes the number for the length."""


ShownSource = TypeVar("ShownSource", bound=ListedSource)


@dataclass(frozen=True)
class Loaded(Generic[ShownSource]):
    """A list that is open, with the lines around its cursor."""

    source: ShownSource
    cursor: int
    lines: Mapping[int, GridLine] = field(default_factory=dict)


Work = Callable[[], Coroutine[None, None, None]]
Start = Callable[[Work, str], object]
"""Starts a worker of a group in which a newer one takes the place of the one before, even before it has begun."""


class Lists(Generic[ShownSource]):
    """The list that a page shows, and the one that it waits for."""

    def __init__(
        self,
        start: Start,
        show: Callable[[Loaded[ShownSource]], None],
        say: Callable[[str], None],
    ) -> None:
        self._start, self._show, self._say = start, show, say
        self._awaited: ShownSource | None = None
        self._is_over = asyncio.Event()
        self.shown: ShownSource | None = None
        self.is_slow = False
        """Whether a list is awaited that takes its time."""

    async def load(
        self,
        source: ShownSource,
        cursor: int,
        number: int | None,
        *,
        around: int,
        wait: Callable[[], None],
        to_its_end: bool,
    ) -> None:
        """Open a list and show it, unless a newer one is asked for meanwhile.

        Args:
            source: The list, not open yet.
            cursor: The line that its cursor is to stand on,
            number: or the row that is to be under it, where that is listed.
            around: Lines to read with it above and below its cursor; they may lie anywhere on a disk.
            wait: Says that it takes its time.
            to_its_end: Whether to come back with the list shown, however long that takes.
        """
        self._give_up(self._awaited)
        self._awaited = source
        self._is_over.set()  # who waits for the list before, which may not even have begun, waits no more
        self._is_over = is_over = asyncio.Event()
        opened = partial(self._opened, source, cursor, number, around)
        self._start(partial(self._open, source, opened, is_over), "open list")
        with suppress(TimeoutError):
            await asyncio.wait_for(is_over.wait(), PATIENCE)
            return
        if source is self._awaited:
            self.is_slow = True
            wait()
        if to_its_end:
            await is_over.wait()

    async def _open(
        self,
        source: ShownSource,
        opened: Callable[[], Loaded[ShownSource]],
        is_over: asyncio.Event,
    ) -> None:
        try:
            loaded = await in_thread(opened)
        except Superseded:
            return
        except Refusal as refusal:
            if source is self._awaited:
                self._awaited, self.is_slow = None, False
                self._say(refusal.sentence)
            return
        else:
            if source is not self._awaited:
                return
            self._give_up(self.shown)
            self._awaited, self.is_slow = None, False
            self.show(loaded)
        finally:
            is_over.set()

    def show(self, loaded: Loaded[ShownSource]) -> None:
        """Show a list that is open."""
        self.shown = loaded.source
        self._show(loaded)

    def _opened(
        self, source: ShownSource, cursor: int, number: int | None, around: int
    ) -> Loaded[ShownSource]:
        source.open(self.shown)
        listing = source.listing
        found = None if number is None else listing.index_of(number, near=cursor)
        cursor = cursor if found is None else found
        place = max(0, min(cursor, listing.length - 1))
        first = max(0, place - around)
        lines = source.read(first, place + around - first)
        if found is not None and number is not None:
            # Somebody else's row may have come above it after it was looked for.
            cursor = source.place_of(number, cursor)
        return Loaded(source, cursor, dict(enumerate(lines, start=first)))

    def _give_up(self, source: ShownSource | None) -> None:
        if source is not None:
            self._start(partial(asyncio.to_thread, source.listing.give_up), "give up")

    def count_behind(self, source: ShownSource, counted: Callable[[], None]) -> None:
        """Count a list that is shown, and make its jumps short.

        Args:
            counted: Is told whenever more is known of its length.
        """
        self._start(partial(self._count, source, counted), "count list")

    async def _count(self, source: ShownSource, counted: Callable[[], None]) -> None:
        listing = source.listing
        with suppress(Superseded):
            if not listing.is_exact:
                await asyncio.to_thread(source.count_some)
                counted()
                settle = await asyncio.to_thread(source.count_all)
                settle()
                counted()
            await asyncio.to_thread(listing.build_fences)
