"""How the facts of orders and payments are written, on the screen, in a mail and on paper alike."""

from __future__ import annotations

from store.orders.tables import LedgerReason, OrderState, PaymentMethod, PaymentState
from store.text import _

_ORDERS = {
    OrderState.CART: _("Carrito"),
    OrderState.TO_PAY: _("Por pagar"),
    OrderState.IN_REVIEW: _("En revisión"),
    OrderState.PAID: _("Pagado"),
    OrderState.DELIVERED: _("Surtido"),
    OrderState.CANCELLED: _("Cancelado"),
    OrderState.EXPIRED: _("Vencido"),
    OrderState.REFUNDED: _("Reembolsado"),
}
_METHODS = {
    PaymentMethod.SPEI: _("SPEI"),
    PaymentMethod.DEPOSIT: _("Depósito"),
    PaymentMethod.CHEQUE: _("Cheque"),
    PaymentMethod.CASH: _("Efectivo"),
    PaymentMethod.CARD: _("Terminal bancaria"),
    PaymentMethod.BALANCE: _("Saldo a favor"),
}
_PAYMENTS = {
    PaymentState.DECLARED: _("Declarado"),
    PaymentState.RECORDED: _("Registrado"),
    PaymentState.CONFIRMED: _("Confirmado"),
    PaymentState.REJECTED: _("Rechazado"),
    PaymentState.RETURNED: _("Devuelto"),
}
_LEDGER = {
    LedgerReason.EXCESS: _("Pago de más"),
    LedgerReason.CREDIT: _("Crédito por días sin usar"),
    LedgerReason.REFUND: _("Reembolso"),
    LedgerReason.APPLIED: _("Aplicado a un pedido"),
    LedgerReason.PAID_OUT: _("Devuelto al cliente"),
}


def said_of_order(state: OrderState) -> str:
    """Write an order's state: «Por pagar»."""
    return _ORDERS[state]


def said_of_method(method: PaymentMethod) -> str:
    """Write how it was paid: «Terminal bancaria»."""
    return _METHODS[method]


def said_of_payment(state: PaymentState) -> str:
    """Write a payment's state; to the customer a declared one is «Declarado por ti – en revisión»."""
    return _PAYMENTS[state]


def said_of_ledger(reason: LedgerReason) -> str:
    """Write why the saldo a favor moved: «Pago de más»."""
    return _LEDGER[reason]
