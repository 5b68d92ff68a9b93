"""What is typed to find a key by: some of its signs, a part of its client's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select
from sqlmodel import Session, col

from store.clients.search import ends_of, named
from store.clients.tables import Client
from store.keys.filters import Columned, Filter, as_it_is
from store.keys.query import KeyColumn, KeyQuery
from store.keys.tables import PrepaidKey
from store.keys.tally import keys_of_clients
from store.text import clean, search_key
from store.windows.order import aside

FEW_CLIENTS = 500
"""Clients up to which a term is looked up client by client."""
SIGNS_IN_ALPHABET = 31
FEW_ARE_FOUND_BY = 3
"""Signs of a key from which on few keys have them."""
FEW_KEYS = 2_000
"""Keys up to which those that hold a term are looked up one by one."""
_UNASSIGNED = "sin asignar"
_LAST_SIGNS: ColumnElement[str] = literal_column("substr(prepaid_key.signs, 5, 4)")


def signs_held(session: Session, signs: str, desk_id: int, desk_keys: int) -> Iterator[Filter]:
    """Ask for the keys that hold signs: up to four anywhere in the first or the last four, more from the first on."""
    if not signs:
        return
    if len(signs) >= FEW_ARE_FOUND_BY:
        found = _found_by(session, signs[:8], desk_id)
        if len(found) <= FEW_KEYS:
            yield Filter(
                KeyColumn.KEY,
                len(found),
                lambda of: of(PrepaidKey.id).in_(found),
                is_by_number=True,
            )
            return
    # Places where the term may begin in a key, over the number of terms of that length.
    likely = int(desk_keys * 2 * (5 - min(len(signs), 4)) / SIGNS_IN_ALPHABET ** len(signs))
    yield Filter(
        KeyColumn.KEY,
        max(likely, FEW_KEYS),
        lambda of: or_(*_holds(signs[:8], of)),
        is_counted=False,
    )


def _found_by(session: Session, signs: str, desk_id: int) -> list[int]:
    """Find the keys of a term that few have; more than `FEW_KEYS` are not all given."""
    found: list[int] = []
    for condition in _holds(signs, as_it_is):
        # The lot is asked for so that no other index, walked to its end, could answer without looking at a row.
        few = select(col(PrepaidKey.id), col(PrepaidKey.lot_id)).where(
            col(PrepaidKey.desk_id) == desk_id, condition
        )
        found += session.connection().execute(few.limit(FEW_KEYS + 1)).scalars()
    return sorted(set(found))


def _holds(signs: str, of: Columned) -> Iterator[ColumnElement[bool]]:
    """Give the ways to hold a term, each for an index."""
    written = of(PrepaidKey.signs)
    if len(signs) >= FEW_ARE_FOUND_BY:
        yield _begins(written, signs)
        if len(signs) <= 4:
            yield _begins(of(_LAST_SIGNS), signs)
        if len(signs) == FEW_ARE_FOUND_BY:
            yield from (of(_signs_from(start)) == signs for start in (2, 6))
        return
    halves = (func.substr(PrepaidKey.signs, start, 4) for start in (1, 5))
    # The first is true of all, and says which index to walk; the second costs less than the halves.
    yield and_(
        written >= "",
        written.contains(signs, autoescape=True),
        or_(*(half.contains(signs, autoescape=True) for half in halves)),
    )


def _begins(written: ColumnElement[str], signs: str) -> ColumnElement[bool]:
    return and_(written >= signs, written < signs[:-1] + chr(ord(signs[-1]) + 1))


def _signs_from(start: int) -> ColumnElement[str]:
    """Give the last three of four signs, written as the index is."""
    return literal_column(f"substr(prepaid_key.signs, {start}, 3)")


def client_named(
    session: Session, query: KeyQuery, desk_id: int, desk_keys: int
) -> Iterator[Filter]:
    """Ask for the keys of the clients whose names hold a term; nobody's keys, too, where it may mean those."""
    folded = search_key(clean(query.client))
    if not folded:
        return
    clients = named(session, desk_id, folded)
    found = session.connection().execute(clients.limit(FEW_CLIENTS + 1)).all()
    if len(folded) >= 3 and _UNASSIGNED.startswith(folded):
        yield Filter(
            KeyColumn.CLIENT,
            desk_keys,
            lambda _of: _of_any(_numbers(clients), unassigned=True),
            is_counted=False,
        )
        return
    if len(found) > FEW_CLIENTS:
        by_client = query.sort is KeyColumn.CLIENT
        yield Filter(
            KeyColumn.CLIENT,
            int(desk_keys * _share(session, desk_id, clients)),
            lambda _of: _of_any(_numbers(clients), unassigned=False),
            is_counted=False,
            is_used=True,
            places=ends_of(session, desk_id, folded) if by_client else (),
        )
        return
    yield Filter(
        KeyColumn.CLIENT,
        keys_of_clients(session, desk_id, [client.id for client in found]),
        lambda of: _of_some(found, of),
        is_one_value=len(found) == 1,
        is_used=True,
        places=tuple(sorted({client.sort_key for client in found})),
    )


def _share(session: Session, desk_id: int, clients: Select[*tuple[Any, ...]]) -> float:
    """Say which share of a desk's clients is found."""
    found = clients.with_only_columns(func.count())
    every = select(func.count()).where(col(Client.desk_id) == desk_id)
    counts = select(found.scalar_subquery(), every.scalar_subquery())
    few, all_ = session.connection().execute(counts).one()
    return float(few / all_)


def _numbers(clients: Select[*tuple[Any, ...]]) -> Select[int]:
    return clients.with_only_columns(col(Client.id))


def _of_any(clients: Select[int], *, unassigned: bool) -> ColumnElement[bool]:
    theirs = aside(col(PrepaidKey.client_id)).in_(clients)
    return or_(theirs, col(PrepaidKey.client_id).is_(None)) if unassigned else theirs


def _of_some(clients: Sequence[Any], of: Columned) -> ColumnElement[bool]:
    """Find keys by what orders their clients, which has the index; of clients in one place, the number decides."""
    theirs = aside(col(PrepaidKey.client_id)).in_([client.id for client in clients])
    if of is aside:
        return theirs
    return and_(of(PrepaidKey.client_sort_key).in_({client.sort_key for client in clients}), theirs)
