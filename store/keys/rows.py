"""Rows of the list of keys, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from store.clients.tables import Client
from store.keys.code import MaskedKey
from store.keys.tables import KeyState, PrepaidKey
from store.windows.order import Order
from store.windows.windows import Windows


@dataclass(frozen=True)
class KeyRow:
    """A key as the list shows it; the masking is in `key`'s own type."""

    id: int
    key: MaskedKey
    units: int
    confirmed_on: date
    activated_on: date | None
    state: KeyState
    client: str | None


def key_rows(condition: ColumnElement[bool], order: Order) -> Windows[KeyRow]:
    """Read the keys that meet a condition, in an order."""
    return Windows(_shown(), condition, order, _row)


def _shown() -> Select[*tuple[Any, ...]]:
    shown: Select[*tuple[Any, ...]] = select(
        col(PrepaidKey.id),
        col(PrepaidKey.signs),
        col(PrepaidKey.units),
        col(PrepaidKey.confirmed_on),
        col(PrepaidKey.activated_on),
        col(PrepaidKey.state),
        col(Client.name),
    )
    return shown.join(Client, col(Client.id) == col(PrepaidKey.client_id), isouter=True)


def _row(found: Any) -> KeyRow:
    return KeyRow(
        id=found.id,
        key=MaskedKey(found.signs),
        units=found.units,
        confirmed_on=found.confirmed_on,
        activated_on=found.activated_on,
        state=found.state,
        client=found.name,
    )
