"""How the lines of a grid are written: cells in columns, as text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from store.text import clean
from tui.widgets.grid.lines import FOLDED, UNFOLDED, GridColumn, GridGroup, GridLine
from tui.widths import fitted, width_of


def text_of(line: GridLine | None, columns: Sequence[GridColumn], width: int) -> str:
    """Write a line; one that was not read yet is a dot."""
    if line is None:
        return " ·"
    if isinstance(line, GridGroup):
        mark = FOLDED if line.folded else UNFOLDED
        return f" {'  ' * line.depth}{mark} {clean(line.text)}"
    return _row([clean(text) for text in line.cells], columns, width)


def headings(columns: Sequence[GridColumn], width: int) -> str:
    """Write the headings, each whole where it fits."""
    return _row(
        [
            column.mark + (column.title if column.widest <= room else column.short or column.title)
            for column, room in zip(columns, _widths(tuple(columns), width), strict=True)
        ],
        columns,
        width,
    )


def _row(cells: Sequence[str], columns: Sequence[GridColumn], width: int) -> str:
    placed = (
        _placed(text, room, column.align_right)
        for text, room, column in zip(cells, _widths(tuple(columns), width), columns, strict=True)
    )
    return " " + " ".join(placed)


@lru_cache
def _widths(columns: tuple[GridColumn, ...], width: int) -> list[int]:
    """Share the room: whole headings where they fit, and the last column takes what is left."""
    for widths in (
        [column.widest for column in columns],
        [column.narrowest for column in columns],
    ):
        left = width - 1 - sum(widths[:-1]) - len(widths[:-1])
        if left >= widths[-1]:
            break
    return [*widths[:-1], max(left, 1)]


def _placed(text: str, room: int, right: bool) -> str:
    width = width_of(text)
    if width > room > 1:
        return fitted(text, room - 1) + "…"
    return " " * (room - width) + text if right and width < room else fitted(text, room)
