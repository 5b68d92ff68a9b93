"""The list while others work: jumps by fences, the end before the count, and a list that nobody wants any more."""

import random
import threading
import time
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlmodel import col, select

from store.accounts.person import Person
from store.clients.tables import Client
from store.demo import DISTRIBUTOR
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys import asked as asked_module
from store.keys import grouping, groups, tallied_groups
from store.keys import listing as listing_module
from store.keys.asked import ask
from store.keys.layout import KeyGroup
from store.keys.listing import KeyListing
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.rows import KeyRow
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.keys.tally import wrong_tallies
from store.legal.tables import Acceptance
from store.settings import Settings
from store.windows import stretch
from store.windows.superseded import Questions, Superseded
from tests.store.people import member
from tests.store.processes import finish, shared_numbers, start

EVER = DateRange()
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000000)"
    " SELECT count(*) FROM n"
)
KEYS = 400
_IS_OVER, _WRITTEN = 0, 1
"""What the process that writes is told, and what it tells: the times it did."""
QUERIES: tuple[dict[str, Any], ...] = (
    {},
    {"states": frozenset({KeyState.AVAILABLE})},
    {"states": frozenset({KeyState.USED, KeyState.VOID})},
    {"units": 50},
    {"signs": "2"},
    {"signs": "2Z3"},
    {"client": "e"},
    {"client": "empresa"},
    {"dates": DateRange(date(2020, 3, 1), date(2020, 3, 9)), "units": 200},
    {"dates": DateRange(None, date(2020, 3, 9))},
)


def filled(store: Store, person: Person, count: int = KEYS) -> None:
    """Put keys in that are alike in many ways."""
    rng = random.Random(count)
    with store.writing() as session:
        clients = session.exec(select(Client).where(Client.desk_id == person.desk_id)).all()
        lot = session.exec(select(KeyLot)).first()
        acceptance = session.exec(select(Acceptance)).first()
        assert lot is not None
        assert acceptance is not None
        keys = []
        for _number in range(count):
            at = datetime(2020, 1, 1, 18, tzinfo=UTC) + timedelta(days=rng.randrange(120))
            client = rng.choice(clients) if clients and rng.random() < 0.6 else None
            keys.append(
                {
                    "lot_id": lot.id,
                    "mac": rng.randbytes(32),
                    "signs": "".join(rng.choices("2Z3", k=8)),
                    "units": rng.choice((50, 200, 500)),
                    "state": KeyState.USED if client else KeyState.AVAILABLE,
                    "desk_id": person.desk_id,
                    "confirmed_at": at,
                    "confirmed_on": at.date(),
                    "confirmed_by": person.account_id,
                    "acceptance_id": acceptance.id,
                    "activated_on": at.date() + timedelta(days=rng.randrange(9))
                    if client
                    else None,
                    "client_id": client.id if client else None,
                    "client_sort_key": client.sort_key if client else "",
                }
            )
        session.connection().execute(insert(PrepaidKey), keys)


@pytest.fixture
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fences so near one another that a small list has many, no count before anything is shown, always many later."""
    monkeypatch.setattr(stretch, "BETWEEN_FENCES", 16)
    monkeypatch.setattr(listing_module, "CHEAP", 0)
    monkeypatch.setattr(asked_module, "MANY_LATER", 0)


def writes(address: str, neighbour: int, told: Any) -> None:
    """Change a neighbour's keys in the columns that lists are read by, and rewrite everybody's, until told to end."""
    store = open_store(Settings(store=address))
    while not told[_IS_OVER]:
        with store.writing() as session:
            session.connection().execute(
                text(
                    "UPDATE prepaid_key SET units = CASE units WHEN 50 THEN 200 ELSE 50 END"
                    " WHERE desk_id = :neighbour"
                ),
                {"neighbour": neighbour},
            )
            session.connection().execute(
                text("UPDATE prepaid_key SET reason = reason WHERE id % 7 = 0")
            )
        told[_WRITTEN] += 1
        time.sleep(0.02)
    store.close()


@pytest.mark.usefixtures("as_if_large")
def test_every_order_filter_and_jump_reads_as_one_sorted_select_while_a_process_writes(
    store: Store, empresasis: Person, kemper: Person
) -> None:
    """The other changes what is in no column of this desk's list, so that the right answer stands still."""
    filled(store, empresasis)
    filled(store, kemper, 40)
    told = shared_numbers(2)
    writer = start(writes, store.settings.store, kemper.desk_id, told)
    try:
        rng = random.Random(4)
        for number, asked in enumerate(QUERIES):
            for column in KeyColumn:
                descending = (number + list(KeyColumn).index(column)) % 2 == 0
                query = KeyQuery(**{"dates": EVER, **asked}, sort=column, descending=descending)
                reads_alike(store, empresasis, query, rng)
    finally:
        told[_IS_OVER] = 1
        finish([writer])
    assert told[_WRITTEN]


