"""Delivering a paid line of Espacio: contracting, renewing, upgrading, setting a smaller plan for the end."""

from __future__ import annotations

from sqlmodel import Session

from store.accounts.person import Person
from store.accounts.tables import Desk
from store.calendar import Clock
from store.catalogue.words import Words
from store.installation.pepper import Pepper
from store.orders.tables import OrderItem


def deliver(
    session: Session,
    clock: Clock,
    pepper: Pepper,
    person: Person,
    item: OrderItem,
    desk: Desk,
    words: Words | None = None,
) -> None:
    """Give a desk what it paid for, in the transaction of the payment; a line delivered before changes nothing.

    Sets `item.delivered_at`. A credit that was larger than the new price goes to the saldo a favor.

    Args:
        person: Who confirmed the payment.
        item: The line of Espacio of a paid order.
        words: The vendor's words, for the mail (`store.words`); by default those of the package.

    Raises:
        ChangeWaits: Another paid change begins first; nothing was changed.
    """
    raise NotImplementedError
