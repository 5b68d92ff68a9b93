"""Which events of the audit: whose, and of which day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual.getters import query_one
from textual.widget import Widget

from store.audit.listing import AuditFilter
from store.calendar import long_date, read_date
from store.errors import Mistyped
from store.text import _
from tui.screens.form import Form
from tui.widgets.field import Field


class FilterAudit(Form[AuditFilter]):
    """Ask for an usuario and a day; an empty field is all of them."""

    title_words = _("Filtro")
    who = query_one("#who", Field)
    day = query_one("#day", Field)

    def __init__(self, wanted: AuditFilter, take: Callable[[AuditFilter], Awaitable[None]]) -> None:
        """Make the window.

        Args:
            wanted: What is in force.
            take: Asks the store whether there is such a list.
        """
        super().__init__()
        self._wanted, self._take = wanted, take

    def fields(self) -> Iterable[Widget]:
        """Give the two fields."""
        day = "" if self._wanted.day is None else long_date(self._wanted.day)
        yield Field(_("Usuario"), value=self._wanted.who, longest=64, compact=True, id="who")
        yield Field(_("Día"), value=day, longest=10, compact=True, id="day")

    async def submit(self) -> AuditFilter:
        """Read the fields, and ask the store."""
        typed = self.day.value.strip()
        day = read_date(typed)
        if typed and day is None:
            raise Mistyped(_("Escribe la fecha como 14/07/2020."), "day")
        wanted = AuditFilter(self.who.value.strip(), day)
        await self._take(wanted)
        return wanted
