"""The clock's work: reminders, grace, suspension, expiry, scheduled changes; once, whoever does it and how often."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from store.accounts.person import Person
from store.audit.tables import AuditEvent
from store.demo import EXPIRED
from store.espacio.clock_work import TickReport, tick
from store.espacio.tables import ContractState
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.tables import KeyState
from store.orders.tables import OrderState, SaleOrder
from store.settings import Settings
from tests.store.contents import contents, kept, rows
from tests.store.espacio.buying import (
    activated,
    bought,
    contracts,
    mails,
    new_desk,
    noon_of,
    offered,
    summary,
    waiting_to_be_paid,
)
from tests.store.lots import issued
from tests.store.processes import finish, start
from tests.store.watch import Watch

S = ContractState
END = date(2020, 8, 14)
"""Of 4G for a month, contracted on 14/07/2020."""


def news(store: Store, person: Person) -> list[str]:
    """Give the facts of the mails that the clock wrote to a desk, oldest first."""
    said = [mail.fact.removeprefix("espacio-") for mail in mails(store, person)]
    return [
        fact for fact in said if fact.split(":")[0] not in ("contracted", "renewed", "scheduled")
    ]


def state(store: Store, person: Person) -> ContractState:
    """Give the state of what is, or was, in force."""
    begun = [found for found in contracts(store, person) if found.state is not S.SCHEDULED]
    return begun[-1].state


def test_the_whole_life_day_by_day(store: Store, kemper: Person, watch: Watch) -> None:
    contract = bought(store, kemper)
    told: dict[date, TickReport] = {}
    for day in range(80):
        noon_of(watch, date(2020, 7, 14) + timedelta(days=day))
        report = tick(store)
        if report != TickReport():
            told[store.clock.today()] = report
        assert summary(store, kemper).state is state(store, kemper)
    assert told == {
        date(2020, 7, 30): TickReport(reminded=1),
        date(2020, 8, 7): TickReport(reminded=1),
        date(2020, 8, 13): TickReport(reminded=1),
        date(2020, 8, 14): TickReport(in_grace=1),
        date(2020, 8, 21): TickReport(suspended=1),
        date(2020, 9, 20): TickReport(expired=1),
    }
    number = contract.id
    assert news(store, kemper) == [
        f"due:{number}:15",
        f"due:{number}:7",
        f"due:{number}:1",
        f"grace:{number}",
        f"suspended:{number}",
        f"expired:{number}",
    ]


def test_each_state_is_told_with_its_last_day(store: Store, kemper: Person, watch: Watch) -> None:
    bought(store, kemper)
    for days, words in (
        (16, "@spacio 4G termina el 14/08/2020."),
        (31, "Todo funciona hasta el 20/08/2020: renuévalo antes en tu escritorio."),
        (38, "solo lectura. Puedes renovarlo hasta el 19/09/2020."),
        (68, "@spacio 4G venció. El nombre de tu Espacio se conserva"),
    ):
        noon_of(watch, date(2020, 7, 14) + timedelta(days=days))
        tick(store)
        assert words in mails(store, kemper)[-1].body


@pytest.mark.parametrize(
    ("days", "subject"),
    [(16, "@spacio 4G termina en 15 días"), (30, "@spacio 4G termina en 1 día"),
     (20, "@spacio 4G termina en 11 días"), (25, "@spacio 4G termina en 6 días")],
)  # fmt: skip
def test_a_reminder_says_the_days_that_are_left(
    store: Store, kemper: Person, watch: Watch, days: int, subject: str
) -> None:
    """Also where nobody opened the desk on the very day; one that was missed is not sent late beside the next."""
    bought(store, kemper)
    watch.passes(days=days)
    assert tick(store) == TickReport(reminded=1)
    assert mails(store, kemper)[-1].subject == subject
    assert tick(store) == TickReport()


def test_who_renewed_is_not_reminded(store: Store, kemper: Person, watch: Watch) -> None:
    bought(store, kemper)
    bought(store, kemper, renewing=True)
    watch.passes(days=30)
    assert tick(store) == TickReport()


def test_a_renewal_begins_without_a_word(store: Store, kemper: Person, watch: Watch) -> None:
    bought(store, kemper)
    renewal = bought(store, kemper, renewing=True)
    noon_of(watch, END)
    before = news(store, kemper)
    assert tick(store) == TickReport(begun=1)
    first, second = contracts(store, kemper)
    assert (first.state, first.replaced_by, second.state) == (S.REPLACED, renewal.id, S.ACTIVE)
    assert news(store, kemper) == before
    assert summary(store, kemper).days_left == 31


def test_a_smaller_plan_begins_and_is_told(store: Store, kemper: Person, watch: Watch) -> None:
    bought(store, kemper, "10G")
    smaller = bought(store, kemper, "4G")
    noon_of(watch, END - timedelta(days=1))
    assert tick(store) == TickReport()
    noon_of(watch, END)
    assert tick(store) == TickReport(begun=1)
    assert summary(store, kemper).plan.modality == "4G"
    assert news(store, kemper)[-1] == f"active:{smaller.id}"


def test_after_a_long_sleep_it_says_only_where_things_are(
    store: Store, kemper: Person, watch: Watch
) -> None:
    contract = bought(store, kemper)
    watch.passes(days=300)
    assert tick(store) == TickReport(expired=1)
    assert news(store, kemper) == [f"expired:{contract.id}"]


def test_a_scheduled_one_may_begin_and_end_in_its_sleep(
    store: Store, kemper: Person, watch: Watch
) -> None:
    bought(store, kemper)
    bought(store, kemper, renewing=True)
    watch.passes(days=65)
    assert tick(store) == TickReport(begun=1, in_grace=1)
    assert state(store, kemper) is S.GRACE


def test_the_free_one_has_no_end(store: Store, kemper: Person, watch: Watch) -> None:
    activated(store, kemper)
    watch.passes(days=5_000)
    assert tick(store) == TickReport()
    assert state(store, kemper) is S.ACTIVE


def test_the_local_day_counts(store: Store, kemper: Person, watch: Watch) -> None:
    """A minute before midnight in Mexico City it is still the 13th, whatever day it is in Greenwich."""
    bought(store, kemper)
    noon_of(watch, END - timedelta(days=1))
    watch.passes(hours=11, minutes=59)
    assert watch.instant.astimezone(UTC).date() == END
    assert tick(store).in_grace == 0
    watch.passes(minutes=1)
    assert tick(store).in_grace == 1


def test_every_step_is_in_the_audit(store: Store, kemper: Person, watch: Watch) -> None:
    contract = bought(store, kemper)
    noon_of(watch, END)
    tick(store)
    event = rows(store, AuditEvent)[-1]
    assert (event.action, event.account_id, event.origin) == ("espacio.passed", None, "tick")
    assert event.detail == (f'{{"after":"gracia","before":"activo","contract":{contract.id}}}')


@pytest.mark.parametrize("days", [0, 16, 31, 38, 68, 300])
def test_twice_is_as_good_as_once(store: Store, kemper: Person, watch: Watch, days: int) -> None:
    bought(store, kemper)
    watch.passes(days=days)
    tick(store)
    before = contents(store)
    assert tick(store) == TickReport()
    assert contents(store) == before


@pytest.mark.parametrize("days", [16, 31, 38, 70])
def test_every_day_comes_to_the_same_as_at_once(
    store: Store, kemper: Person, empresasis: Person, watch: Watch, days: int
) -> None:
    bought(store, kemper)
    bought(store, empresasis, "10G")
    bought(store, empresasis, "4G")
    for _day in range(days):
        watch.passes(days=1)
        tick(store)
    for person in (kemper, empresasis):
        assert summary(store, person).state is state(store, person)


class TestKeys:
    """Issued keys past their last day."""

    def test_they_expire(self, store: Store, watch: Watch) -> None:
        assert kept(store, EXPIRED).state is KeyState.EXPIRED  # the demo's, by the first tick
        typed, other = issued(store, 2, redeem_by=date(2020, 7, 20))
        (open_end,) = issued(store)
        noon_of(watch, date(2020, 7, 20))
        assert tick(store) == TickReport()
        noon_of(watch, date(2020, 7, 21))
        assert tick(store) == TickReport(keys=2)
        assert kept(store, typed).state is kept(store, other).state is KeyState.EXPIRED
        assert kept(store, open_end).state is KeyState.ISSUED

    def test_the_audit_counts_them(self, store: Store, watch: Watch) -> None:
        issued(store, 3, redeem_by=date(2020, 7, 20))
        watch.passes(days=10)
        tick(store)
        event = rows(store, AuditEvent)[-1]
        assert (event.action, event.detail) == ("lot.expired", '{"keys":3}')


def test_an_unpaid_order_expires(store: Store, kemper: Person, watch: Watch) -> None:
    order = waiting_to_be_paid(store, kemper, offered(store, kemper, "4G"))
    watch.passes(days=1)
    assert tick(store).orders == 1
    assert rows(store, SaleOrder)[-1].id == order.id
    assert rows(store, SaleOrder)[-1].state is OrderState.EXPIRED
    assert offered(store, kemper, "4G").quote.months == 1


def tick_in_another_process(address: str, days: int) -> None:
    store = open_store(Settings(store=address))
    tick(with_days(store, days))
    store.close()


def with_days(store: Store, days: int) -> Store:
    """Let the store live so many days after 14/07/2020 at noon, in any process."""
    watch = Watch()
    watch.passes(days=days)
    return replace(store, clock=watch.clock)


@pytest.mark.parametrize("days", [16, 31, 300])
def test_eight_processes_do_it_once(
    store: Store, kemper: Person, empresasis: Person, watch: Watch, address: str, days: int
) -> None:
    third = new_desk(store, "tercera", "JUFA7608212V6")
    people = (kemper, empresasis, third)
    for person in people:
        bought(store, person, "10G")
    bought(store, third, "4G", "anual")
    typed = issued(store, 5, redeem_by=date(2020, 7, 20))
    events = len(rows(store, AuditEvent))
    finish([start(tick_in_another_process, address, days) for _process in range(8)])
    watch.passes(days=days)
    assert tick(store) == TickReport()
    steps = [event.detail for event in rows(store, AuditEvent)[events:]]
    assert len(steps) == len(set(steps))
    for person in people:
        assert len(news(store, person)) == len(set(news(store, person)))
        assert summary(store, person).state is state(store, person)
    assert len({kept(store, key).state for key in typed}) == 1
