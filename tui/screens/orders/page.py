"""«Mis pedidos»: what was ordered, what is missing, and what to pay it with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session
from textual import work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Person, Power
from store.calendar import long_date
from store.errors import Refusal
from store.money import pesos
from store.orders.again import order_again
from store.orders.balance import balance_of, balance_rows
from store.orders.balance_payment import pay_with_balance
from store.orders.cancel import cancel_order
from store.orders.listing import my_orders, order_view
from store.orders.movement import Money
from store.orders.payments import declare_payment
from store.orders.receipt import receipt_text
from store.orders.rows import OrderRow
from store.orders.settling import PaymentOutcome
from store.orders.slip import slip_of, slip_text
from store.orders.tables import OPEN, PAID
from store.orders.words import said_of_order
from store.text import _
from store.windows.listing import Listed
from tui.clean import content
from tui.menu import ORDERS, SHOP
from tui.screens.ask_text import AskText
from tui.screens.greyed import unless
from tui.screens.lists.page import ListPage
from tui.screens.orders.detail import ledger_text, order_text
from tui.screens.orders.papers import save_papers
from tui.screens.payments.money import AskMoney
from tui.screens.tell import Tell
from tui.screens.yes_or_no import YesOrNo
from tui.type_ahead import ASKING
from tui.widgets.grid import GridColumn

_COLUMNS = (
    GridColumn(_("Pedido"), 9),
    GridColumn(_("Fecha"), 10),
    GridColumn(_("Estado"), 12),
    GridColumn(_("Total"), 13, align_right=True),
    GridColumn(_("Faltan"), 13, align_right=True),
    GridColumn(_("Servicio"), 15),
)


class OrdersPage(ListPage[OrderRow]):
    """The orders of the desk, newest first."""

    entry_id = ORDERS
    title_words = _("Mis pedidos")
    columns = _COLUMNS
    empty = _("Todavía no hay pedidos.")

    BINDINGS = [
        Binding("f", "slip", _("Ficha"), id="orders.slip", tooltip=_("Ver con qué pagar el pedido.")),
        Binding("g", "save", _("Guardar"), show=False, id="orders.save",
                tooltip=_("Guardar la ficha, o el comprobante, como texto para imprimir.")),
        Binding("d", "declare", _("Declarar pago"), id="orders.declare", tooltip=_("Avisar que ya pagaste.")),
        Binding("s", "balance", _("Usar saldo"), id="orders.balance", tooltip=_("Pagar con tu saldo a favor.")),
        Binding("b", "ledger", _("Movimientos"), show=False, id="orders.ledger",
                tooltip=_("Ver de dónde viene tu saldo a favor.")),
        Binding("r", "receipt", _("Recibo"), id="orders.receipt", tooltip=_("Ver el comprobante.")),
        Binding("x", "cancel", _("Cancelar"), id="orders.cancel", tooltip=_("Cancelar un pedido sin pagar.")),
        Binding("o", "again", _("Volver a pedir"), show=False, id="orders.again",
                tooltip=_("Poner lo mismo en el carrito, a los precios de hoy.")),
        Binding("escape", "back", _("Carrito"), show=False, id="orders.back", tooltip=_("Volver al carrito.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    OrdersPage #saldo { padding: 0 1; }
    """

    saldo = query_one("#saldo", Label)

    def body(self) -> Iterable[Widget]:
        """Give the title, the balance and the list."""
        title, *listed = super().body()
        yield title
        yield Label("", id="saldo")
        yield from listed

    def list_rows(self, session: Session, person: Person) -> Listed[OrderRow]:
        """Give the desk's orders, newest first."""
        return my_orders(session, person)

    def cells(self, row: OrderRow) -> Sequence[str]:
        """Write an order."""
        return (
            row.folio,
            long_date(self.visit.store.clock.date_of(row.placed_at)),
            said_of_order(row.state),
            pesos(row.total_centavos),
            pesos(row.missing_centavos) if row.state in OPEN else "",
            row.summary,
        )

    def reasons(self, row: OrderRow | None) -> Mapping[str, str]:
        """Say what the order under the cursor, or the person, does not allow."""
        state, none = None if row is None else row.state, self.lacks_row(row)
        waits = none or unless(state in OPEN, _("Ese pedido ya no espera un pago."))
        has_papers = unless(
            state in OPEN or state in PAID, _("Ese pedido no tiene ficha ni comprobante.")
        )
        has_files = unless(self.visit.store.settings.files, _("Aquí no se guardan archivos."))
        return {
            "slip": waits,
            "save": has_files or none or has_papers,
            "declare": self.lacks(Power.PAY) or waits,
            "balance": self.lacks(Power.PAY) or waits,
            "cancel": self.lacks(Power.CANCEL_ORDER) or waits,
            "receipt": none or unless(state in PAID, _("El comprobante es de un pedido pagado.")),
            "again": self.lacks(Power.CONTRACT) or none,
        }

    async def read_list(self, *, anew: bool = False, to_its_end: bool = False) -> None:
        """Read the balance too."""
        self._read_saldo()
        await super().read_list(anew=anew, to_its_end=to_its_end)

    @work(exclusive=True, group="saldo")
    async def _read_saldo(self) -> None:
        saldo = await self.visit.look(balance_of)
        self.saldo.update(content(_("Saldo a favor: {amount}").format(amount=pesos(saldo))))

    def action_back(self) -> None:
        """Go back to the cart."""
        self.desk.open_page(SHOP)

    async def tell(self, row: OrderRow) -> None:
        """Show the order with its lines and payments."""
        view = await self.visit.look(order_view, row.order_id)
        await self.app.push_screen_wait(
            Tell(_("Pedido {folio}").format(folio=row.folio), order_text(view))
        )

    @work(group=ASKING)
    async def action_slip(self) -> None:
        """Show the ficha de pago."""
        row = await self.row_here()
        if row is None:
            return
        try:
            slip = await self.visit.look(slip_of, row.order_id, self.visit.store.settings)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        await self.app.push_screen_wait(Tell(_("Ficha de pago"), slip_text(slip)))

    @work(group=ASKING)
    async def action_save(self) -> None:
        """Write the ficha, or the receipt of what is paid, into the exports' folder."""
        row = await self.row_here()
        if row is None:
            return
        try:
            path = await save_papers(self.visit, row)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        self.say(_("Quedó en {path}.").format(path=path))

    @work(group=ASKING)
    async def action_declare(self) -> None:
        """Ask how it was paid, and say so to the caja."""
        row = await self.row_here()
        if row is None:
            return

        async def declare(money: Money) -> PaymentOutcome:
            return await self.visit.do(declare_payment, row.order_id, money, self.visit.store)

        window = AskMoney(
            _("Declarar el pago de {folio}").format(folio=row.folio),
            row.missing_centavos,
            self.visit.store.clock.today(),
            declare,
        )
        if await self.app.push_screen_wait(window) is not None:
            await self.reload(_("Declarado por ti: en revisión. La caja lo confirmará."))

    @work(group=ASKING)
    async def action_balance(self) -> None:
        """Pay with the saldo a favor, after a yes."""
        row = await self.row_here()
        if row is None or not await self.app.push_screen_wait(
            YesOrNo(
                _("Usar saldo"),
                _("¿Pagar {folio} con tu saldo a favor?").format(folio=row.folio),
                _("Pagar"),
            )
        ):
            return
        try:
            outcome = await self.visit.do(pay_with_balance, row.order_id, self.visit.store)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        missing = outcome.missing_centavos
        await self.reload(
            _("Faltan {amount}.").format(amount=pesos(missing)) if missing else _("Pedido pagado.")
        )

    @work(group=ASKING)
    async def action_ledger(self) -> None:
        """Show every movement of the saldo a favor."""
        rows = await self.visit.look(balance_rows)
        words = ledger_text(rows, self.visit.store.clock)
        await self.app.push_screen_wait(Tell(_("Saldo a favor"), words))

    @work(group=ASKING)
    async def action_receipt(self) -> None:
        """Show the receipt."""
        row = await self.row_here()
        if row is None:
            return
        try:
            text = await self.visit.look(receipt_text, row.order_id, self.visit.store.clock)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        await self.app.push_screen_wait(Tell(_("Comprobante"), text))

    @work(group=ASKING)
    async def action_cancel(self) -> None:
        """Ask why, and cancel."""
        row = await self.row_here()
        if row is None:
            return

        async def cancel(reason: str) -> bool:
            await self.visit.do(
                cancel_order, row.order_id, reason, now=self.visit.store.clock.now()
            )
            return True

        window = AskText(
            _("Cancelar {folio}").format(folio=row.folio),
            _("Un pedido cancelado no se reabre; puedes volver a pedirlo."),
            _("Motivo"),
            cancel,
        )
        if await self.app.push_screen_wait(window):
            await self.reload(_("El pedido {folio} quedó cancelado.").format(folio=row.folio))

    @work(group=ASKING)
    async def action_again(self) -> None:
        """Put the same into the cart, at today's prices."""
        row = await self.row_here()
        if row is None:
            return
        try:
            again = await self.visit.do(order_again, row.order_id, self.visit.store.clock)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        if again.left_out:
            words = "\n".join((_("Esto ya no se puede pedir:"), "", *again.left_out))
            await self.app.push_screen_wait(Tell(_("Volver a pedir"), words))
        self.desk.open_page(SHOP)
