"""The calendar of contracts, by itself: months, days left, what is unused, which state a day brings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.calendar import add_months
from store.espacio.life import (
    GRACE_DAYS,
    SUSPENDED_DAYS,
    Span,
    days_left,
    span_after,
    span_from,
    state_on,
    unused,
)
from store.espacio.tables import CURRENT, ContractState, EspacioContract

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
TERMS = st.sampled_from((1, 2, 3, 6, 12))
PAID = st.integers(min_value=0, max_value=100_000_000)
S = ContractState


def contract(span: Span, paid: int = 0) -> EspacioContract:
    return EspacioContract(
        espacio_id=1,
        plan_code="ESPACIO-4G",
        term_code="mensual",
        order_item_id=1,
        state=S.ACTIVE,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        anchor_on=span.anchor_on,
        paid_centavos=paid,
    )


def chain(start: date, *months: int) -> list[date]:
    """Renew so often, and give each end."""
    span = span_from(start, months[0])
    ends = [span.ends_on]
    for more in months[1:]:
        span = span_after(contract(span), more)
        ends.append(span.ends_on)
    return ends


def test_the_month_of_the_spec() -> None:
    assert span_from(date(2020, 7, 14), 1) == Span(
        date(2020, 7, 14), date(2020, 8, 14), date(2020, 7, 14)
    )


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        (date(2023, 1, 31), [date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]),
        (date(2024, 1, 31), [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]),
        (date(2023, 12, 30), [date(2024, 1, 30), date(2024, 2, 29), date(2024, 3, 30)]),
    ],
)
def test_months_are_counted_from_the_anchor(start: date, ends: list[date]) -> None:
    assert chain(start, 1, 1, 1) == ends


def test_a_leap_day_comes_back_after_four_years() -> None:
    assert chain(date(2024, 2, 29), 12, 12, 12, 12)[-1] == date(2028, 2, 29)


@given(DAYS, st.lists(TERMS, min_size=1, max_size=8))
def test_many_short_terms_end_where_one_long_one_would(start: date, months: list[int]) -> None:
    assert chain(start, *months)[-1] == add_months(start, sum(months))


@given(DAYS, st.lists(TERMS, min_size=2, max_size=6))
def test_each_term_begins_where_the_one_before_ended(start: date, months: list[int]) -> None:
    span = span_from(start, months[0])
    for more in months[1:]:
        following = span_after(contract(span), more)
        assert following.starts_on == span.ends_on
        assert following.ends_on > following.starts_on
        span = following


def test_nothing_follows_the_free_one() -> None:
    free = EspacioContract(
        espacio_id=1, plan_code="ESPACIO-1G", state=S.ACTIVE, starts_on=date(2020, 7, 14)
    )
    with pytest.raises(ValueError, match="no end"):
        span_after(free, 1)
    assert unused(free, date(2020, 7, 20)) == 0
    assert days_left(free, date(2020, 7, 20)) is None
    assert state_on(free.state, free.ends_on, date(2090, 1, 1)) is S.ACTIVE


def test_the_credit_of_the_spec() -> None:
    month = contract(span_from(date(2020, 7, 14), 1), paid=6_500)
    assert days_left(month, date(2020, 7, 24)) == 21
    assert unused(month, date(2020, 7, 24)) == 4_403


@given(DAYS, TERMS, PAID, st.integers(min_value=-400, max_value=800))
def test_a_credit_is_a_part_of_what_was_paid(
    start: date, months: int, paid: int, passed: int
) -> None:
    held = contract(span_from(start, months), paid)
    credit = unused(held, start + timedelta(days=passed))
    assert type(credit) is int
    assert 0 <= credit <= paid
    if passed <= 0:
        assert credit == paid


@given(DAYS, TERMS, PAID, st.integers(min_value=0, max_value=400))
def test_a_credit_only_shrinks(start: date, months: int, paid: int, passed: int) -> None:
    held = contract(span_from(start, months), paid)
    day = start + timedelta(days=passed)
    assert unused(held, day) >= unused(held, day + timedelta(days=1))
    if held.ends_on is not None and day >= held.ends_on:
        assert unused(held, day) == 0


@pytest.mark.parametrize(
    ("late", "state"),
    [
        (-1, S.ACTIVE),
        (0, S.GRACE),
        (GRACE_DAYS - 1, S.GRACE),
        (GRACE_DAYS, S.SUSPENDED),
        (GRACE_DAYS + SUSPENDED_DAYS - 1, S.SUSPENDED),
        (GRACE_DAYS + SUSPENDED_DAYS, S.EXPIRED),
        (1_000, S.EXPIRED),
    ],
)
def test_seven_days_of_grace_then_thirty_of_looking(late: int, state: ContractState) -> None:
    end = date(2020, 8, 14)
    assert state_on(S.ACTIVE, end, end + timedelta(days=late)) is state


@given(st.sampled_from(CURRENT), DAYS, st.integers(-100, 100), st.integers(0, 100))
def test_going_day_by_day_is_going_at_once(
    state: ContractState, end: date, before: int, more: int
) -> None:
    first = end + timedelta(days=before)
    last = first + timedelta(days=more)
    assert state_on(state_on(state, end, first), end, last) is state_on(state, end, last)


@pytest.mark.parametrize("state", [S.SCHEDULED, S.EXPIRED, S.REPLACED, S.CANCELLED])
def test_the_calendar_touches_only_what_is_in_force(state: ContractState) -> None:
    assert state_on(state, date(2020, 8, 14), date(2030, 1, 1)) is state
