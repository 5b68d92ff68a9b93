"""As many keys as are asked for in the distributor's desk, beside the figure's: a demo of what size does.

Their HMACs are of no key: nobody has a card to type one from.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, partial
from typing import TypeAlias

from sqlmodel import Session, col, select

from store.accounts.tables import Account, Desk
from store.clients.search import learn_all
from store.clients.tables import Client
from store.demo.companies import company
from store.demo.people import BEGAN, MAKER
from store.keys.bulk import insert_rows, loading_alone
from store.keys.code import ALPHABET
from store.keys.tables import KeyLot, KeyState
from store.legal.tables import Acceptance, LegalKind
from store.legal.texts import current
from store.text import search_key, sort_key

_Row: TypeAlias = tuple[object, ...]

_BEGAN = BEGAN.strftime("%Y-%m-%d %H:%M:%S.%f")
_LAST_DAY = date(2020, 7, 12)
"""The figure's keys came later, so that they stay on top."""
_TODAY = date(2020, 7, 14)
_MOST_DAYS = 6 * 365
_DAYS_UNUSED = range(60)
_KEYS_OF_A_CLIENT = 100
_PACKAGES = (50, 200, 500)
_STATES = (KeyState.USED, KeyState.AVAILABLE, KeyState.WITHHELD, KeyState.VOID)
_SHARES = (60, 37, 1, 2)
"""How many of a hundred keys are in each state."""
_REASONS = {
    KeyState.WITHHELD: "El cliente reportó la tarjeta extraviada.",
    KeyState.VOID: "Se canceló la venta.",
}
_COLUMNS = (
    "lot_id", "mac", "signs", "units", "state", "desk_id", "confirmed_at", "confirmed_on", "confirmed_by",
    "acceptance_id", "activated_on", "client_id", "client_sort_key", "reason",
)  # fmt: skip
_AT_A_TIME = 10_000


@cache
def _hours() -> Sequence[str]:
    """Give the seconds of office hours in UTC, summer and winter; in Mexico it is the same day."""
    seconds = range(15 * 3600, 23 * 3600)
    return [f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}" for at in seconds]


@cache
def _pairs() -> Sequence[str]:
    """Give all pairs of signs."""
    return [one + other for one in ALPHABET for other in ALPHABET]


@dataclass(frozen=True)
class _Day:
    """A day on which keys were confirmed, all under one acceptance of the licence."""

    on: date
    acceptance_id: int

    @cached_property
    def iso(self) -> str:
        return self.on.isoformat()

    @cached_property
    def uses(self) -> Sequence[str]:
        """The days on which its keys are used first."""
        days = (self.on + timedelta(days=number) for number in _DAYS_UNUSED)
        return [min(day, _TODAY).isoformat() for day in days]


class CrowdFurnisher:
    """Fills the distributor's desk, always with the same keys for the same number."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self.session, self.desk = session, desk
        self.random = random.Random(2021)
        titular = select(Account.id).where(Account.desk_id == desk.id)
        self.account_id = session.exec(titular).one()

    def furnish(self, count: int) -> None:
        """Make so many keys, and a client for each hundred."""
        clients = self._clients(max(1, count // _KEYS_OF_A_CLIENT))
        days = self._days(min(count, _MOST_DAYS))
        lots = {units: self._lot(units) for units in _PACKAGES}
        with loading_alone(self.session) as connection:
            insert_rows(connection, "prepaid_key", _COLUMNS, self._keys(count, days, clients, lots))
        self.session.flush()

    def _clients(self, count: int) -> Sequence[tuple[int, str]]:
        """Give each client's number, and the words by which it is ordered."""
        names = map(company, range(count))
        insert_rows(
            self.session.connection(),
            "client",
            ("desk_id", "name", "search_key", "sort_key", "created_at"),
            ((self.desk.id, name, search_key(name), sort_key(name), _BEGAN) for name in names),
        )
        learn_all(self.session)
        found = select(Client.id, Client.sort_key).order_by(col(Client.id).desc()).limit(count)
        return self.session.exec(found).all()[::-1]

    def _days(self, count: int) -> Sequence[_Day]:
        licence = current(self.session, LegalKind.PREPAID_LICENCE)
        days = [_LAST_DAY - timedelta(days=number) for number in range(count)]
        acceptances = [
            Acceptance(
                legal_text_id=licence.id,
                account_id=self.account_id,
                desk_id=self.desk.id,
                accepted_at=datetime.combine(day, time(15), UTC),
            )
            for day in days
        ]
        self.session.add_all(acceptances)
        self.session.flush()
        return [_Day(day, kept.id) for day, kept in zip(days, acceptances, strict=True)]

    def _lot(self, units: int) -> KeyLot:
        lot = KeyLot(
            folio=f"D-1{units:05}",
            product_code=f"TIMBRES-{units}",
            quantity=0,
            created_by=MAKER.username,
            created_at=BEGAN,
        )
        self.session.add(lot)
        self.session.flush()
        return lot

    def _keys(
        self,
        count: int,
        days: Sequence[_Day],
        clients: Sequence[tuple[int, str]],
        lots: dict[int, KeyLot],
    ) -> Iterator[_Row]:
        """Give the rows in the order of their HMACs, which are spread as evenly as real ones are."""
        step = 2**64 // count
        for first in range(0, count, _AT_A_TIME):
            size = min(_AT_A_TIME, count - first)
            packages = self.random.choices(_PACKAGES, k=size)
            for units, held in Counter(packages).items():
                lots[units].quantity += held
            macs = self._macs(range(first * step, (first + size) * step, step))
            held_in = {units: lot.id for units, lot in lots.items()}
            yield from self._rows(macs, packages, days, clients, held_in)

    def _macs(self, beginnings: Sequence[int]) -> Iterator[bytes]:
        rest = self.random.randbytes(24 * len(beginnings))
        for at, beginning in enumerate(beginnings):
            yield beginning.to_bytes(8) + rest[24 * at : 24 * at + 24]

    def _rows(
        self,
        macs: Iterable[bytes],
        packages: Sequence[int],
        days: Sequence[_Day],
        clients: Sequence[tuple[int, str]],
        lots: dict[int, int],
    ) -> Iterator[_Row]:
        """Draw what the keys have of each kind for all of them together, which is much faster than one by one."""
        size = len(packages)
        draw = partial(self.random.choices, k=size)
        signs = "".join(self.random.choices(_pairs(), k=4 * size))
        drawn = zip(
            macs, packages, draw(days), draw(_hours()), draw(_STATES, _SHARES), draw(_DAYS_UNUSED), draw(clients),
            strict=True,
        )  # fmt: skip
        for at, (mac, units, day, hour, state, unused, client) in enumerate(drawn):
            is_used = state is KeyState.USED
            yield (
                lots[units], mac, signs[8 * at : 8 * at + 8], units, state.value, self.desk.id,
                f"{day.iso} {hour}.000000", day.iso, self.account_id, day.acceptance_id,
                day.uses[unused] if is_used else None, *(client if is_used else (None, "")), _REASONS.get(state),
            )  # fmt: skip
