"""«Correos»: what was written to the customers, and whether it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session
from textual import work
from textual.binding import Binding

from store.accounts.person import Person, Power
from store.errors import Refusal
from store.mail.again import send_again
from store.mail.listing import MailRow, list_mails, mail_view
from store.mail.tables import MailState
from store.mail.words import said_of_mail
from store.text import _
from store.windows.listing import Listed
from tui.menu import MAILS
from tui.screens.greyed import unless
from tui.screens.lists.page import ListPage
from tui.screens.mail.detail import mail_text
from tui.screens.tell import Tell
from tui.type_ahead import ASKING
from tui.widgets.grid import GridColumn


class MailsPage(ListPage[MailRow]):
    """All mails, newest first."""

    entry_id = MAILS
    title_words = _("Correos")
    columns = (
        GridColumn(_("Fecha"), 16),
        GridColumn(_("Estado"), 10),
        GridColumn(_("Int."), 4, align_right=True),
        GridColumn(_("Para"), 24),
        GridColumn(_("Asunto"), 15),
    )
    empty = _("Todavía no hay correos.")

    BINDINGS = [
        Binding("r", "again", _("Reintentar"), id="mails.again",
                tooltip=_("Volver a enviar un correo que no salió.")),
    ]  # fmt: skip

    def list_rows(self, session: Session, person: Person) -> Listed[MailRow]:
        """Give all mails, newest first."""
        return list_mails(session, person)

    def cells(self, row: MailRow) -> Sequence[str]:
        """Write a mail."""
        return (
            self.visit.store.clock.moment_of(row.created_at),
            said_of_mail(row.state),
            str(row.attempts),
            row.recipient,
            row.subject,
        )

    def reasons(self, row: MailRow | None) -> Mapping[str, str]:
        """Say what keeps the mail under the cursor from being sent again."""
        is_dead = row is not None and row.state is MailState.DEAD
        dead = unless(is_dead, _("Se reintenta un correo detenido; ese no lo está."))
        return {"again": self.lacks(Power.SEND_MAIL) or self.lacks_row(row) or dead}

    async def tell(self, row: MailRow) -> None:
        """Show what it says, and what the server said."""
        view = await self.visit.look(mail_view, row.mail_id)
        await self.app.push_screen_wait(Tell(_("Correo"), mail_text(view, self.visit.store.clock)))

    @work(group=ASKING)
    async def action_again(self) -> None:
        """Queue a dead mail anew."""
        row = await self.row_here()
        if row is None:
            return
        try:
            await self.visit.do(send_again, row.mail_id, now=self.visit.store.clock.now())
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            await self.reload(_("Quedó en cola; se envía en seguida."))
