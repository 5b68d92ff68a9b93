"""The cells of a screen: what Textual draws, sign by sign."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from operator import itemgetter

from rich.cells import split_graphemes
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

from tui.widths import is_narrow

Cell = tuple[str, str]
"""What stands in a cell, and its look: the parameters of SGR. The right half of a wide glyph is empty."""
Row = list[Cell]

_SIGN = itemgetter(0)

UNKNOWN: Cell = ("\0", "")
"""A cell of which nobody knows what it shows; it is drawn nowhere."""


def size_of(update: LayoutUpdate | ChopsUpdate) -> Size:
    """Give the size of the screen that an update is drawn for."""
    if isinstance(update, LayoutUpdate):
        return update.region.size
    return Size(update.chop_ends[0][-1], len(update.chops))


def strips_of(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Give the pieces of an update, each with its place: column, row."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield x, y, strip
                x += strip.cell_length
        return
    for y, first, last in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            if chop is not None and x < last and end > first:
                yield x, y, chop.crop(0, min(end, last) - x)


def draw_strip(row: Row, x: int, strip: Strip, colours: ColorSystem) -> None:
    """Put a piece of a line into its row. Control characters have no cell, and go no further."""
    start = max(0, x - 2)
    # What begins with a combining mark goes on with the glyph before it.
    cells = row[start:x]
    for text, style, control in strip:
        if control:
            continue
        look = Strip.render_ansi(style, colours) if style else ""
        if is_narrow(text):
            cells += _cells_of(text, look)
        else:
            _add_glyphs(cells, text, look)
    row[start : start + len(cells)] = cells


@lru_cache(maxsize=512)  # Textual draws most of a screen again and again
def _cells_of(text: str, look: str) -> tuple[Cell, ...]:
    return tuple(zip(text, repeat(look)))


def _add_glyphs(cells: Row, text: str, look: str) -> None:
    """Add glyphs of any width; a mark without a width of its own joins the glyph before it."""
    if not text.isprintable():
        text = "".join(sign for sign in text if not _is_control(sign))
    for start, end, width in split_graphemes(text)[0]:
        glyph = text[start:end]
        if width == 1:
            cells.append((glyph, look))
        elif width:
            cells += [(glyph, look), *[("", look)] * (width - 1)]
        elif glyph and cells:
            place = -1 if cells[-1][0] else -2
            marked, its_look = cells[place]
            cells[place] = (marked.removesuffix(glyph) + glyph, its_look)


def _is_control(sign: str) -> bool:
    return sign < " " or "\x7f" <= sign < "\xa0"


def text_of(row: Row) -> str:
    """Give what stands in a row, without its looks."""
    return "".join(map(_SIGN, row))


def is_plain(row: Row) -> bool:
    """Tell whether every terminal agrees about the columns of a row: one sign to each cell."""
    return set(map(len, map(_SIGN, row))) <= {1}
