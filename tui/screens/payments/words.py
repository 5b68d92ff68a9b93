"""Payments in words: what is to be confirmed, and what became of it."""

from __future__ import annotations

from store.calendar import long_date
from store.money import pesos
from store.orders.rows import PaymentRow
from store.orders.settling import PaymentOutcome
from store.orders.words import said_of_method, said_of_order
from store.text import _


def said_of_outcome(outcome: PaymentOutcome) -> str:
    """Write the order's state, what it still lacks, and what went to the saldo a favor."""
    words = _("Pedido {folio}: {state}.").format(
        folio=outcome.folio, state=said_of_order(outcome.state)
    )
    if outcome.missing_centavos:
        words += " " + _("Faltan {amount}.").format(amount=pesos(outcome.missing_centavos))
    if outcome.to_balance_centavos:
        words += " " + _("{amount} quedan como saldo a favor.").format(
            amount=pesos(outcome.to_balance_centavos)
        )
    return f"{words} {outcome.problem}".rstrip()


def asked_of_payment(row: PaymentRow) -> str:
    """Write what whoever confirms a payment has to find at the bank or in the drawer."""
    words = _(
        "Compruébalo antes: al confirmar, el dinero cuenta para el pedido.\n\n"
        "  Importe    {amount}\n"
        "  Forma      {method}\n"
        "  Fecha      {day}\n"
    ).format(
        amount=pesos(row.amount_centavos),
        method=said_of_method(row.method),
        day=long_date(row.paid_on),
    )
    if row.bank:
        words += _("  Banco      {bank}\n").format(bank=row.bank)
    if row.tracking:
        words += _("  Rastreo    {tracking}\n").format(tracking=row.tracking)
    return words + _("  Registró   {username}").format(username=row.recorded_by)
