"""What an account chose and the desk remembers: columns of a list."""

from __future__ import annotations

import json

from sqlmodel import Session

from store.accounts.person import Person
from store.accounts.tables import Preference


def remember(session: Session, person: Person, name: str, value: object) -> None:
    """Keep something that JSON can write, under a name, for this person's account."""
    if person.account_id is None:
        return
    written = json.dumps(value, separators=(",", ":"))
    session.merge(Preference(account_id=person.account_id, name=name, value=written))


def recall(session: Session, person: Person, name: str) -> object:
    """Give what was kept under the name, or `None`."""
    if person.account_id is None:
        return None
    kept = session.get(Preference, (person.account_id, name))
    return None if kept is None else json.loads(kept.value)
