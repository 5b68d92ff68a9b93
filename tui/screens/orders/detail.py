"""An order in words: its lines, its sum, its payments."""

from __future__ import annotations

from collections.abc import Iterator

from store.calendar import long_date
from store.money import pesos
from store.orders.listing import OrderView, PaymentRow
from store.orders.words import said_of_method, said_of_order, said_of_payment
from store.text import _


def order_text(view: OrderView) -> str:
    """Write all that belongs to an order."""
    return "\n".join(_lines(view))


def _lines(view: OrderView) -> Iterator[str]:
    yield _("Estado     {state}").format(state=said_of_order(view.row.state))
    yield _("Vence      {day}").format(day=long_date(view.row.due_on))
    if view.reason:
        yield _("Motivo     {reason}").format(reason=view.reason)
    if view.problem:
        yield _("Pendiente  {problem}").format(problem=view.problem)
    yield ""
    for line in view.lines:
        mark = _(" · surtido") if line.is_delivered else ""
        net = line.gross_centavos - line.discount_centavos - line.credit_centavos
        yield _amount(f"{line.quantity} × {line.description}{mark}", net)
    yield _amount(_("Subtotal"), view.subtotal_centavos)
    yield _amount(_("Impuesto(s)"), view.tax_centavos)
    yield _amount(_("Total:"), view.row.total_centavos)
    yield ""
    yield from (payment_text(payment) for payment in view.payments)
    if view.row.missing_centavos > 0:
        yield _("Faltan {amount}.").format(amount=pesos(view.row.missing_centavos))


def _amount(words: str, centavos: int) -> str:
    return f"{words:52.52} {pesos(centavos):>16}"


def payment_text(payment: PaymentRow) -> str:
    """Write a payment in one line; where one person was enough, it says so."""
    words = (
        f"{long_date(payment.paid_on)}  {said_of_method(payment.method)}  "
        f"{pesos(payment.amount_centavos)}  {said_of_payment(payment.state)}"
    )
    if not payment.four_eyes:
        words += _(" (sin segunda persona)")
    if payment.reason:
        words += f": {payment.reason}"
    return words
