"""«Bitácora»: who did what, when and from where (newest first)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session
from textual import work
from textual.binding import Binding

from store.accounts.person import Person
from store.audit.listing import AuditFilter, AuditRow, list_audit
from store.audit.words import said_of_action, said_of_subject
from store.calendar import long_date
from store.text import _
from store.windows.listing import Listed
from tui.clean import content
from tui.menu import AUDIT
from tui.screens.audit.detail import audit_text
from tui.screens.audit.filter import FilterAudit
from tui.screens.lists.page import ListPage
from tui.screens.tell import Tell
from tui.type_ahead import ASKING
from tui.widgets.grid import GridColumn


class AuditPage(ListPage[AuditRow]):
    """The events, newest first."""

    entry_id = AUDIT
    title_words = _("Bitácora")
    columns = (
        GridColumn(_("Fecha"), 16),
        GridColumn(_("Quién"), 11),
        GridColumn(_("Qué"), 25),
        GridColumn(_("A qué"), 14),
        GridColumn(_("Desde"), 9),
    )
    empty = _("Ningún suceso cumple el filtro; «f» lo cambia.")

    BINDINGS = [
        Binding("f", "filter", _("Filtro"), id="audit.filter", tooltip=_("Elegir de quién y de qué día.")),
    ]  # fmt: skip

    _wanted = AuditFilter()

    def list_rows(self, session: Session, person: Person) -> Listed[AuditRow]:
        """Give the events that are wanted, newest first."""
        return list_audit(session, person, self._wanted, self.visit.store.clock)

    def cells(self, row: AuditRow) -> Sequence[str]:
        """Write an event."""
        return (
            self.visit.store.clock.moment_of(row.at),
            row.who,
            said_of_action(row.action),
            said_of_subject(row.subject),
            row.origin,
        )

    async def tell(self, row: AuditRow) -> None:
        """Show all that was written down."""
        words = audit_text(row, self.visit.store.clock)
        title = _("Suceso {seq:,}").format(seq=row.seq)
        await self.app.push_screen_wait(Tell(title, words))

    @work(group=ASKING)
    async def action_filter(self) -> None:
        """Ask whose events, and of which day."""

        async def take(wanted: AuditFilter) -> None:
            await self.visit.look(list_audit, wanted, self.visit.store.clock)

        wanted = await self.app.push_screen_wait(FilterAudit(self._wanted, take))
        if wanted is not None:
            self._wanted = wanted
            self.name_line.update(content(self._title()))
            await self.reload(anew=True)

    def _title(self) -> str:
        day = self._wanted.day
        parts = [self._wanted.who, "" if day is None else long_date(day)]
        return " · ".join([self.title_words, *filter(None, parts)])
