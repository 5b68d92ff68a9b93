"""What the tallies know at once: how many keys of a desk are alike.

Triggers keep them with every change of a key (migration 0003); here they are read, checked, and made anew after very
many keys were put in without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, delete, func, insert, literal, select
from sqlalchemy import text as sql
from sqlmodel import Session, col

from store.base import states
from store.keys.query import DateRange
from store.keys.tables import KeyState, KeyTally, PrepaidKey, TallyKind

_CELL = (col(KeyTally.desk_id), col(KeyTally.value), col(KeyTally.state), col(KeyTally.units))


@dataclass(frozen=True)
class Tally:
    """Keys by state and units."""

    cells: dict[tuple[KeyState, int], int]

    def narrowed(self, states: Collection[KeyState], units: int | None = None) -> Tally:
        """Keep what is in some states and, where one is named, of one quantity."""
        return Tally(
            {
                (state, each): keys
                for (state, each), keys in self.cells.items()
                if state in states and units in (None, each)
            }
        )

    def keys(self) -> int:
        """Count the keys."""
        return sum(self.cells.values())

    def units(self) -> int:
        """Add up their stamps."""
        return sum(units * keys for (_state, units), keys in self.cells.items())

    @property
    def quantities(self) -> tuple[int, ...]:
        """Give the quantities of the keys, in order."""
        return tuple(sorted({units for (_state, units), keys in self.cells.items() if keys}))


def tally(session: Session, desk_id: int, dates: DateRange = DateRange()) -> Tally:  # noqa: B008
    """Count a desk's keys, or those that were confirmed on some days."""
    kind = TallyKind.ALL if dates == DateRange() else TallyKind.DAY
    found = select(col(KeyTally.state), col(KeyTally.units), func.sum(KeyTally.keys)).where(
        col(KeyTally.desk_id) == desk_id, col(KeyTally.kind) == kind, *in_days(dates)
    )
    cells = session.connection().execute(found.group_by(col(KeyTally.state), col(KeyTally.units)))
    return Tally({(state, units): int(keys) for state, units, keys in cells})


def in_days(dates: DateRange) -> Iterator[ColumnElement[bool]]:
    """Match the tallies of some days."""
    if dates.since is not None:
        yield col(KeyTally.value) >= dates.since.isoformat()
    if dates.until is not None:
        yield col(KeyTally.value) <= dates.until.isoformat()


def day_of(value: str) -> date | None:
    """Read the day that a tally counts apart."""
    return date.fromisoformat(value) if value else None


def keys_of_clients(session: Session, desk_id: int, clients: Collection[int]) -> int:
    """Count the keys that some clients hold."""
    found = select(func.coalesce(func.sum(KeyTally.keys), 0)).where(
        col(KeyTally.desk_id) == desk_id,
        col(KeyTally.kind) == TallyKind.CLIENT,
        col(KeyTally.value).in_([str(client) for client in clients]),
    )
    return int(session.connection().execute(found).scalar_one())


def wrong_tallies(session: Session) -> int:
    """Count the tallies that are not what the keys say."""
    wrong = 0
    for kind in TallyKind:
        kept = {
            tuple(row)
            for row in session.connection().execute(
                select(*_CELL, col(KeyTally.keys)).where(col(KeyTally.kind) == kind, col(KeyTally.keys) != 0)
            )
        }  # fmt: skip
        wrong += len(
            kept ^ {tuple(row) for row in session.connection().execute(_counted(session, kind))}
        )
    return wrong


def recount(session: Session) -> None:
    """Make every tally anew."""
    connection = session.connection()
    connection.execute(delete(KeyTally))
    for kind in TallyKind:
        counted = _counted(session, kind).add_columns(literal(kind, states(TallyKind)))
        columns = ["desk_id", "value", "state", "units", "keys", "kind"]
        connection.execute(insert(KeyTally).from_select(columns, counted))


def _counted(session: Session, kind: TallyKind) -> Select[*tuple[Any, ...]]:
    def day(column: Any) -> ColumnElement[str]:
        if session.get_bind().dialect.name == "sqlite":
            return cast(column, String)
        return func.to_char(column, sql("'YYYY-MM-DD'"))

    value: ColumnElement[str] = {
        TallyKind.ALL: literal(""),
        TallyKind.DAY: day(PrepaidKey.confirmed_on),
        TallyKind.ACTIVATION: func.coalesce(day(PrepaidKey.activated_on), sql("''")),
        TallyKind.CLIENT: func.coalesce(cast(col(PrepaidKey.client_id), String), sql("''")),
    }[kind]
    desk, rest = col(PrepaidKey.desk_id), (col(PrepaidKey.state), col(PrepaidKey.units))
    counted: Select[*tuple[Any, ...]] = select(
        desk, value.label("value"), *rest, func.count().label("keys")
    )
    return counted.where(desk.is_not(None)).group_by(desk, sql("value"), *rest)
