"""What became of a payment, in one sentence."""

from __future__ import annotations

from store.money import pesos
from store.orders.settling import PaymentOutcome
from store.orders.words import said_of_order
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
