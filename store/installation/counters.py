"""Numbers handed out in order."""

from __future__ import annotations

from sqlmodel import Session, col, update

from store.installation.tables import Counter


def next_number(session: Session, name: str) -> int:
    """Take the next number of a counter.

    The row stays locked until the transaction ends, so whoever takes one is alone with what it numbers; a rolled back
    transaction gives its number back, and no gap is left.
    """
    taken = session.exec(
        update(Counter)
        .where(col(Counter.name) == name)
        .values(value=col(Counter.value) + 1)
        .returning(col(Counter.value))
    ).scalar_one()
    return int(taken)


def take_turn(session: Session, name: str) -> None:
    """Queue up behind whoever holds the counter, without taking a number."""
    session.exec(update(Counter).where(col(Counter.name) == name).values(value=col(Counter.value)))
