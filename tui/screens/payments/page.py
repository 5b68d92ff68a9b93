"""«Pagos»: what customers declared and caja recorded, waiting for somebody else's yes (SPEC 6)."""

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
from store.orders.deciding import confirm_payment, reject_payment
from store.orders.finding import find_by_number
from store.orders.inbox import payments_inbox
from store.orders.listing import order_view
from store.orders.movement import Money
from store.orders.payments import record_declared, record_payment
from store.orders.rows import PaymentRow
from store.orders.settling import PaymentOutcome
from store.orders.tables import PaymentState
from store.orders.words import said_of_method, said_of_payment
from store.text import _
from tui.clean import content
from tui.menu import PAYMENTS
from tui.screens.ask_text import AskText
from tui.screens.orders.detail import order_text
from tui.screens.page import Page
from tui.screens.payments.alike import record_or_ask
from tui.screens.payments.money import AT_THE_COUNTER, AskMoney
from tui.screens.payments.words import asked_of_payment, said_of_outcome
from tui.screens.tell import Tell
from tui.screens.yes_or_no import YesOrNo
from tui.type_ahead import ASKING
from tui.widgets.grid import Grid, GridColumn, GridRow, Lines

_COLUMNS = (
    GridColumn(_("Pedido"), 9),
    GridColumn(_("Estado"), 11),
    GridColumn(_("Forma"), 9),
    GridColumn(_("Importe"), 13, align_right=True),
    GridColumn(_("Fecha"), 10),
    GridColumn(_("Escritorio"), 20),
)


class PaymentsPage(Page):
    """The payments of all desks that wait for a decision, oldest first."""

    entry_id = PAYMENTS

    BINDINGS = [
        Binding("r", "record", _("Registrar"), id="payments.record",
                tooltip=_("Registrar el pago declarado, como lo muestra el banco.")),
        Binding("c", "confirm", _("Confirmar"), id="payments.confirm",
                tooltip=_("Confirmar un pago que registró otra persona.")),
        Binding("x", "reject", _("Rechazar"), id="payments.reject", tooltip=_("Rechazar el pago con su motivo.")),
        Binding("n", "new", _("Nuevo pago"), id="payments.new", tooltip=_("Registrar un pago de cualquier pedido.")),
        Binding("f5,ctrl+r", "refresh", _("Actualizar"), show=False, id="payments.refresh",
                tooltip=_("Leer de nuevo la lista.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PaymentsPage #name { text-style: bold; padding: 0 1; }
    """

    grid = query_one(Grid)

    _rows: Sequence[PaymentRow] = ()

    def body(self) -> Iterable[Widget]:
        """Give the list."""
        yield Label(content(_("Pagos por decidir")), id="name")
        yield Grid(_COLUMNS, empty=_("Ningún pago espera. «n» registra uno nuevo."))

    def on_mount(self) -> None:
        """Read the payments."""
        self.focus_body()
        self.action_refresh()

    def focus_body(self) -> None:
        """Give the keys to the list."""
        self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what the payment under the cursor, or the person, does not allow."""
        row, person = self._row(), self.visit.person
        state = row.state if row is not None else None
        allowed = {
            "record": state is PaymentState.DECLARED and may(person, Power.RECORD_PAYMENT),
            "confirm": state is PaymentState.RECORDED and may(person, Power.CONFIRM_PAYMENT),
            "reject": state is not None and may(person, Power.CONFIRM_PAYMENT),
            "new": may(person, Power.RECORD_PAYMENT),
        }
        return True if allowed.get(action, True) else None

    @work(exclusive=True, group="load")
    async def action_refresh(self) -> None:
        """Read the list again."""
        await self._read()

    async def _read(self, sentence: str = "") -> None:
        self._rows = await self.visit.look(payments_inbox)
        lines = [GridRow(_cells(row)) for row in self._rows]
        self.grid.show(Lines(lines), _COLUMNS, cursor=self.grid.cursor)
        if sentence:  # else what stands there stays: the last access, on the first page of a visit
            self.say(sentence)
        self.refresh_bindings()

    def _row(self) -> PaymentRow | None:
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
    async def action_record(self) -> None:
        """Write a declared payment down as the bank shows it."""
        row = self._row()
        if row is None:
            return

        async def record(money: Money) -> PaymentOutcome:
            return await record_or_ask(
                self, record_declared, row.payment_id, money, self.visit.store
            )

        window = AskMoney(
            _("Registrar el pago de {folio} · {desk}").format(folio=row.folio, desk=row.desk),
            row.amount_centavos,
            row.paid_on,
            record,
            (row.method,),
            bank=row.bank,
            tracking=row.tracking,
        )
        await self._tell(await self.app.push_screen_wait(window))

    @work(group=ASKING)
    async def action_confirm(self) -> None:
        """Confirm what another person recorded; the last one that was missing delivers the order."""
        row = self._row()
        if row is None:
            return
        title = _("Confirmar el pago de {folio}").format(folio=row.folio)
        window = YesOrNo(title, asked_of_payment(row), _("Confirmar"))
        if not await self.app.push_screen_wait(window):
            return
        try:
            outcome = await self.visit.do(confirm_payment, row.payment_id, self.visit.store)
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            await self._tell(outcome)

    @work(group=ASKING)
    async def action_reject(self) -> None:
        """Ask why, and reject."""
        row = self._row()
        if row is None:
            return

        async def reject(reason: str) -> PaymentOutcome:
            return await self.visit.do(reject_payment, row.payment_id, reason, self.visit.store)

        window = AskText(
            _("Rechazar el pago de {folio}").format(folio=row.folio),
            _("El cliente verá el motivo, y puede declararlo de nuevo."),
            _("Motivo"),
            reject,
        )
        await self._tell(await self.app.push_screen_wait(window))

    @work(group=ASKING)
    async def action_new(self) -> None:
        """Ask which order, then what was paid for it."""

        async def find(folio: str) -> int:
            return await self.visit.look(find_by_number, folio)

        words = _("Folio del pedido (P-000123) o referencia de 7 dígitos.")
        found = await self.app.push_screen_wait(AskText(_("Nuevo pago"), words, _("Pedido"), find))
        if not isinstance(found, int):
            return
        view = await self.visit.look(order_view, found)

        async def record(money: Money) -> PaymentOutcome:
            return await record_or_ask(self, record_payment, found, money, self.visit.store)

        window = AskMoney(
            _("Registrar un pago de {folio} · {desk}").format(
                folio=view.row.folio, desk=view.row.desk
            ),
            max(view.row.missing_centavos, 0),
            self.visit.store.clock.today(),
            record,
            AT_THE_COUNTER,
        )
        await self._tell(await self.app.push_screen_wait(window))

    async def _tell(self, outcome: object) -> None:
        """Say what became of the order."""
        if isinstance(outcome, PaymentOutcome):
            await self._read(said_of_outcome(outcome))


def _cells(row: PaymentRow) -> tuple[str, ...]:
    return (
        row.folio,
        said_of_payment(row.state),
        said_of_method(row.method),
        pesos(row.amount_centavos),
        long_date(row.paid_on),
        row.desk,
    )
