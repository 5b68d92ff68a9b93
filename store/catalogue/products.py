"""The products of a new store, and finding one."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from sqlmodel import Session, col, select

from store.catalogue.tables import Product, ProductKind
from store.errors import NotFound
from store.text import _, clean


def stock(session: Session) -> None:
    """Put the shipped products into a new store."""
    shipped = tomllib.loads(files("store.catalogue").joinpath("products.toml").read_text("utf-8"))
    session.add_all(Product(kind=ProductKind.STAMPS, **entry) for entry in shipped["stamps"])


def find_product(session: Session, code: str) -> Product:
    """Find a product by its code, in capitals or not.

    Raises:
        NotFound: No such product; the sentence names those there are.
    """
    product = session.get(Product, code.strip().upper())
    if product is None:
        known = session.exec(select(Product.code).order_by(col(Product.code))).all()
        raise NotFound(
            _("No hay un producto «{code}»; los que hay: {known}.").format(
                code=clean(code), known=", ".join(known)
            )
        )
    return product
