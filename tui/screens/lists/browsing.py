"""What every page around a list over the store shares: one list in sight, perhaps another on its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

from textual import on, work
from textual.getters import query_one
from textual.worker import WorkType

from store.text import _
from tui.screens.go_to import ask_where
from tui.screens.lists.loading import Lists, Loaded, ShownSource
from tui.screens.lists.title import ListPlace
from tui.screens.page import Page
from tui.type_ahead import ASKING
from tui.visit import Visit
from tui.widgets.grid import Grid, GridColumn

_TOGETHER = 0.04
"""Seconds for which the end of a window that asked for a list waits to be drawn together with the list."""


class BrowsingPage(Page, Generic[ShownSource]):
    """Shows where in the list one is, or that it is being looked for; what the list is, others decide."""

    grid = query_one(Grid)
    place = query_one(ListPlace)

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._lists: Lists[ShownSource] = Lists(self._start_worker, self._show, self._refuse_list)
        self._in_sight = range(0)
        """The positions of the lines that are on the screen."""
        self._draw: Callable[[], None] = lambda: None

    @property
    def _source(self) -> ShownSource | None:
        return self._lists.shown

    def focus_body(self) -> None:
        """Give the keys to the list."""
        self.grid.focus()

    async def open_list(
        self,
        source: ShownSource,
        *,
        cursor: int = 0,
        number: int | None = None,
        to_its_end: bool = False,
    ) -> None:
        """Show another list, the cursor on a line or on a row; what takes its time lets the keys through.

        Args:
            to_its_end: Whether to come back with the list shown, however long that takes.
        """
        draw = self._draw = self.desk.hold_drawing(_TOGETHER)
        try:
            await self._lists.load(
                source,
                cursor,
                number,
                around=self.app.size.height,  # no grid is higher
                wait=self._say_waiting,
                to_its_end=to_its_end,
            )
        finally:
            draw()

    def _start_worker(self, work: WorkType[None], group: str) -> None:
        self.run_worker(work, group=group, exclusive=group != "give up")

    def _show(self, loaded: Loaded[ShownSource]) -> None:
        """Bring a list that was opened to the screen."""
        raise NotImplementedError

    def _show_lines(self, loaded: Loaded[ShownSource], columns: Sequence[GridColumn]) -> None:
        self._draw()
        self.grid.show(loaded.source, columns, cursor=loaded.cursor, lines=loaded.lines)
        # What is counted meanwhile would keep the lines waiting.
        self.call_after_refresh(self._lists.count_behind, loaded.source, self._counted)

    @on(Grid.Waiting)
    def _say_waiting(self) -> None:
        self.place.say(_("Buscando…"))

    def _refuse_list(self, sentence: str) -> None:
        self.say(sentence)
        self._say_place()

    def _counted(self) -> None:
        self.grid.take_length()
        self._say_place()

    @on(Grid.RowHighlighted)
    def _moved(self, event: Grid.RowHighlighted) -> None:
        self._in_sight = range(event.first, event.last + 1)
        self._say_place()

    def _say_place(self) -> None:
        """Say where one is; while a list is awaited, what is said of it stays whatever moves in the one before."""
        if self._source is not None and not self._lists.is_slow:
            self.place.say(self.place_in(self._source))

    def place_in(self, source: ShownSource) -> str:
        """Say where in a list one is."""
        raise NotImplementedError

    @work(group=ASKING)
    async def action_go_to(self) -> None:
        """Ask for a row, and go there."""
        source = self._source
        if source is None or not source.length:
            return
        position = await ask_where(self, source.length, is_exact=source.listing.is_exact)
        if position is not None:
            self.grid.cursor = position
