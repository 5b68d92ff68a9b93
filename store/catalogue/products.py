"""The products of a new store, and finding one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from store.catalogue.tables import Product, ProductKind
from store.errors import NotFound
from store.text import _, clean

if TYPE_CHECKING:
    from store.catalogue.loading import Catalogue


def stock(session: Session, catalogue: Catalogue, today: date) -> None:
    """Put a price list into a new store."""
    from store.catalogue.loading import take  # only a new store needs it

    take(session, catalogue, today)


@dataclass(frozen=True)
class StampPackage:
    """What a prepaid key can stand for."""

    code: str
    units: int


def find_package(session: Session, code: str) -> StampPackage:
    """Find a package of stamps by its code, in capitals or not.

    Raises:
        NotFound: No such package; the sentence names those there are.
    """
    product = session.get(Product, code.strip().upper())
    if product is None or product.units is None:
        known = session.exec(
            select(Product.code)
            .where(Product.kind == ProductKind.STAMPS)
            .order_by(col(Product.units))
        ).all()
        raise NotFound(
            _("No hay un producto «{code}»; los que hay: {known}.").format(
                code=clean(code), known=", ".join(known)
            )
        )
    return StampPackage(product.code, product.units)
