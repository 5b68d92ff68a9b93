"""Lots: what issuing and importing share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from store.accounts.person import Person
from store.calendar import long_date, read_date
from store.errors import Mistyped
from store.installation.counters import next_number
from store.installation.pepper import Pepper
from store.keys.bulk import insert_rows
from store.keys.code import KeyCode
from store.keys.tables import KeyLot, KeyState
from store.text import _, clean

LOT_COUNTER = "lot"
_COLUMNS = ("lot_id", "mac", "signs", "units", "state", "client_sort_key")


def key_mac(pepper: Pepper, key: KeyCode) -> bytes:
    """Give what the store keeps of a key."""
    return pepper.digest("key", key.reveal())


@dataclass(frozen=True)
class LotForm:
    """What all keys of a lot have in common."""

    product_code: str
    redeem_by: date | None = None
    """The last local day on which they may be confirmed."""
    vendor_length: int | None = None
    """Signs of a vendor's keys, without a check symbol; `None` for our own form."""


def vendor_lengths(session: Session) -> list[int]:
    """Give how many signs the vendor keys of this store have, each length once."""
    lengths = session.exec(
        select(KeyLot.vendor_length).where(col(KeyLot.vendor_length).is_not(None)).distinct()
    ).all()
    return [length for length in lengths if length is not None]


def new_lot(
    session: Session, person: Person, form: LotForm, quantity: int, *, now: datetime
) -> KeyLot:
    """Open a lot under the next folio."""
    lot = KeyLot(
        folio=f"L-{next_number(session, LOT_COUNTER):06}",
        product_code=form.product_code,
        quantity=quantity,
        vendor_length=form.vendor_length,
        redeem_by=form.redeem_by,
        created_by=person.username,
        created_at=now,
    )
    session.add(lot)
    session.flush()
    return lot


def add_keys(
    session: Session, pepper: Pepper, lot: KeyLot, units: int, keys: Iterable[KeyCode]
) -> None:
    """Put new keys into a lot: their HMAC and visible signs."""
    kept = sorted((key_mac(pepper, key), key.visible) for key in keys)
    insert_keys(session, lot, units, kept)


def insert_keys(
    session: Session,
    lot: KeyLot,
    units: int,
    keys: Iterable[tuple[bytes, str]],
    *,
    only_new: bool = False,
) -> int:
    """Put keys into a lot by what the store keeps of them: their HMAC and their visible signs.

    Args:
        keys: In the order of their HMACs, so that neighbours in the index follow one another.
        only_new: Whether keys that a lot has already are left out.

    Returns:
        How many went in.
    """
    state = KeyState.ISSUED.value
    rows = ((lot.id, mac, signs, units, state, "") for mac, signs in keys)
    known = "mac" if only_new else ""
    return insert_rows(session.connection(), "prepaid_key", _COLUMNS, rows, but_where=known)


def read_redeem_by(text: str | None) -> date | None:
    """Read the last day on which keys may be confirmed.

    Raises:
        Mistyped: It is no date.
    """
    if text is None:
        return None
    day = read_date(text)
    if day is None:
        raise Mistyped(
            _("«{text}» no es una fecha; escríbela como 14/07/2020.").format(text=clean(text)),
            "redeem_by",
        )
    return day


def refuse_past(redeem_by: date | None, today: date) -> None:
    """Refuse a last day that has passed already.

    Raises:
        Mistyped: It has.
    """
    if redeem_by is not None and redeem_by < today:
        raise Mistyped(
            _("El último día para confirmarlas ya pasó: {day}.").format(day=long_date(redeem_by)),
            "redeem_by",
        )
