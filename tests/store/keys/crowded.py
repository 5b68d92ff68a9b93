"""A desk with many keys that are alike in every way, and clients with every kind of name.

It stands for the data nobody thought of: ties, missing values, names in any script, names that mean harm.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select, update

from store.accounts.person import Person
from store.clients.clients import add_client
from store.clients.tables import Client
from store.installation.store import Store
from store.keys.tables import LISTED, KeyLot, KeyState, PrepaidKey
from store.legal.tables import Acceptance
from tests.store.watch import MEXICO

KEYS = 90
LONG = "Sociedad Anónima Promotora de Inversión " * 6
NAMES = (
    "nube",
    "Nz",
    "ñandú",
    "Ñandú",
    "Ñíguez",
    "oso",
    "Angel",
    "Ángel",
    "ÁNGEL",
    "alvarez",
    "Álvarez e Hijos",
    "Herrería & Eléctricos",
    "100%",
    "a_b",
    "a\\b",
    "axb",
    "[/] [@click=app.quit]",
    "'; DROP TABLE prepaid_key; --",
    "\x1b]52;c;AAAA\x07",
    "\u202egnp",
    "日本商事",
    "👍 S.A.",
    "ﷺ" * 254,
    "Sin asignar de veras",
    LONG[:240] + " de Occidente",
    LONG[:240] + " de Oriente",
)


@dataclass(frozen=True)
class Held:
    """A key, as whoever put it there knows it."""

    id: int
    signs: str
    units: int
    state: KeyState
    confirmed_at: datetime
    activated_on: date | None
    client_id: int | None
    client: str | None

    @property
    def confirmed_on(self) -> date:
        """The desk's day."""
        return self.confirmed_at.astimezone(MEXICO).date()


def crowd(store: Store, person: Person) -> list[Held]:
    """Fill a person's desk; give what it holds now."""
    with store.writing() as session:
        Crowding(session, person).add(session, KEYS)
    return held(store, person)


def held(store: Store, person: Person) -> list[Held]:
    """Give what a person's desk holds."""
    with store.reading() as session:
        return list(_held(session, person))


class Crowding:
    """Adds keys to a person's desk, and changes those that are there; always the same ones."""

    def __init__(self, session: Session, person: Person) -> None:
        assert person.desk_id is not None
        assert person.account_id is not None
        now = datetime(2020, 1, 1, tzinfo=UTC)
        self._rng = random.Random(14072020)
        self._clients = [add_client(session, person.desk_id, name, now=now) for name in NAMES]
        lot = session.exec(select(KeyLot)).first()
        acceptance = Acceptance(
            legal_text_id=1, account_id=person.account_id, desk_id=person.desk_id, accepted_at=now
        )
        session.add(acceptance)
        session.flush()
        assert lot is not None
        self._fixed = {
            "lot_id": lot.id,
            "desk_id": person.desk_id,
            "confirmed_by": person.account_id,
            "acceptance_id": acceptance.id,
        }

    def add(self, session: Session, count: int) -> None:
        """Add keys."""
        keys = [
            {**self._fixed, "mac": self._rng.randbytes(32), **_drawn(self._rng, self._clients)}
            for _key in range(count)
        ]
        session.connection().execute(insert(PrepaidKey), keys)

    def change(self, session: Session, number: int) -> None:
        """Change all that a list shows of a key."""
        of_it = update(PrepaidKey).where(col(PrepaidKey.id) == number)
        session.connection().execute(of_it.values(**_drawn(self._rng, self._clients)))


def _drawn(rng: random.Random, clients: list[Client]) -> dict[str, object]:
    """Draw a key; every fact is one of a few, so that there are ties in all of them."""
    # Around midnight the desk's day is not yet London's.
    at = datetime(2020, 5, 12, 4, 59, 59, 999_999, UTC) + timedelta(
        days=rng.randrange(64), microseconds=rng.choice((0, 0, 1)), hours=rng.choice((0, 0, 7))
    )
    state = rng.choice((KeyState.AVAILABLE, *LISTED, KeyState.USED))
    used = state is KeyState.USED
    client = rng.choice(clients) if used else None
    day = at.astimezone(MEXICO).date()
    return {
        "signs": "".join(rng.choices("2Z", k=4)) + rng.choice(("2222", "ABCD", "Z2Z2")),
        "units": rng.choice((1, 50, 50, 200, 1000)),
        "state": state,
        "confirmed_at": at,
        "confirmed_on": day,
        "activated_on": day + timedelta(days=rng.randrange(8)) if used else None,
        "client_id": client.id if client else None,
        "client_sort_key": client.sort_key if client else "",
        "reason": "Motivo." if state in (KeyState.WITHHELD, KeyState.VOID) else None,
    }


def _held(session: Session, person: Person) -> Iterator[Held]:
    shown: tuple[Any, ...] = (
        *(PrepaidKey.id, PrepaidKey.signs, PrepaidKey.units, PrepaidKey.state),
        *(PrepaidKey.confirmed_at, PrepaidKey.activated_on, PrepaidKey.client_id, Client.name),
    )
    found = (
        sql_select(*map(col, shown))
        .join(Client, col(Client.id) == col(PrepaidKey.client_id), isouter=True)
        .where(col(PrepaidKey.desk_id) == person.desk_id)
    )
    for key in session.connection().execute(found):
        yield Held(*key)
