"""«Pagos»: what customers declared and caja recorded, waiting for somebody else's yes (SPEC 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session
from textual import work
from textual.binding import Binding

from store.accounts.person import Person, Power
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
from store.windows.listing import Listed
from tui.menu import PAYMENTS
from tui.screens.ask_text import AskText
from tui.screens.greyed import unless
from tui.screens.lists.page import ListPage
from tui.screens.payments.alike import record_or_ask
from tui.screens.payments.money import AT_THE_COUNTER, AskMoney
from tui.screens.payments.show_order import show_order
from tui.screens.payments.words import asked_of_payment, said_of_outcome
from tui.screens.yes_or_no import YesOrNo
from tui.type_ahead import ASKING
from tui.widgets.grid import GridColumn

_COLUMNS = (
    GridColumn(_("Pedido"), 9),
    GridColumn(_("Estado"), 11),
    GridColumn(_("Forma"), 9),
    GridColumn(_("Importe"), 13, align_right=True),
    GridColumn(_("Fecha"), 10),
    GridColumn(_("Escritorio"), 20),
)


class PaymentsPage(ListPage[PaymentRow]):
    """The payments of all desks that wait for a decision, oldest first."""

    entry_id = PAYMENTS
    title_words = _("Pagos por decidir")
    columns = _COLUMNS
    empty = _("Ningún pago espera. «n» registra uno nuevo.")

    BINDINGS = [
        Binding("r", "record", _("Registrar"), id="payments.record",
                tooltip=_("Registrar el pago declarado, como lo muestra el banco.")),
        Binding("c", "confirm", _("Confirmar"), id="payments.confirm",
                tooltip=_("Confirmar un pago que registró otra persona.")),
        Binding("x", "reject", _("Rechazar"), id="payments.reject", tooltip=_("Rechazar el pago con su motivo.")),
        Binding("n", "new", _("Nuevo pago"), id="payments.new", tooltip=_("Registrar un pago de cualquier pedido.")),
    ]  # fmt: skip

    def list_rows(self, session: Session, person: Person) -> Listed[PaymentRow]:
        """Give what nobody decided yet, oldest first."""
        return payments_inbox(session, person)

    def cells(self, row: PaymentRow) -> Sequence[str]:
        """Write a payment."""
        return (
            row.folio,
            said_of_payment(row.state),
            said_of_method(row.method),
            pesos(row.amount_centavos),
            long_date(row.paid_on),
            row.desk,
        )

    def reasons(self, row: PaymentRow | None) -> Mapping[str, str]:
        """Say what the payment under the cursor, or the person, does not allow."""
        state, none = None if row is None else row.state, self.lacks_row(row)
        is_declared = unless(state is PaymentState.DECLARED, _("Ese pago ya está registrado."))
        is_recorded = unless(state is PaymentState.RECORDED, _("Antes se registra ese pago («r»)."))
        decides = self.lacks(Power.CONFIRM_PAYMENT) or none
        return {
            "record": self.lacks(Power.RECORD_PAYMENT) or none or is_declared,
            "confirm": decides or is_recorded,
            "reject": decides,
            "new": self.lacks(Power.RECORD_PAYMENT),
        }

    async def tell(self, row: PaymentRow) -> None:
        """Show the payment's order."""
        await show_order(self, row.order_id)

    @work(group=ASKING)
    async def action_record(self) -> None:
        """Write a declared payment down as the bank shows it."""
        row = await self.row_here()
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
        await self._say_outcome(await self.app.push_screen_wait(window))

    @work(group=ASKING)
    async def action_confirm(self) -> None:
        """Confirm what another person recorded; the last one that was missing delivers the order."""
        row = await self.row_here()
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
            await self._say_outcome(outcome)

    @work(group=ASKING)
    async def action_reject(self) -> None:
        """Ask why, and reject."""
        row = await self.row_here()
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
        await self._say_outcome(await self.app.push_screen_wait(window))

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
        await self._say_outcome(await self.app.push_screen_wait(window))

    async def _say_outcome(self, outcome: object) -> None:
        """Say what became of the order."""
        if isinstance(outcome, PaymentOutcome):
            await self.reload(said_of_outcome(outcome))
