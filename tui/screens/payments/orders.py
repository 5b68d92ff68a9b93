"""«Pedidos»: the orders of all desks that wait for money or for delivery (SPEC 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Power, may
from store.calendar import long_date
from store.errors import Refusal
from store.money import pesos
from store.orders.cancel import cancel_order
from store.orders.fulfilment import deliver_order
from store.orders.listing import list_orders, order_view
from store.orders.rows import OrderRow
from store.orders.tables import OPEN, OrderState
from store.orders.words import said_of_order
from store.text import _
from tui.clean import content
from tui.menu import STAFF_ORDERS
from tui.screens.ask_text import AskText
from tui.screens.orders.detail import order_text
from tui.screens.page import Page
from tui.screens.tell import Tell
from tui.type_ahead import ASKING
from tui.widgets.grid import Grid, GridColumn, GridRow, Lines

_COLUMNS = (
    GridColumn(_("Pedido"), 9),
    GridColumn(_("Estado"), 11),
    GridColumn(_("Total"), 13, align_right=True),
    GridColumn(_("Faltan"), 13, align_right=True),
    GridColumn(_("Vence"), 10),
    GridColumn(_("Escritorio"), 16),
)
_SHOWN = (*OPEN, OrderState.PAID)


class StaffOrdersPage(Page):
    """The orders of all desks that are not done with, oldest first."""

    entry_id = STAFF_ORDERS

    BINDINGS = [
        Binding("s", "deliver", _("Surtir"), id="staff-orders.deliver",
                tooltip=_("Surtir lo que falta de un pedido pagado.")),
        Binding("x", "cancel", _("Cancelar"), id="staff-orders.cancel",
                tooltip=_("Cancelar un pedido sin pagar, con su motivo.")),
        Binding("f5,ctrl+r", "refresh", _("Actualizar"), show=False, id="staff-orders.refresh",
                tooltip=_("Leer de nuevo la lista.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    StaffOrdersPage #name { text-style: bold; padding: 0 1; }
    """

    grid = query_one(Grid)

    _rows: Sequence[OrderRow] = ()

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Label(content(_("Pedidos sin pagar o sin surtir")), id="name")
        yield Grid(_COLUMNS, empty=_("Ningún pedido espera."))

    def on_mount(self) -> None:
        """Read the orders."""
        self.focus_body()
        self.action_refresh()

    def focus_body(self) -> None:
        """Give the keys to the list."""
        self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what the order under the cursor, or the person, does not allow."""
        row, person = self._row(), self.visit.person
        state = row.state if row is not None else None
        allowed = {
            "deliver": state is OrderState.PAID and may(person, Power.CONFIRM_PAYMENT),
            "cancel": state in OPEN and may(person, Power.CANCEL_ORDER),
        }
        return True if allowed.get(action, True) else None

    @work(exclusive=True, group="load")
    async def action_refresh(self) -> None:
        """Read the list again."""
        await self._read()

    async def _read(self, sentence: str = "") -> None:
        self._rows = await self.visit.look(list_orders, _SHOWN)
        lines = [GridRow(_cells(row)) for row in self._rows]
        self.grid.show(Lines(lines), _COLUMNS, cursor=self.grid.cursor)
        self.say(sentence)
        self.refresh_bindings()

    def _row(self) -> OrderRow | None:
        # Asked also before there is a list to have a cursor.
        if not self._rows:
            return None
        return self._rows[min(self.grid.cursor, len(self._rows) - 1)]

    @on(Grid.RowHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(Grid.RowSelected)
    @work(group=ASKING)
    async def _open(self) -> None:
        row = self._row()
        if row is not None:
            view = await self.visit.look(order_view, row.order_id)
            title = _("Pedido {folio} · {desk}").format(folio=row.folio, desk=row.desk)
            await self.app.push_screen_wait(Tell(title, order_text(view)))

    @work(group=ASKING)
    async def action_deliver(self) -> None:
        """Try again to deliver what a paid order lacks."""
        row = self._row()
        if row is None:
            return
        try:
            problem = await self.visit.do(deliver_order, row.order_id, self.visit.store)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        await self._read(problem or _("Pedido {folio}: Surtido.").format(folio=row.folio))

    @work(group=ASKING)
    async def action_cancel(self) -> None:
        """Ask why, and cancel."""
        row = self._row()
        if row is None:
            return

        async def cancel(reason: str) -> bool:
            now = self.visit.store.clock.now()
            await self.visit.do(cancel_order, row.order_id, reason, now=now)
            return True

        window = AskText(
            _("Cancelar {folio}").format(folio=row.folio),
            _("El cliente recibe un correo; un pedido cancelado no se reabre."),
            _("Motivo"),
            cancel,
        )
        if await self.app.push_screen_wait(window):
            await self._read(_("El pedido {folio} quedó cancelado.").format(folio=row.folio))


def _cells(row: OrderRow) -> tuple[str, ...]:
    return (
        row.folio,
        said_of_order(row.state),
        pesos(row.total_centavos),
        pesos(row.missing_centavos) if row.missing_centavos else "",
        long_date(row.due_on),
        row.desk,
    )
