"""How something was paid: method, amount, day, and the movement's own number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget

from store.calendar import long_date, read_date
from store.errors import Mistyped, Refusal
from store.money import pesos, read_pesos
from store.orders.movement import Money
from store.orders.tables import PaymentMethod
from store.orders.words import said_of_method
from store.text import _
from tui.screens.question import Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Field, Refused
from tui.widgets.radio_mark import RadioMarks

AT_THE_BANK = (PaymentMethod.SPEI, PaymentMethod.DEPOSIT, PaymentMethod.CHEQUE)
AT_THE_COUNTER = (*AT_THE_BANK, PaymentMethod.CASH, PaymentMethod.CARD)


class AskMoney(Question[object]):
    """Ask for a payment; card numbers are never typed (SPEC 6)."""

    BINDINGS = [
        Binding("enter", "accept", _("Aceptar"), id="money.accept", tooltip=_("Registrar lo escrito.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    AskMoney > .dialog { width: 76; }
    AskMoney RadioMarks { margin-bottom: 1; }
    """

    methods = query_one(RadioMarks)
    amount = query_one("#amount", Field)
    paid_on = query_one("#paid_on", Field)
    bank = query_one("#bank", Field)
    tracking = query_one("#tracking", Field)
    said = query_one("#said", Refused)

    def __init__(
        self,
        title: str,
        amount: int,
        today: date,
        act: Callable[[Money], Awaitable[object]],
        methods: Sequence[PaymentMethod] = AT_THE_BANK,
        *,
        bank: str = "",
        tracking: str = "",
    ) -> None:
        """Make the window.

        Args:
            title: What stands in its border.
            amount: What is missing, in centavos, to begin with.
            today: The day to begin with.
            act: Asks the store to take the payment; its answer is the window's.
            methods: The ways of paying that can be chosen here.
            bank: What is known already.
            tracking: What is known already.
        """
        super().__init__()
        self.title_words = title
        self._amount, self._today, self._act, self._methods = amount, today, act, methods
        self._bank, self._tracking = bank, tracking

    def ask(self) -> Iterable[Widget]:
        """Give the fields."""
        yield RadioMarks(*(said_of_method(method) for method in self._methods))
        yield Field(_("Importe"), value=pesos(self._amount), longest=20, compact=True, id="amount")
        yield Field(
            _("Fecha"), value=long_date(self._today), longest=10, compact=True, id="paid_on"
        )
        yield Field(_("Banco"), value=self._bank, longest=60, compact=True, id="bank")
        yield Field(
            _("Rastreo"),
            value=self._tracking,
            longest=40,
            compact=True,
            after=_("o autorización"),
            id="tracking",
        )
        yield Refused(id="said")
        yield Horizontal(
            DeskButton(_("Aceptar"), id="accept"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    @on(DeskButton.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_give_up()

    @on(DeskButton.Pressed, "#accept")
    def action_accept(self) -> None:
        """Take what was typed."""
        self._accept()

    @work(group=ASKING)
    async def _accept(self) -> None:
        self.said.say("")
        try:
            self.dismiss(await self._act(self._typed()))
        except Mistyped as refusal:
            self.forget_typed()
            field = refusal.field if refusal.field in ("paid_on", "bank", "tracking") else "amount"
            self.query_one(f"#{field}", Field).refuse(refusal.sentence)
        except Refusal as refusal:
            self.forget_typed()
            self.said.say(refusal.sentence)

    def _typed(self) -> Money:
        day = read_date(self.paid_on.value)
        if day is None:
            raise Mistyped(_("Escribe la fecha como 14/07/2020."), "paid_on")
        return Money(
            self._methods[self.methods.chosen],
            read_pesos(self.amount.value),
            day,
            self.bank.value,
            self.tracking.value,
        )
