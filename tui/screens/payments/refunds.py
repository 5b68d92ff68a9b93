"""«Reembolsos»: asked by one person, decided by another (SPEC 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Power, may
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
from tui.clean import content
from tui.menu import REFUNDS
from tui.screens.ask_text import AskText
from tui.screens.page import Page
from tui.screens.tell import Tell
from tui.screens.yes_or_no import YesOrNo
from tui.type_ahead import ASKING
from tui.widgets.grid import Grid, GridColumn, GridRow, Lines

_COLUMNS = (
    GridColumn(_("Pedido"), 9),
    GridColumn(_("Importe"), 13, align_right=True),
    GridColumn(_("Pidió"), 14),
    GridColumn(_("Motivo"), 20),
    GridColumn(_("Escritorio"), 18),
)


class RefundsPage(Page):
    """The refunds that wait for a second person, oldest first."""

    entry_id = REFUNDS

    BINDINGS = [
        Binding("n", "ask", _("Pedir"), id="refunds.ask", tooltip=_("Pedir el reembolso de un pedido pagado.")),
        Binding("a", "approve", _("Aprobar"), id="refunds.approve",
                tooltip=_("Devolver el dinero como saldo a favor, y deshacer lo surtido.")),
        Binding("x", "reject", _("Rechazar"), id="refunds.reject", tooltip=_("Rechazar el reembolso con su motivo.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    RefundsPage #name { text-style: bold; padding: 0 1; }
    """

    grid = query_one(Grid)

    _rows: Sequence[RefundRow] = ()

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Label(content(_("Reembolsos por decidir")), id="name")
        yield Grid(_COLUMNS, empty=_("Ningún reembolso espera."))

    def on_mount(self) -> None:
        """Read the refunds."""
        self.focus_body()
        self._load()

    def focus_body(self) -> None:
        """Give the keys to the list."""
        self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what the person may not do, or what there is nothing for."""
        if action == "ask":
            return True if may(self.visit.person, Power.ASK_REFUND) else None
        if action in ("approve", "reject"):
            return True if self._rows and may(self.visit.person, Power.DECIDE_REFUND) else None
        return True

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        await self._read()

    async def _read(self, sentence: str = "") -> None:
        self._rows = await self.visit.look(refunds_inbox)
        lines = [GridRow(_cells(row)) for row in self._rows]
        self.grid.show(Lines(lines), _COLUMNS, cursor=self.grid.cursor)
        self.say(sentence)
        self.refresh_bindings()

    def _row(self) -> RefundRow | None:
        return self._rows[self.grid.cursor] if self.grid.cursor < len(self._rows) else None

    @on(Grid.RowSelected)
    @work(group=ASKING)
    async def _open(self) -> None:
        row = self._row()
        if row is not None:
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
            await self._read(_("Pedido. Otra persona lo decide."))

    @work(group=ASKING)
    async def action_approve(self) -> None:
        """Give the money back."""
        row = self._row()
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
            await self._read(
                _("Devuelto; el saldo a favor es {amount}.").format(amount=pesos(balance))
            )

    @work(group=ASKING)
    async def action_reject(self) -> None:
        """Ask why, and reject."""
        row = self._row()
        if row is None:
            return

        async def reject(reason: str) -> bool:
            now = self.visit.store.clock.now()
            await self.visit.do(reject_refund, row.refund_id, reason, now=now)
            return True

        words = _("El reembolso puede pedirse de nuevo.")
        title = _("Rechazar el reembolso de {folio}").format(folio=row.folio)
        if await self.app.push_screen_wait(AskText(title, words, _("Motivo"), reject)):
            await self._read(_("Rechazado."))


def _cells(row: RefundRow) -> tuple[str, ...]:
    return (row.folio, pesos(row.amount_centavos), row.asked_by, row.reason, row.desk)