def reads_alike(store: Store, person: Person, query: KeyQuery, rng: random.Random) -> None:
    """Jump about in a list as it is opened, counted and fenced, and compare with all its rows sorted at once."""
    listing = KeyListing(store, person, query)
    listing.open()
    numbers = sorted_numbers(store, person, query)
    if not listing.is_exact:
        assert ends_alike(listing, numbers)
        listing.count_some()
        listing.settle(*listing.count_all())
    listing.build_fences()
    assert listing.keys == listing.length == len(numbers)
    for _jump in range(4):
        first = rng.randrange(len(numbers) + 1)
        assert ids(listing, first, 17) == numbers[first : first + 17]
    if numbers:
        place = rng.randrange(len(numbers))
        assert listing.index_of(numbers[place], near=place) == place


def ends_alike(listing: KeyListing, numbers: list[int]) -> bool:
    """Look at the far end before anybody has counted: what is read there is the end already."""
    last = ids(listing, listing.length - 9, 9)
    return last == numbers[-9:] and ids(listing, 0, 9) == numbers[:9]


def ids(listing: KeyListing, first: int, length: int) -> list[int]:
    """Read numbers of keys."""
    return [line.id for line in listing.lines(first, length) if isinstance(line, KeyRow)]


_COLUMNS = {
    KeyColumn.KEY: "signs",
    KeyColumn.QUANTITY: "units",
    KeyColumn.DATE: "confirmed_at",
    KeyColumn.ACTIVATION: "coalesce(activated_on, '0001-01-01')",
    KeyColumn.STATUS: "state",
    KeyColumn.CLIENT: "client_sort_key",
}


def sorted_numbers(store: Store, person: Person, query: KeyQuery) -> list[int]:
    """Give the numbers of all keys that a query finds, by one plain ORDER BY."""
    way = "DESC" if query.descending else "ASC"
    with store.reading() as session:
        asked = ask(session, query, person.desk_id or 0, store.clock)
        found = select(PrepaidKey.id).where(
            col(PrepaidKey.desk_id) == person.desk_id,
            *(one.condition(lambda column: column) for one in asked.filters),
        )
        order = text(f"{_COLUMNS[query.sort]} {way}, confirmed_at {way}, id {way}")
        return [*session.connection().execute(found.order_by(order)).scalars()]


def test_of_more_groups_than_are_shown_the_first_are_counted_whole(
    store: Store, empresasis: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies behind the groups shown is not counted; what they hold is, whichever columns they are of."""
    filled(store, empresasis)
    for number, pair in enumerate(permutations(KeyColumn, 2)):
        client = "e" if number % 4 == 0 else ""
        query = KeyQuery(
            dates=EVER, client=client, sort=pair[0], descending=number % 2 == 0, groups=pair
        )
        whole = groups_of(store, empresasis, query)
        for module in (groups, grouping, tallied_groups):
            monkeypatch.setattr(module, "MOST_GROUPS", 9)
        some = groups_of(store, empresasis, query)
        monkeypatch.undo()
        assert some == whole[: len(some)]
        assert len([group for group in some if group.depth]) == min(
            9, len([group for group in whole if group.depth])
        )


def groups_of(store: Store, person: Person, query: KeyQuery) -> list[KeyGroup]:
    """Give the group lines of a list."""
    desk_id = person.desk_id or 0
    with store.reading() as session:
        asked = ask(session, query, desk_id, store.clock)
        found = grouping.find_groups(session, query, desk_id, store.clock, asked)
    return [mark for mark in found.marks(frozenset()) if isinstance(mark, KeyGroup)]


def test_the_tallies_are_right_after_every_kind_of_change(store: Store, empresasis: Person) -> None:
    filled(store, empresasis, 40)
    with store.writing() as session:
        for change in (
            "UPDATE prepaid_key SET units = 7 WHERE id % 5 = 0",
            "UPDATE prepaid_key SET state = 'anulada', reason = 'M.' WHERE state = 'disponible'",
            "DELETE FROM prepaid_key WHERE id % 11 = 0",
        ):
            session.connection().execute(text(change))
    with store.reading() as session:
        assert wrong_tallies(session) == 0


def test_a_list_that_was_given_up_answers_nothing_more(store: Store) -> None:
    listing = KeyListing(store, member(store, DISTRIBUTOR), KeyQuery(dates=EVER))
    listing.open()
    listing.give_up()
    with pytest.raises(Superseded):
        listing.lines(0, 5)


def test_a_question_under_way_is_stopped_when_nobody_wants_it_any_more(store: Store) -> None:
    questions = Questions(store.reading)
    stopper = threading.Timer(0.05, questions.give_up)

    def ask_endlessly() -> None:
        with questions.reading() as session:
            stopper.start()
            session.connection().execute(text(ENDLESS))

    with pytest.raises(Superseded):
        ask_endlessly()
    stopper.join()


def test_a_question_is_stopped_too_that_was_between_two_statements(store: Store) -> None:
    questions = Questions(store.reading)
    stopper = threading.Thread(target=questions.give_up)

    def go_on() -> None:
        with questions.reading() as session:
            stopper.start()
            while questions._is_wanted:
                pass
            with questions._ended:  # by now it was told once
                pass
            session.connection().execute(text(ENDLESS))

    with pytest.raises(Superseded):
        go_on()
    stopper.join()
