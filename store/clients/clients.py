"""Adding a client to a desk."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from store.clients.search import learn
from store.clients.tables import Client
from store.text import normal, search_key, sort_key


def add_client(session: Session, desk_id: int, name: str, *, now: datetime) -> Client:
    """Add a client with the keys by which it is found and ordered."""
    name = normal(name)
    client = Client(
        desk_id=desk_id,
        name=name,
        search_key=search_key(name),
        sort_key=sort_key(name),
        created_at=now,
    )
    session.add(client)
    session.flush()
    learn(session, client)
    return client
