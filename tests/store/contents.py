"""What a store holds, to be looked at and to be compared before and after."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlmodel import col
from sqlmodel import select as find

from store.attempts.tables import Attempt, AttemptKind, Verdict
from store.installation.store import Store
from store.keys.code import read_key
from store.keys.lots import key_mac
from store.keys.tables import PrepaidKey
from store.tables import Base

Contents = dict[str, Sequence[Any]]
Row = TypeVar("Row", bound=Base)

GUESSES = ("attempt", "counter")
"""The tables in which guesses are written down, whatever comes of them."""
TRACES = (*GUESSES, "audit_event", "audit_head")
"""… and those that tell the staff of the refused ones."""


def contents(store: Store, *, without: Sequence[str] = ()) -> Contents:
    """Give every row of every table."""
    with store.reading() as session:
        return {
            table.name: session.connection()
            .execute(select(table).order_by(*table.primary_key.columns))
            .all()
            for table in Base.metadata.sorted_tables
            if table.name not in without
        }


def rows(store: Store, kind: type[Row]) -> list[Row]:
    """Give every row of one table, oldest first."""
    with store.reading() as session:
        return list(session.exec(find(kind).order_by(*inspect(kind).primary_key)).all())


def kept(store: Store, typed: str) -> PrepaidKey:
    """Give the row of a key."""
    mac = key_mac(store.pepper, read_key(typed))
    with store.reading() as session:
        return session.exec(find(PrepaidKey).where(col(PrepaidKey.mac) == mac)).one()


def verdicts(store: Store, kind: AttemptKind) -> list[Verdict]:
    """Give what became of each attempt, oldest first."""
    return [attempt.verdict for attempt in rows(store, Attempt) if attempt.kind is kind]
