"""Where the terminal's own cursor belongs: a screen reader or a Braille line reads what it stands on."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from textual.geometry import Offset
from textual.screen import Screen


@runtime_checkable
class HasCursor(Protocol):
    """A widget or a window with a cursor of its own, as Textual's inputs have one."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where it stands on the screen: column, row."""


def cursor_place(screen: Screen[Any]) -> Offset:
    """Give the place of the insertion point, of the line under the cursor, or of what has the focus."""
    holder = screen.focused or screen
    if isinstance(holder, HasCursor):
        return holder.cursor_screen_offset
    return holder.content_region.offset
