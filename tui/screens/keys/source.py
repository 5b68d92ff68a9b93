"""The list of keys as the grid wants it: lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from store.keys.cells import said_of_cell
from store.keys.listing import KeyGroup, KeyListing, KeyRow, Line
from store.keys.query import KeyColumn, KeyQuery
from store.keys.words import stamps
from store.text import _, ngettext
from store.windows.superseded import Superseded
from tui.widgets.grid import ASCENDING, DESCENDING, GridColumn, GridGroup, GridLine, GridRow

_COLUMNS = {
    KeyColumn.KEY: GridColumn(KeyColumn.KEY.title, 19),
    KeyColumn.QUANTITY: GridColumn(KeyColumn.QUANTITY.title, 12, align_right=True),
    KeyColumn.DATE: GridColumn(KeyColumn.DATE.title, 10),
    KeyColumn.ACTIVATION: GridColumn(KeyColumn.ACTIVATION.title, 9, short=_("F. Activ.")),
    KeyColumn.STATUS: GridColumn(KeyColumn.STATUS.title, 10),
    KeyColumn.CLIENT: GridColumn(KeyColumn.CLIENT.title, 12),
}


def grid_columns(columns: Sequence[KeyColumn], query: KeyQuery) -> list[GridColumn]:
    """Give the columns that are seen, the one that orders the list marked."""
    return [_marked(_COLUMNS[column], column is query.sort, query.descending) for column in columns]


def _marked(column: GridColumn, orders: bool, descending: bool) -> GridColumn:
    if not orders:
        return column
    mark = DESCENDING if descending else ASCENDING
    return GridColumn(column.title, column.width, column.short, column.align_right, mark)


_KEPT = 1_000
"""Lines of which it is known what stands behind them."""


class KeySource:
    """Writes the lines of a listing."""

    def __init__(self, listing: KeyListing, columns: Sequence[KeyColumn]) -> None:
        self.listing, self.columns = listing, columns
        self._lines: dict[int, Line] = {}

    @property
    def length(self) -> int:
        """How many lines the listing has, as it is folded now."""
        return self.listing.length

    def read(self, first: int, length: int) -> list[GridLine]:
        """Read lines and write them; none where something newer is shown already."""
        try:
            lines = self.listing.lines(first, length)
        except Superseded:
            return []
        if len(self._lines) > _KEPT:
            self._lines = {}
        self._lines.update(enumerate(lines, start=first))
        return [self._written(line) for line in lines]

    def open(self, former: KeySource | None) -> None:
        """Open the list, folded as the one before."""
        self.listing.open()
        if former is not None:
            self.listing.keep_folds_of(former.listing)

    def place_of(self, number: int, otherwise: int) -> int:
        """Give where a key stands among the lines that were read, else the place that is given."""
        lines = self._lines.items()
        places = (at for at, line in lines if isinstance(line, KeyRow) and line.id == number)
        return next(places, otherwise)

    def count_some(self) -> None:
        """Count the first keys."""
        self.listing.count_some()

    def count_all(self) -> Callable[[], None]:
        """Count all keys, and give what takes the number for the length."""
        return partial(self._settle, *self.listing.count_all())

    def _settle(self, keys: int, units: int) -> None:
        self.listing.settle(keys, units)
        self._lines = {}  # lines from the end now stand elsewhere

    def rows(self, positions: Iterable[int]) -> dict[int, KeyRow]:
        """Give the keys that stand at some lines, as far as they were read, by number."""
        lines = (self._lines.get(position) for position in positions)
        return {line.id: line for line in lines if isinstance(line, KeyRow)}

    def line(self, position: int) -> Line | None:
        """Give what stands behind a line: what is shown there, though others may have come above it since."""
        if position not in self._lines:
            self.read(position, 1)
        return self._lines.get(position)

    def _written(self, line: Line) -> GridLine:
        if isinstance(line, KeyGroup):
            return GridGroup(said_of_group(line), line.depth, line.folded)
        return GridRow([said_of_cell(line, column) for column in self.columns])


def said_of_group(group: KeyGroup) -> str:
    """Write a group line: «Estatus: Utilizada · 12 claves · 1,400 Timbres»."""
    keys = ngettext("{n:,} clave", "{n:,} claves", group.keys).format(n=group.keys)
    return f"{group.column.title}: {group.label} · {keys} · {stamps(group.units)}"
