"""An order in words: its lines, its sum, its payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.calendar import Clock, long_date
from store.money import pesos
from store.orders.balance import BalanceRow
from store.orders.rows import OrderView, PaymentRow
from store.orders.words import said_of_ledger, said_of_method, said_of_order, said_of_payment
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


def ledger_text(rows: Sequence[BalanceRow], clock: Clock) -> str:
    """Write every movement of the saldo a favor, newest first, each with what was left after it."""
    if not rows:
        return _("Todavía no hay movimientos.")
    names = (_("Fecha"), _("Movimiento"), _("Pedido"), _("Importe"), _("Saldo"))
    lines = [
        (
            long_date(clock.date_of(row.at)),
            said_of_ledger(row.reason),
            row.folio,
            pesos(row.delta_centavos),
            pesos(row.balance_centavos),
        )
        for row in rows
    ]
    return "\n".join(
        f"{day:10} {what:25} {folio:8} {moved:>13} {left:>12}"
        for day, what, folio, moved, left in (names, *lines)
    )


def _amount(words: str, centavos: int) -> str:
    return f"{words:52.52} {pesos(centavos):>16}"


def payment_text(payment: PaymentRow) -> str:
    """Write a payment in one line; where one person was enough, it says so."""
    words = (
        f"{long_date(payment.paid_on)}  {said_of_method(payment.method)}  "
        f"{pesos(payment.amount_centavos)}  {said_of_payment(payment.state)}"
    )
    if payment.bank or payment.tracking:
        words += f"  {' '.join(filter(None, (payment.bank, payment.tracking)))}"
    if not payment.four_eyes:
        words += _(" (sin segunda persona)")
    if payment.reason:
        words += f": {payment.reason}"
    return words
