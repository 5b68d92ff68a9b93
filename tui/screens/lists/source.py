"""A list over the store as the grid wants it: lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic

from store.windows.listing import Listing
from store.windows.superseded import Superseded
from store.windows.windows import Row
from tui.widgets.grid import GridRow

_KEPT = 1_000
"""Lines of which it is known what stands behind them."""


class ListSource(Generic[Row]):
    """Writes the rows of a listing, and remembers what stands behind each line."""

    def __init__(
        self,
        listing: Listing[Row],
        cells: Callable[[Row], Sequence[str]],
        arrived: Callable[[], object],
    ) -> None:
        """Make a source.

        Args:
            listing: The list, not open yet.
            cells: Writes a row.
            arrived: Is told, in a thread, that there is more to stand on.
        """
        self.listing, self._cells, self._arrived = listing, cells, arrived
        self._rows: dict[int, tuple[int, Row]] = {}

    @property
    def length(self) -> int:
        """How many lines there are."""
        return self.listing.length

    def read(self, first: int, length: int) -> list[GridRow]:
        """Read lines and write them; none where something newer is shown already."""
        try:
            rows = self.listing.rows(first, length)
        except Superseded:
            return []
        if len(self._rows) > _KEPT:
            self._rows = {}
        self._rows |= dict(enumerate(rows, start=first))
        self._arrived()
        return [GridRow(self._cells(row)) for _number, row in rows]

    def open(self, former: ListSource[Row] | None) -> None:
        """Open the list."""
        self.listing.open()

    def place_of(self, number: int, otherwise: int) -> int:
        """Give where a row stands among the lines that were read, else the place that is given."""
        places = (at for at, (found, _row) in self._rows.items() if found == number)
        return next(places, otherwise)

    def count_some(self) -> None:
        """Count nothing: opening has counted as far as does not take long."""

    def count_all(self) -> Callable[[], None]:
        """Count all rows, and give what takes the number for the length."""
        return partial(self._settle, self.listing.count_all())

    def _settle(self, counted: int) -> None:
        self.listing.settle(counted)
        self._rows = {}  # lines from the end now stand elsewhere

    def number_at(self, position: int) -> int | None:
        """Give the number of the row at a line, as far as it was read."""
        found = self._rows.get(position)
        return None if found is None else found[0]

    def row_at(self, position: int) -> Row | None:
        """Give the row at a line, as far as it was read."""
        found = self._rows.get(position)
        return None if found is None else found[1]

    def row_read_at(self, position: int) -> Row | None:
        """Give the row at a line, read now; called in a thread."""
        self.read(position, 1)
        return self.row_at(position)
