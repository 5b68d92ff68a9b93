"""Time: the desk's clock, calendar months, and dates as the columns write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.calendar import Clock, add_months, long_date, read_date, short_date, system_time
from tests.store.watch import MEXICO, Watch


def at(hour: int, minute: int, second: int = 0, micro: int = 0) -> datetime:
    """Give a moment of 14/07/2020 as Mexico City's clocks show it."""
    return datetime(2020, 7, 14, hour, minute, second, micro, MEXICO)


def test_the_machines_time_is_aware_and_in_utc() -> None:
    assert system_time().utcoffset() == timedelta()
    assert abs(datetime.now(UTC) - system_time()) < timedelta(minutes=1)


def test_a_demo_lives_apart_from_real_time_by_its_offset() -> None:
    real = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    clock = Clock(MEXICO, timedelta(days=-2320), source=lambda: real)
    assert clock.now() == datetime(2020, 7, 15, 12, 0, tzinfo=UTC)
    assert clock.today() == date(2020, 7, 15)


@pytest.mark.parametrize(
    ("hour", "day"), [(4, date(2020, 7, 13)), (5, date(2020, 7, 14)), (23, date(2020, 7, 14))]
)
def test_the_day_is_the_desks_and_not_londons(hour: int, day: date) -> None:
    instant = datetime(2020, 7, 14, hour, 0, tzinfo=UTC)
    assert Clock(MEXICO).date_of(instant) == day
    assert Watch(instant).clock.today() == day
    assert Clock(ZoneInfo("UTC")).date_of(instant) == date(2020, 7, 14)


@pytest.mark.parametrize(
    ("instant", "hour"),
    [
        (at(18, 45), "18:45"),
        (at(18, 44, 0, 1), "18:45"),
        (at(18, 44, 59), "18:45"),
        (at(18, 45, 1), "18:46"),
        (at(23, 59, 30), "00:00"),
        (at(18, 45).astimezone(timezone(timedelta(hours=9))), "18:45"),
    ],
)
def test_at_the_hour_that_is_said_the_wait_is_over(instant: datetime, hour: str) -> None:
    assert Clock(MEXICO).hour_of(instant) == hour


def test_a_moment_is_written_in_the_desks_zone() -> None:
    assert Clock(MEXICO).moment_of(datetime(2020, 7, 14, 18, 0, tzinfo=UTC)) == "14/07/2020 13:00"


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (
            date(2020, 7, 14),
            -2,
            date(2020, 5, 14),
        ),  # the list's default range, in the seed's figure
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 8, 31), -2, date(2020, 6, 30)),
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 1, 1), -1, date(2019, 12, 1)),
        (date(2020, 7, 14), 0, date(2020, 7, 14)),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, moved: date) -> None:
    assert add_months(day, months) == moved


def test_dates_are_written_as_their_columns_do() -> None:
    assert long_date(date(2020, 7, 4)) == "04/07/2020"
    assert long_date(date(987, 7, 4)) == "04/07/0987"
    assert short_date(date(2020, 7, 4)) == "04/07/20"


@pytest.mark.parametrize(
    "text", ["14/07/2020", "14-7-20", "14.07.2020", " 14/7/2020\n", "14/07/20", "14-07/2020"]
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert read_date(text) == date(2020, 7, 14)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hoy",
        "30/02/2020",
        "29/02/2021",
        "14/13/2020",
        "00/07/2020",
        "2020-07-14",
        "14/07",
        "14/07/202",
        "14/07/20200",
        "14 07 2020",
        "١٤/٠٧/٢٠٢٠",
        "14/07/2020; DROP TABLE desk",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_is_read_back_as_it_was_written(day: date) -> None:
    assert read_date(long_date(day)) == day
    assert read_date(short_date(day)) == day
