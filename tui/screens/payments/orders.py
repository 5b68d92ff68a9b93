"""«Pedidos»: the orders of all desks that wait for money or for delivery (SPEC 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session
from textual import work
from textual.binding import Binding

from store.accounts.person import Person, Power
from store.calendar import long_date
from store.errors import Refusal
from store.money import pesos
from store.orders.cancel import cancel_order
from store.orders.fulfilment import deliver_order
from store.orders.listing import waiting_orders
from store.orders.rows import OrderRow
from store.orders.tables import OPEN, OrderState
from store.orders.words import said_of_order
from store.text import _
from store.windows.listing import Listed
from tui.menu import STAFF_ORDERS
from tui.screens.ask_text import AskText
from tui.screens.greyed import unless
from tui.screens.lists.page import ListPage
from tui.screens.payments.show_order import show_order
from tui.type_ahead import ASKING
from tui.widgets.grid import GridColumn

_COLUMNS = (
    GridColumn(_("Pedido"), 9),
    GridColumn(_("Estado"), 11),
    GridColumn(_("Total"), 13, align_right=True),
    GridColumn(_("Faltan"), 13, align_right=True),
    GridColumn(_("Vence"), 10),
    GridColumn(_("Escritorio"), 16),
)


class StaffOrdersPage(ListPage[OrderRow]):
    """The orders of all desks that are not done with, oldest first."""

    entry_id = STAFF_ORDERS
    title_words = _("Pedidos sin pagar o sin surtir")
    columns = _COLUMNS
    empty = _("Ningún pedido espera.")

    BINDINGS = [
        Binding("s", "deliver", _("Surtir"), id="staff-orders.deliver",
                tooltip=_("Surtir lo que falta de un pedido pagado.")),
        Binding("x", "cancel", _("Cancelar"), id="staff-orders.cancel",
                tooltip=_("Cancelar un pedido sin pagar, con su motivo.")),
    ]  # fmt: skip

    def list_rows(self, session: Session, person: Person) -> Listed[OrderRow]:
        """Give what lacks money or delivery, oldest first."""
        return waiting_orders(session, person)

    def cells(self, row: OrderRow) -> Sequence[str]:
        """Write an order."""
        return (
            row.folio,
            said_of_order(row.state),
            pesos(row.total_centavos),
            pesos(row.missing_centavos) if row.missing_centavos else "",
            long_date(row.due_on),
            row.desk,
        )

    def reasons(self, row: OrderRow | None) -> Mapping[str, str]:
        """Say what the order under the cursor, or the person, does not allow."""
        state, none = None if row is None else row.state, self.lacks_row(row)
        is_paid = unless(
            state is OrderState.PAID, _("Se surte un pedido pagado; a ese le falta el pago.")
        )
        is_open = unless(state in OPEN, _("Ese pedido ya está pagado; no se cancela."))
        return {
            "deliver": self.lacks(Power.CONFIRM_PAYMENT) or none or is_paid,
            "cancel": self.lacks(Power.CANCEL_ORDER) or none or is_open,
        }

    async def tell(self, row: OrderRow) -> None:
        """Show the order with its lines and payments."""
        await show_order(self, row.order_id)

    @work(group=ASKING)
    async def action_deliver(self) -> None:
        """Try again to deliver what a paid order lacks."""
        row = await self.row_here()
        if row is None:
            return
        try:
            problem = await self.visit.do(deliver_order, row.order_id, self.visit.store)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        await self.reload(problem or _("Pedido {folio}: Surtido.").format(folio=row.folio))

    @work(group=ASKING)
    async def action_cancel(self) -> None:
        """Ask why, and cancel."""
        row = await self.row_here()
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
            await self.reload(_("El pedido {folio} quedó cancelado.").format(folio=row.folio))
