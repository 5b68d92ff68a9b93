"""How many cells a text takes: known at once where each sign takes one, as in most that the desk writes."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size

_NARROW = re.compile("[ -~¡-¬®-ÿ‐-‧─-▟■-◼]*")
"""ASCII, Latin-1 but for its soft hyphen, dashes and dots, lines and blocks, geometric shapes."""


def is_narrow(text: str) -> bool:
    """Tell whether each sign of a text surely takes a cell of its own, and none joins the one before it."""
    return _NARROW.fullmatch(text) is not None


def width_of(text: str) -> int:
    """Give the cells that a text takes."""
    return len(text) if is_narrow(text) else cell_len(text)


def fitted(text: str, width: int) -> str:
    """Cut a text, or fill it up with spaces, to a number of cells."""
    return text[:width].ljust(width) if is_narrow(text) else set_cell_size(text, width)
