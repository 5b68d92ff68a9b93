"""What a line of a cart costs today, and whether it can still be had."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from store.accounts.person import Person
from store.accounts.tables import Desk
from store.calendar import Clock
from store.catalogue.prices import price_on
from store.errors import EspacioRefused, NotFound
from store.espacio.naming import name_for
from store.espacio.offers import quote_for
from store.espacio.tables import Naming
from store.money import share
from store.orders.tables import Change, OrderItem


@dataclass(frozen=True)
class LinePrice:
    """The price of a line, worked out; centavos before tax."""

    description: str
    unit_centavos: int
    """Of a package, or of a modality for a month."""
    months: int = 1
    discount_bp: int = 0
    credit_centavos: int = 0
    quantity: int = 1
    change: Change | None = None
    """What a line of Espacio does to the contract in force; `None` for stamps."""
    problem: str = ""
    """Why it cannot be had any more, in a sentence; the price is then the last one that was told."""

    @property
    def gross_centavos(self) -> int:
        """So many units for so many months."""
        return self.unit_centavos * self.months * self.quantity

    @property
    def discount_centavos(self) -> int:
        """What the term takes off, half-up."""
        return share(self.gross_centavos, self.discount_bp)

    @property
    def net_centavos(self) -> int:
        """What the line adds to the subtotal."""
        return self.gross_centavos - self.discount_centavos - self.credit_centavos


def espacio_price(
    session: Session,
    person: Person,
    plan_code: str,
    term_code: str,
    naming: Naming,
    clock: Clock,
    *,
    renewing: bool,
) -> LinePrice:
    """Give the price of a plan for a term to the person's desk.

    Raises:
        EspacioRefused, NotFound: What the quote or the name refuses.
    """
    offer = quote_for(session, person, plan_code, term_code, clock, renewing=renewing)
    name_for(session, session.get_one(Desk, person.desk_id), naming)
    quote = offer.quote
    return LinePrice(
        quote.description,
        quote.unit_centavos,
        quote.months,
        quote.discount_bp,
        quote.credit_centavos,
        change=offer.change,
    )


def stamps_price(session: Session, product_code: str, quantity: int, clock: Clock) -> LinePrice:
    """Give the price of packages of stamps.

    Raises:
        NotFound: It is not for sale today.
    """
    price = price_on(session, product_code, clock.today())
    return LinePrice(price.product, price.centavos, quantity=quantity)


def kept_price(item: OrderItem, problem: str = "") -> LinePrice:
    """Give the price that is kept with a line."""
    return LinePrice(
        item.description,
        item.unit_centavos,
        item.months,
        item.discount_bp,
        item.credit_centavos,
        item.quantity,
        item.change,
        problem,
    )


def price_today(session: Session, person: Person, item: OrderItem, clock: Clock) -> LinePrice:
    """Give the price of a line of a cart today; where it cannot be had any more, say why."""
    try:
        if item.term_code is None or item.naming is None:
            return stamps_price(session, item.product_code, item.quantity, clock)
        return espacio_price(
            session,
            person,
            item.product_code,
            item.term_code,
            item.naming,
            clock,
            renewing=item.change is Change.RENEWAL,
        )
    except (EspacioRefused, NotFound) as refusal:
        return kept_price(item, refusal.sentence)


def keep_price(item: OrderItem, price: LinePrice) -> None:
    """Write a price into a line."""
    item.description = price.description
    item.unit_centavos, item.months = price.unit_centavos, price.months
    item.discount_bp, item.quantity = price.discount_bp, price.quantity
    item.gross_centavos, item.discount_centavos = price.gross_centavos, price.discount_centavos
    item.credit_centavos, item.change = price.credit_centavos, price.change
