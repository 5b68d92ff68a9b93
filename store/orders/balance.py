"""The saldo a favor of a desk: a ledger that only grows, each row with the balance after it (SPEC 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, desk_of, require
from store.errors import PaymentRefused
from store.money import pesos
from store.orders.locking import lock_desk
from store.orders.reference import folio_of
from store.orders.tables import BalanceEntry, LedgerReason, SaleOrder
from store.text import _


@dataclass(frozen=True)
class BalanceRow:
    """A movement of the saldo a favor, as a list shows it."""

    at: datetime
    reason: LedgerReason
    folio: str
    """Of the order that it belongs to, or nothing."""
    delta_centavos: int
    balance_centavos: int


def balance_of(session: Session, person: Person) -> int:
    """Give the saldo a favor of the person's desk, in centavos.

    Raises:
        NotAllowed: The person may not look, or chose no desk.
    """
    require(session, person, Power.LOOK)
    return balance_at(session, desk_of(person))


def balance_at(session: Session, desk_id: int) -> int:
    """Give a desk's saldo a favor, in centavos; nobody is asked for a role."""
    last = _last_entry(session, desk_id)
    return last.balance_centavos if last else 0


def balance_rows(session: Session, person: Person, *, most: int = 200) -> tuple[BalanceRow, ...]:
    """Give the movements of the saldo a favor of the person's desk, newest first."""
    require(session, person, Power.LOOK)
    found = session.exec(
        select(BalanceEntry, SaleOrder.number)
        .join(SaleOrder, col(BalanceEntry.order_id) == col(SaleOrder.id), isouter=True)
        .where(col(BalanceEntry.desk_id) == desk_of(person))
        .order_by(col(BalanceEntry.place).desc())
        .limit(most)
    ).all()
    return tuple(
        BalanceRow(
            entry.at,
            entry.reason,
            folio_of(number) if number else "",
            entry.delta_centavos,
            entry.balance_centavos,
        )
        for entry, number in found
    )


def move_balance(
    session: Session,
    desk_id: int,
    delta_centavos: int,
    reason: LedgerReason,
    *,
    order_id: int,
    payment_id: int | None = None,
    now: datetime,
) -> int:
    """Add a movement to the ledger, part of a larger step; give the balance after it.

    Movements of a desk queue up at the desk's row. Behind that stand the UNIQUE place, so that two can never follow
    the same one, and the CHECK that no balance is below zero.

    Raises:
        PaymentRefused: There is less than is to be taken.
    """
    lock_desk(session, desk_id)
    last = _last_entry(session, desk_id)
    before = last.balance_centavos if last else 0
    if before + delta_centavos < 0:
        raise PaymentRefused(
            _("El saldo a favor es de {balance}; no alcanza.").format(balance=pesos(before))
        )
    entry = BalanceEntry(
        desk_id=desk_id,
        place=last.place + 1 if last else 1,
        delta_centavos=delta_centavos,
        balance_centavos=before + delta_centavos,
        reason=reason,
        order_id=order_id,
        payment_id=payment_id,
        at=now,
    )
    session.add(entry)
    session.flush()
    return entry.balance_centavos


def broken_balances(session: Session) -> Iterator[str]:
    """Walk every ledger and name each movement that does not follow from the one before; nothing where all do."""
    desk_id, place, balance = 0, 0, 0
    entries = select(BalanceEntry).order_by(col(BalanceEntry.desk_id), col(BalanceEntry.place))
    for entry in session.exec(entries).yield_per(1000):
        if entry.desk_id != desk_id:
            desk_id, place, balance = entry.desk_id, 0, 0
        place, balance = place + 1, balance + entry.delta_centavos
        if (entry.place, entry.balance_centavos) != (place, balance):
            yield f"{entry.desk_id}:{entry.place}"
            place, balance = entry.place, entry.balance_centavos


def _last_entry(session: Session, desk_id: int) -> BalanceEntry | None:
    return session.exec(
        select(BalanceEntry)
        .where(col(BalanceEntry.desk_id) == desk_id)
        .order_by(col(BalanceEntry.place).desc())
        .limit(1)
    ).first()
