"""What the mails about orders and payments say."""

from __future__ import annotations

from store.accounts.tables import Desk
from store.calendar import long_date
from store.mail.letters import Letter
from store.money import pesos
from store.orders.slip import PaymentSlip, slip_text
from store.orders.tables import Payment, SaleOrder
from store.text import _, clean


def order_received(
    desk: Desk, order: SaleOrder, lines: list[str], slip: PaymentSlip | None
) -> Letter:
    """Tell the desk what it ordered, until when to pay, and with what."""
    assert order.due_on is not None, "it was placed"
    folio = order.folio
    paying = slip_text(slip) if slip else _("Paga en caja con este folio.\n")
    return Letter(
        subject=_("Pedido recibido: {folio}").format(folio=folio),
        body=_(
            "Recibimos tu pedido.\n"
            "\n"
            "  Escritorio:  {desk}\n"
            "  Pedido:      {folio}\n"
            "  Incluye:     {lines}\n"
            "  Total:       {total}\n"
            "  Pagar antes de que termine el {due}\n"
            "\n"
            "{paying}"
        ).format(
            desk=clean(desk.name),
            folio=folio,
            lines="\n               ".join(clean(line) for line in lines),
            total=pesos(order.total_centavos or 0),
            due=long_date(order.due_on),
            paying=paying,
        ),
    )


def payment_confirmed(
    desk: Desk, order: SaleOrder, payment: Payment, missing: int, to_balance: int
) -> Letter:
    """Tell the desk that money was confirmed, and what it did."""
    folio = order.folio
    if missing:
        outcome = _("Faltan {missing} para completar el pedido.").format(missing=pesos(missing))
    else:
        outcome = _("El pedido está pagado.")
    if to_balance:
        outcome += "\n" + _("Quedaron {amount} como saldo a favor.").format(
            amount=pesos(to_balance)
        )
    return Letter(
        subject=_("Pago confirmado: {folio}").format(folio=folio),
        body=_(
            "Se confirmó un pago.\n"
            "\n"
            "  Escritorio:  {desk}\n"
            "  Pedido:      {folio}\n"
            "  Importe:     {amount}\n"
            "\n"
            "{outcome}\n"
        ).format(
            desk=clean(desk.name),
            folio=folio,
            amount=pesos(payment.amount_centavos),
            outcome=outcome,
        ),
    )


def payment_rejected(desk: Desk, order: SaleOrder, payment: Payment, reason: str) -> Letter:
    """Tell the desk that a payment was not found, and why."""
    folio = order.folio
    return Letter(
        subject=_("Pago no confirmado: {folio}").format(folio=folio),
        body=_(
            "No se pudo confirmar un pago.\n"
            "\n"
            "  Escritorio:  {desk}\n"
            "  Pedido:      {folio}\n"
            "  Importe:     {amount}\n"
            "  Motivo:      {reason}\n"
            "\n"
            "Si ya pagaste, declara el pago de nuevo o avisa en caja.\n"
        ).format(
            desk=clean(desk.name),
            folio=folio,
            amount=pesos(payment.amount_centavos),
            reason=clean(reason),
        ),
    )


def order_ended(desk: Desk, order: SaleOrder, outcome: str, to_balance: int) -> Letter:
    """Tell the desk that an order was cancelled, expired or refunded.

    Args:
        outcome: «cancelado», «vencido», «reembolsado»: the order's state.
    """
    folio = order.folio
    money = ""
    if to_balance:
        money = _("Quedaron {amount} como saldo a favor.\n").format(amount=pesos(to_balance))
    return Letter(
        subject=_("Pedido {outcome}: {folio}").format(outcome=outcome, folio=folio),
        body=_("El pedido {folio} de {desk} quedó {outcome}.\n{money}").format(
            folio=folio, desk=clean(desk.name), outcome=outcome, money=money
        ),
    )


def order_due(desk: Desk, order: SaleOrder) -> Letter:
    """Tell the desk that an order can be paid until tomorrow at the latest."""
    assert order.due_on is not None, "it was placed"
    return Letter(
        subject=_("Pedido por vencer: {folio}").format(folio=order.folio),
        body=_(
            "Al pedido {folio} de {desk} le faltan {missing}.\n"
            "Se puede pagar a más tardar el {due}; después vence.\n"
        ).format(
            folio=order.folio,
            desk=clean(desk.name),
            missing=pesos(order.missing_centavos),
            due=long_date(order.due_on),
        ),
    )
