"""The ficha de pago: what to pay an order with, at a bank (SPEC 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from store.accounts.person import Person, Power, require
from store.accounts.tables import Desk
from store.calendar import long_date
from store.errors import OrderRefused
from store.money import pesos
from store.orders.finding import find_order
from store.orders.paper import Paper, save_paper
from store.orders.reference import grouped_clabe, payment_reference
from store.orders.tables import OPEN, SaleOrder
from store.settings import Settings
from store.text import _


@dataclass(frozen=True)
class PaymentSlip:
    """What a person at a bank needs."""

    folio: str
    desk: str
    beneficiary: str
    bank: str
    clabe: str
    """Eighteen digits, together."""
    reference: str
    """Seven digits, the last one the Damm digit of the others."""
    amount_centavos: int
    """What is missing."""
    due_on: date


def takes_transfers(settings: Settings) -> bool:
    """Tell whether the settings name a beneficiary, a bank and a CLABE; where not, the method is hidden."""
    return None not in (settings.beneficiary, settings.bank, settings.clabe)


def slip_of(session: Session, person: Person, order_id: int, settings: Settings) -> PaymentSlip:
    """Give the ficha of an order that waits for money.

    Raises:
        NotFound: The desk has no such order.
        OrderRefused: It does not wait for money, or no CLABE is set.
    """
    require(session, person, Power.LOOK)
    order = find_order(session, person, order_id)
    if order.state not in OPEN:
        raise OrderRefused(_("Ese pedido ya no espera un pago."))
    slip = slip_for(order, session.get_one(Desk, order.desk_id), settings)
    if slip is None:
        raise OrderRefused(_("Aquí no se paga por transferencia; pregunta en caja."))
    return slip


def slip_for(order: SaleOrder, desk: Desk, settings: Settings) -> PaymentSlip | None:
    """Fill in the ficha of a placed order; `None` where transfers are not taken."""
    if settings.beneficiary is None or settings.bank is None or settings.clabe is None:
        return None
    assert order.number is not None, "it was placed"
    assert order.due_on is not None, "it was placed"
    return PaymentSlip(
        folio=order.folio,
        desk=desk.name,
        beneficiary=settings.beneficiary,
        bank=settings.bank,
        clabe=settings.clabe,
        reference=payment_reference(order.number),
        amount_centavos=order.missing_centavos,
        due_on=order.due_on,
    )


def slip_text(slip: PaymentSlip) -> str:
    """Write the ficha to print: at most 72 columns, plain text."""
    paper = Paper(_("FICHA DE PAGO"))
    paper.facts(
        (_("Pedido"), slip.folio),
        (_("Escritorio"), slip.desk),
    )
    paper.facts(
        (_("Beneficiario"), slip.beneficiary),
        (_("Banco"), slip.bank),
        (_("CLABE"), grouped_clabe(slip.clabe)),
        (_("Referencia"), slip.reference),
        (_("Importe exacto"), pesos(slip.amount_centavos)),
        (_("Pagar a más tardar"), long_date(slip.due_on)),
    )
    paper.words(
        _(
            "Paga por SPEI, depósito o cheque el importe exacto, con la referencia numérica de 7 dígitos."
            " Declara tu pago en «Mis pedidos»: se revisa, y el pedido se surte al confirmarlo."
        )
    )
    return paper.text


def save_slip(settings: Settings, slip: PaymentSlip) -> Path:
    """Write the ficha into the folder `exports`, for its owner's eyes; one that is there is replaced whole.

    Raises:
        Refusal: The folder cannot be written.
    """
    return save_paper(settings, f"ficha-{slip.folio}.txt", slip_text(slip))
