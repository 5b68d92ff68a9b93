"""Many people, each with a desk, an account and a place of their own, so that no limit is shared."""

from collections.abc import Sequence

from sqlalchemy import insert

from store.accounts.person import Person
from store.accounts.tables import Account, AccountState, Desk, DeskKind, DeskState, Role
from store.installation.store import Store

FIRST = 10_000
"""The number of the first of them; far from those of the demo."""


def strangers(store: Store, count: int) -> Sequence[Person]:
    """Let so many companies register at once."""
    now = store.clock.now()
    people = [
        Person(number, f"extrano{number}", f"origin-{number}", number, Role.TITULAR)
        for number in range(FIRST, FIRST + count)
    ]
    desks = [
        {
            "id": person.desk_id,
            "name": person.username,
            "search_key": person.username,
            "sort_key": person.username,
            "rfc": "XAXX010101000",
            "handle": person.username,
            "kind": DeskKind.CUSTOMER,
            "email": f"{person.username}@example.com",
            "state": DeskState.ACTIVE,
            "tax_rate_bp": 1600,
            "created_at": now,
        }
        for person in people
    ]
    accounts = [
        {
            "id": person.account_id,
            "username": person.username,
            "password_hash": "$argon2id$nobody-signs-in-with-it",
            "must_change_password": False,
            "desk_id": person.desk_id,
            "role": Role.TITULAR,
            "state": AccountState.ACTIVE,
            "created_at": now,
        }
        for person in people
    ]
    with store.writing() as session:
        session.connection().execute(insert(Desk), desks)
        session.connection().execute(insert(Account), accounts)
    return people
