"""How something was paid: method, amount, day, and the movement's own number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date

from textual.getters import query_one
from textual.widget import Widget

from store.calendar import long_date, read_date
from store.errors import Mistyped
from store.money import pesos, read_pesos
from store.orders.movement import Money
from store.orders.tables import PaymentMethod
from store.orders.words import said_of_method
from store.text import _
from tui.screens.form import Form
from tui.widgets.field import Field
from tui.widgets.radio_mark import RadioMarks

AT_THE_BANK = (PaymentMethod.SPEI, PaymentMethod.DEPOSIT, PaymentMethod.CHEQUE)
AT_THE_COUNTER = (*AT_THE_BANK, PaymentMethod.CASH, PaymentMethod.CARD)


class AskMoney(Form[object]):
    """Ask for a payment; card numbers are never typed (SPEC 6)."""

    DEFAULT_CSS = """
    AskMoney > .dialog { width: 80; }
    AskMoney RadioMarks { margin-bottom: 1; }
    """

    methods = query_one(RadioMarks)
    amount = query_one("#amount", Field)
    paid_on = query_one("#paid_on", Field)
    bank = query_one("#bank", Field)
    tracking = query_one("#tracking", Field)

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

    def fields(self) -> Iterable[Widget]:
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

    async def submit(self) -> object:
        """Ask the store to take it."""
        return await self._act(self._typed())

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
