"""What a product costs on a day; before tax, and of a plan for a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from store.accounts.person import Person, Power, require
from store.catalogue.tables import Plan, Price, PriceSource, Product, ProductKind
from store.errors import NotFound
from store.text import _, clean

_SOURCES = {
    PriceSource.SEED: _("semilla"),
    PriceSource.SAMPLE: _("muestra"),
    PriceSource.OPERATOR: _("operador"),
}


@dataclass(frozen=True)
class PriceRow:
    """A price, from when until when, and whether anybody means it."""

    product_code: str
    product: str
    kind: ProductKind
    centavos: int
    """Before tax: of a plan for a month, of anything else for a package."""
    valid_from: date
    valid_to: date | None
    """The last day; `None` is open."""
    source: PriceSource


def said_of_source(source: PriceSource) -> str:
    """Write where a figure comes from: «muestra»."""
    return _SOURCES[source]


def price_on(session: Session, product_code: str, day: date) -> PriceRow:
    """Give the price of a product on a day.

    Raises:
        NotFound: It is not for sale on that day.
    """
    found = session.exec(
        select(Price, Product)
        .join(Product, col(Product.code) == col(Price.product_code))
        .where(Price.product_code == product_code, _in_force(day))
    ).first()
    if found is None:
        product = session.get(Product, product_code)
        name = product.name if product else product_code
        raise NotFound(_("{product} no está a la venta hoy.").format(product=clean(name)))
    return _row(*found)


def prices_on(session: Session, day: date) -> dict[str, PriceRow]:
    """Give the price of everything that is for sale on a day, by the product's code."""
    found = session.exec(
        select(Price, Product)
        .join(Product, col(Product.code) == col(Price.product_code))
        .where(_in_force(day))
    ).all()
    return {price.product_code: _row(price, product) for price, product in found}


def packages_for_sale(session: Session, person: Person, day: date) -> list[PriceRow]:
    """Give the packages of stamps that can be bought on a day, the cheapest first."""
    require(session, person, Power.LOOK)
    rows = (row for row in prices_on(session, day).values() if row.kind is ProductKind.STAMPS)
    return sorted(rows, key=lambda row: (row.centavos, row.product_code))


def list_prices(session: Session, person: Person) -> Sequence[PriceRow]:
    """Give every price there is or was, with its days and its source, the smallest product first; for the staff.

    Raises:
        NotAllowed: The person is not of the staff.
    """
    require(session, person, Power.LOOK_EVERYWHERE)
    found = session.exec(
        select(Price, Product)
        .join(Product, col(Product.code) == col(Price.product_code))
        .join(Plan, col(Plan.product_code) == col(Product.code), isouter=True)
        .order_by(col(Product.kind), col(Plan.rank), col(Product.units), col(Price.valid_from))
    ).all()
    return [_row(price, product) for price, product in found]


def _in_force(day: date) -> ColumnElement[bool]:
    return and_(
        col(Price.valid_from) <= day, or_(col(Price.valid_to).is_(None), col(Price.valid_to) >= day)
    )


def _row(price: Price, product: Product) -> PriceRow:
    return PriceRow(
        product.code,
        product.name,
        product.kind,
        price.centavos,
        price.valid_from,
        price.valid_to,
        price.source,
    )
