"""Finding clients by any part of their names, blind to accents and case.

A term of three signs or more is looked up where the database keeps trigrams of the names: on SQLite in a table of its
own, on PostgreSQL in an index, if the server has one, that serves the plain comparison.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, column, select, table, text
from sqlmodel import Session, col

from store.base import index_of
from store.clients.tables import Client
from store.windows.order import read_by

SHORTEST_TERM = 3
"""Signs of the shortest term that has a trigram."""
_terms = table("client_term", column("rowid"), column("search_key"))


def named(session: Session, desk_id: int, folded: str) -> Select[int, str]:
    """Ask for a desk's clients whose folded name holds a folded term: the number, and what orders it."""
    found = select(col(Client.id), col(Client.sort_key)).where(_holds(desk_id, folded))
    if len(folded) < SHORTEST_TERM:
        # It holds the folded names, so that only the clients found are looked at.
        return read_by(index_of(Client, "ix_client_search"), found)
    if session.get_bind().dialect.name == "sqlite":
        return found.where(_has_trigrams(folded))
    return found


def ends_of(session: Session, desk_id: int, folded: str) -> tuple[str, str]:
    """Give what orders the first and the last of the clients whose folded name holds a term; some do."""
    found = select(col(Client.sort_key)).where(_holds(desk_id, folded))
    first, last = (
        session.connection().execute(found.order_by(place).limit(1)).scalar_one()
        for place in (col(Client.sort_key), col(Client.sort_key).desc())
    )
    return first, last


def _holds(desk_id: int, folded: str) -> ColumnElement[bool]:
    return and_(
        col(Client.desk_id) == desk_id, col(Client.search_key).contains(folded, autoescape=True)
    )


def _has_trigrams(folded: str) -> ColumnElement[bool]:
    """Narrow to the names in which the term's trigrams follow one another; case is folded already."""
    quoted = '"' + folded.replace('"', '""') + '"'
    holding = select(_terms.c.rowid).where(_terms.c.search_key.match(quoted))
    return col(Client.id).in_(holding)


def learn(session: Session, client: Client) -> None:
    """Let a new client be found; SQLite must be told."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().execute(
            text("INSERT INTO client_term (rowid, search_key) VALUES (:id, :search_key)"),
            {"id": client.id, "search_key": client.search_key},
        )


def learn_all(session: Session) -> None:
    """Let every client be found, after many were added at once."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().execute(
            text("INSERT INTO client_term (client_term) VALUES ('rebuild')")
        )


def unlearnt(session: Session) -> int:
    """Count the clients that cannot be found by a part of their names."""
    if session.get_bind().dialect.name != "sqlite":
        return 0
    both = text("SELECT (SELECT count(*) FROM client) - (SELECT count(*) FROM client_term_docsize)")
    return int(session.connection().execute(both).scalar_one())
