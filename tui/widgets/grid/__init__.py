"""A list over the store that never holds the store: it asks for the lines in sight and draws them."""

from tui.widgets.grid.grid import Grid
from tui.widgets.grid.lines import (
    ASCENDING,
    DESCENDING,
    FOLDED,
    UNFOLDED,
    GridColumn,
    GridGroup,
    GridLine,
    GridRow,
    Lines,
    Source,
)

__all__ = [
    "ASCENDING",
    "DESCENDING",
    "FOLDED",
    "UNFOLDED",
    "Grid",
    "GridColumn",
    "GridGroup",
    "GridLine",
    "GridRow",
    "Lines",
    "Source",
]
