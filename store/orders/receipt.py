"""The receipt of a paid order: its folio, its lines, how it was paid; «Este comprobante no es un CFDI» (SPEC 6)."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import Session

from store.accounts.person import Person
from store.accounts.tables import Desk
from store.calendar import Clock, long_date
from store.errors import OrderRefused
from store.money import percent, pesos
from store.orders.finding import find_order
from store.orders.listing import order_view
from store.orders.paper import Paper, save_paper
from store.orders.rows import OrderView, PaymentRow
from store.orders.tables import PAID, PaymentState
from store.orders.words import said_of_method, said_of_order
from store.settings import Settings
from store.text import _

_COUNTED = (PaymentState.CONFIRMED, PaymentState.RETURNED)


def receipt_text(session: Session, person: Person, order_id: int, clock: Clock) -> str:
    """Write the receipt of a paid order: at most 72 columns, plain text.

    Raises:
        NotFound: The desk has no such order.
        OrderRefused: It is not paid.
    """
    view = order_view(session, person, order_id)
    order = find_order(session, person, order_id)
    if view.row.state not in PAID or order.paid_at is None:
        raise OrderRefused(_("El comprobante sale cuando el pedido está pagado."))
    desk = session.get_one(Desk, order.desk_id)
    paper = Paper(_("COMPROBANTE DE PAGO"))
    paper.facts(
        (_("Folio"), view.row.folio),
        (_("Escritorio"), desk.name),
        (_("RFC"), desk.rfc),
        (_("Pagado el"), long_date(clock.date_of(order.paid_at))),
        (_("Estado"), said_of_order(view.row.state)),
    )
    paper.sums(*_lines(view))
    paper.sums(*((_paid_with(row), pesos(row.amount_centavos)) for row in _counted(view)))
    paper.words(_("Este comprobante no es un CFDI."))
    return paper.text


def save_receipt(settings: Settings, folio: str, text: str) -> Path:
    """Write a receipt into the folder `exports`, for its owner's eyes.

    Raises:
        Refusal: The folder cannot be written.
    """
    return save_paper(settings, f"comprobante-{folio}.txt", text)


def _lines(view: OrderView) -> list[tuple[str, str]]:
    lines = [
        (
            f"{line.quantity:,} × {line.description}" if line.quantity > 1 else line.description,
            pesos(line.gross_centavos),
        )
        for line in view.lines
    ]
    lines.append((_("Descuento"), pesos(-view.discount_centavos)))
    if view.credit_centavos:
        lines.append((_("Crédito"), pesos(-view.credit_centavos)))
    rate = percent(view.tax_rate_bp)
    return [
        *lines,
        (_("Subtotal"), pesos(view.subtotal_centavos)),
        (_("Impuesto(s) ({rate}%)").format(rate=rate), pesos(view.tax_centavos)),
        (_("Total"), pesos(view.row.total_centavos)),
    ]


def _counted(view: OrderView) -> list[PaymentRow]:
    return [row for row in view.payments if row.state in _COUNTED]


def _paid_with(row: PaymentRow) -> str:
    words = _("{method}, {day}").format(
        method=said_of_method(row.method), day=long_date(row.paid_on)
    )
    return f"{words}, {row.tracking}" if row.tracking else words
