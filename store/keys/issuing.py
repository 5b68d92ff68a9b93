"""Issuing lots of new keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from store.accounts.person import Person, Power, require
from store.audit.chain import record
from store.catalogue.products import find_package
from store.errors import Mistyped
from store.installation.pepper import Pepper
from store.keys.code import KeyCode, new_key
from store.keys.lots import LotForm, add_keys, new_lot
from store.text import _

LARGEST_LOT = 10_000


@dataclass(frozen=True)
class IssuedLot:
    """A lot and its keys in clear: the only time anybody has them."""

    folio: str
    product_code: str
    units: int
    redeem_by: date | None
    keys: Sequence[KeyCode]


def issue_keys(
    session: Session,
    person: Person,
    pepper: Pepper,
    product_code: str,
    count: int,
    *,
    redeem_by: date | None,
    now: datetime,
) -> IssuedLot:
    """Issue a lot of new keys.

    Keep the keys in a safe file before committing: nobody can read them again.

    Raises:
        Mistyped: The count is not 1 to 10,000.
        NotFound: No such package.
    """
    require(session, person, Power.ISSUE)
    if not 1 <= count <= LARGEST_LOT:
        raise Mistyped(
            _("Un lote lleva de 1 a {most} claves.").format(most=f"{LARGEST_LOT:,}"), "count"
        )
    package = find_package(session, product_code)
    lot = new_lot(session, person, LotForm(package.code, redeem_by), count, now=now)
    keys = [new_key() for _key in range(count)]
    add_keys(session, pepper, lot, package.units, keys)
    said = {"folio": lot.folio, "quantity": count, "product": package.code}
    record(session, person, "lot.issued", f"lot:{lot.id}", now=now, **said)
    return IssuedLot(lot.folio, package.code, package.units, redeem_by, keys)
