"""«Reembolsos»: asked by one person, decided by another (SPEC 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session
from textual import work
from textual.binding import Binding

from store.accounts.person import Person, Power
from store.errors import Refusal
from store.money import pesos
from store.orders.finding import find_by_number
from store.orders.refunds import (
    RefundRow,
    approve_refund,
    ask_refund,
    refund_effects,
    refunds_inbox,
    reject_refund,
)
from store.text import _
from store.windows.listing import Listed
from tui.menu import REFUNDS
from tui.screens.ask_text import AskText
from tui.screens.lists.page import ListPage
from tui.screens.tell import Tell
from tui.screens.yes_or_no import YesOrNo
from tui.type_ahead import ASKING
from tui.widgets.grid import GridColumn

_COLUMNS = (
    GridColumn(_("Pedido"), 9),
    GridColumn(_("Importe"), 13, align_right=True),
    GridColumn(_("Pidió"), 14),
    GridColumn(_("Motivo"), 20),
    GridColumn(_("Escritorio"), 18),
)


class RefundsPage(ListPage[RefundRow]):
    """The refunds that wait for a second person, oldest first."""

    entry_id = REFUNDS
    title_words = _("Reembolsos por decidir")
    columns = _COLUMNS
    empty = _("Ningún reembolso espera.")

    BINDINGS = [
        Binding("n", "ask", _("Pedir"), id="refunds.ask", tooltip=_("Pedir el reembolso de un pedido pagado.")),
        Binding("a", "approve", _("Aprobar"), id="refunds.approve",
                tooltip=_("Devolver el dinero como saldo a favor, y deshacer lo surtido.")),
        Binding("x", "reject", _("Rechazar"), id="refunds.reject", tooltip=_("Rechazar el reembolso con su motivo.")),
    ]  # fmt: skip

    def list_rows(self, session: Session, person: Person) -> Listed[RefundRow]:
        """Give what waits for a second person, oldest first."""
        return refunds_inbox(session, person)

    def cells(self, row: RefundRow) -> Sequence[str]:
        """Write a refund."""
        return (row.folio, pesos(row.amount_centavos), row.asked_by, row.reason, row.desk)

    def reasons(self, row: RefundRow | None) -> Mapping[str, str]:
        """Say what the person may not do, and what there is nothing for."""
        decides = self.lacks(Power.DECIDE_REFUND) or self.lacks_row(row)
        return {"ask": self.lacks(Power.ASK_REFUND), "approve": decides, "reject": decides}

    async def tell(self, row: RefundRow) -> None:
        """Show why it was asked for, and what it will undo."""
        text = "\n".join([row.reason, "", *row.effects])
        await self.app.push_screen_wait(
            Tell(_("Reembolso de {folio}").format(folio=row.folio), text)
        )

    @work(group=ASKING)
    async def action_ask(self) -> None:
        """Ask which order and why, telling first what it will undo."""

        async def find(folio: str) -> int:
            return await self.visit.look(find_by_number, folio)

        words = _("Folio del pedido (P-000123) o referencia de 7 dígitos.")
        found = await self.app.push_screen_wait(
            AskText(_("Pedir reembolso"), words, _("Pedido"), find)
        )
        if not isinstance(found, int):
            return
        try:
            effects = await self.visit.look(refund_effects, found)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return

        async def ask(reason: str) -> bool:
            now = self.visit.store.clock.now()
            await self.visit.do(ask_refund, found, reason, now=now)
            return True

        window = AskText(_("Pedir reembolso"), "\n".join(effects), _("Motivo"), ask)
        if await self.app.push_screen_wait(window):
            await self.reload(_("Pedido. Otra persona lo decide."))

    @work(group=ASKING)
    async def action_approve(self) -> None:
        """Give the money back."""
        row = await self.row_here()
        if row is None:
            return
        title = _("Aprobar el reembolso de {folio}").format(folio=row.folio)
        words = _("{amount} quedan como saldo a favor de {desk}.").format(
            amount=pesos(row.amount_centavos), desk=row.desk
        )
        asked = "\n".join((words, *row.effects))
        if not await self.app.push_screen_wait(YesOrNo(title, asked, _("Aprobar"))):
            return
        now = self.visit.store.clock.now()
        try:
            balance = await self.visit.do(approve_refund, row.refund_id, now=now)
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            await self.reload(
                _("Devuelto; el saldo a favor es {amount}.").format(amount=pesos(balance))
            )

    @work(group=ASKING)
    async def action_reject(self) -> None:
        """Ask why, and reject."""
        row = await self.row_here()
        if row is None:
            return

        async def reject(reason: str) -> bool:
            now = self.visit.store.clock.now()
            await self.visit.do(reject_refund, row.refund_id, reason, now=now)
            return True

        words = _("El reembolso puede pedirse de nuevo.")
        title = _("Rechazar el reembolso de {folio}").format(folio=row.folio)
        if await self.app.push_screen_wait(AskText(title, words, _("Motivo"), reject)):
            await self.reload(_("Rechazado."))
