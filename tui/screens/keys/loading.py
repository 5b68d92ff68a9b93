"""Opening lists behind the page: the newest one wins, and a slow one lets the keys through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from store.errors import Refusal
from store.keys.listing import KeyListing
from store.keys.query import KeyColumn, KeyQuery
from store.windows.superseded import Superseded
from tui.screens.keys.source import KeySource
from tui.visit import Visit
from tui.widgets.grid import GridLine
from tui.widgets.grid.grid import PATIENCE

_AROUND = 60
"""Lines that are read with a new list, above and below its cursor: what the highest terminal shows."""


@dataclass(frozen=True)
class Wanted:
    """A list that is asked for, and where its cursor is to stand."""

    query: KeyQuery
    columns: Sequence[KeyColumn]
    cursor: int = 0
    key_id: int | None = None
    """The key that is to be under the cursor, where it is listed."""


@dataclass(frozen=True)
class Loaded:
    """A list that is open, with the lines around its cursor."""

    source: KeySource
    cursor: int
    lines: Mapping[int, GridLine] = field(default_factory=dict)


Start = Callable[[Coroutine[Any, Any, None], str], object]
"""Starts a worker of a group in which a newer one takes the place of the one before."""


class Lists:
    """The list that a page shows, and the one that it waits for."""

    def __init__(
        self,
        visit: Visit,
        start: Start,
        show: Callable[[Loaded], None],
        say: Callable[[str], None],
    ) -> None:
        self._visit, self._start, self._show, self._say = visit, start, show, say
        self._awaited: KeyListing | None = None
        self.shown: KeySource | None = None

    async def load(self, wanted: Wanted, *, wait: Callable[[], None], to_its_end: bool) -> None:
        """Open a list and show it, unless a newer one is asked for meanwhile.

        Args:
            wait: Says that it takes its time.
            to_its_end: Whether to come back with the list shown, however long that takes.
        """
        listing = KeyListing(self._visit.store, self._visit.person, wanted.query)
        self._give_up(self._awaited)
        self._awaited = listing
        is_over = asyncio.Event()
        self._start(self._open(listing, wanted, is_over), "load")
        with suppress(TimeoutError):
            await asyncio.wait_for(is_over.wait(), PATIENCE)
            return
        wait()
        if to_its_end:
            await is_over.wait()

    async def _open(self, listing: KeyListing, wanted: Wanted, is_over: asyncio.Event) -> None:
        try:
            loaded = await asyncio.to_thread(self._opened, listing, wanted)
        except Superseded:
            return
        except Refusal as refusal:
            self._awaited = None
            self._say(refusal.sentence)
            return
        else:
            if listing is not self._awaited:
                return
            if self.shown is not None:
                self._give_up(self.shown.listing)
            self._awaited = None
            self.show(loaded)
        finally:
            is_over.set()

    def show(self, loaded: Loaded) -> None:
        """Show a list that is open."""
        self.shown = loaded.source
        self._show(loaded)

    def _opened(self, listing: KeyListing, wanted: Wanted) -> Loaded:
        listing.open()
        if self.shown is not None:
            listing.keep_folds_of(self.shown.listing)
        found = None
        if wanted.key_id is not None:
            found = listing.index_of(wanted.key_id, near=wanted.cursor)
        cursor = wanted.cursor if found is None else found
        source = KeySource(listing, wanted.columns)
        first = max(0, min(cursor, listing.length - 1) - _AROUND)
        lines = source.read(first, 2 * _AROUND)
        return Loaded(source, cursor, dict(enumerate(lines, start=first)))

    def _give_up(self, listing: KeyListing | None) -> None:
        if listing is not None:
            self._start(asyncio.to_thread(listing.give_up), "give up")

    def count_behind(self, source: KeySource, counted: Callable[[], None]) -> None:
        """Count a list that is shown, and make its jumps short.

        Args:
            counted: Is told whenever more is known of its length.
        """
        self._start(self._count(source, counted), "count keys")

    async def _count(self, source: KeySource, counted: Callable[[], None]) -> None:
        listing = source.listing
        with suppress(Superseded):
            if not listing.is_exact:
                await asyncio.to_thread(listing.count_some)
                counted()
                keys_and_units = await asyncio.to_thread(listing.count_all)
                source.settle(*keys_and_units)
                counted()
            await asyncio.to_thread(listing.build_fences)
