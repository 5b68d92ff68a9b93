"""How a kiosk is left: by its own code."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual.widget import Widget
from textual.widgets import Label

from store.text import _
from tui.clean import content
from tui.screens.form import Form
from tui.widgets.field import Field


class AskKioskCode(Form[bool]):
    """Ask for the code of the kiosk; true when it is right."""

    title_words = _("Dejar el kiosco")

    def __init__(self, check: Callable[[str], Awaitable[None]]) -> None:
        """Make the window.

        Args:
            check: Asks the store whether it is the code.
        """
        super().__init__()
        self._check = check

    def fields(self) -> Iterable[Widget]:
        """Give the one field."""
        yield Label(content(_("Solo para quien cuida este equipo.")))
        yield Field(_("Código"), password=True, longest=1024, id="code")

    async def submit(self) -> bool:
        """Check it."""
        await self._check(self.query_one(Field).value)
        return True
