"""When the keys of some days were used last."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from store.accounts.person import Person
from store.base import table_of
from store.installation.store import Store
from store.keys.query import DateRange
from store.keys.tables import PrepaidKey
from store.keys.used import last_used
from tests.store.keys.test_listing_at_work import filled
from tests.store.plans import counted_steps

RANGES = (
    DateRange(date(2020, 1, 20), date(2020, 1, 20)),
    DateRange(date(2020, 2, 1), date(2020, 3, 9)),
    DateRange(None, date(2020, 2, 2)),
    DateRange(date(2010, 1, 1), date(2010, 12, 31)),
    DateRange(date(2030, 1, 1), None),
)


@pytest.mark.parametrize("dates", RANGES, ids=str)
def test_no_key_of_some_days_was_used_after_it(
    store: Store, empresasis: Person, dates: DateRange
) -> None:
    filled(store, empresasis)
    desk_id = empresasis.desk_id or 0
    confirmed = col(PrepaidKey.confirmed_on)
    with store.reading() as session:
        found = last_used(session, desk_id, dates, store.clock)
        really = session.scalar(
            select(func.max(col(PrepaidKey.activated_on))).where(
                col(PrepaidKey.desk_id) == desk_id,
                confirmed >= (dates.since or date.min),
                confirmed <= (dates.until or date.max),
            )
        )
    assert found is not None
    if really is not None:
        # The instants are narrowed to the days and one around.
        assert really <= found <= really + timedelta(days=12)


def test_a_desk_without_used_keys_has_no_such_day(store: Store, empresasis: Person) -> None:
    with store.writing() as session:
        session.connection().execute(table_of(PrepaidKey).delete())
    with store.reading() as session:
        assert last_used(session, empresasis.desk_id or 0, RANGES[0], store.clock) is None


def test_it_steps_over_days_and_not_over_keys(sqlite_store: Store, empresasis: Person) -> None:
    steps = []
    for count in (400, 4_000):
        filled(sqlite_store, empresasis, count)
        with sqlite_store.reading() as session, counted_steps(session) as taken:
            last_used(session, empresasis.desk_id or 0, RANGES[0], sqlite_store.clock)
        steps.append(taken[0])
    assert steps[1] < 1.5 * steps[0] + 100
