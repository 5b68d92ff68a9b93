"""Delivering a paid line: contracting, renewing, upgrading, a smaller plan for the end, reviving; each line once."""

import re
from datetime import date

import pytest

from store.accounts.person import Person
from store.audit.tables import AuditEvent
from store.errors import ChangeWaits
from store.espacio.tables import ContractState, Espacio, Naming
from store.installation.opening import open_store
from store.installation.store import Store
from store.orders.tables import LedgerReason, OrderItem
from store.settings import Settings
from tests.store.contents import contents, rows
from tests.store.espacio.buying import (
    activated,
    balance,
    bought,
    codes,
    contracts,
    delivered,
    espacio_of,
    facts,
    mails,
    noon_of,
    offered,
    paid_for,
    summary,
)
from tests.store.processes import finish, start
from tests.store.refusals import refused
from tests.store.watch import Watch

S = ContractState


def states(store: Store, person: Person) -> list[ContractState]:
    return [contract.state for contract in contracts(store, person)]


class TestContracting:
    """The first paid plan."""

    def test_it_runs_from_today(self, store: Store, kemper: Person) -> None:
        contract = bought(store, kemper, "10G", "anual")
        assert contract.state is S.ACTIVE
        assert (contract.starts_on, contract.ends_on) == (date(2020, 7, 14), date(2021, 7, 14))
        assert contract.anchor_on == contract.starts_on
        assert contract.paid_centavos == 168_480

    def test_the_line_says_when(self, store: Store, kemper: Person) -> None:
        contract = bought(store, kemper)
        with store.reading() as session:
            item = session.get_one(OrderItem, contract.order_item_id)
        assert item.delivered_at == store.clock.now()

    def test_it_takes_the_place_of_the_free_one(self, store: Store, kemper: Person) -> None:
        activated(store, kemper)
        contract = bought(store, kemper)
        free, paid = contracts(store, kemper)
        assert (free.state, free.replaced_by) == (S.REPLACED, contract.id)
        assert paid.state is S.ACTIVE

    def test_the_mail_has_all_one_needs(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, "10G", "anual")
        (mail,) = mails(store, kemper)
        assert mail.subject == "Contrataste @spacio 10G"
        for words in ("30 Usuarios", "10G", "14/07/2020", "14/07/2021",
                      "EKU9003173C9", "https://espacio.aspel.com.mx/eku9003173c9", "una vez"):  # fmt: skip
            assert words in mail.body
        assert re.search(r"Código: +••••-••••\n", mail.body)

    def test_who_has_a_password_gets_no_code(self, store: Store, kemper: Person) -> None:
        activated(store, kemper)
        number = espacio_of(store, kemper).id
        with store.writing() as session:
            espacio = session.get_one(Espacio, number)
            espacio.password_hash = "$argon2id$nobody-signs-in-with-it"
            session.add(espacio)
        bought(store, kemper)
        assert len(codes(store, kemper)) == 1
        assert "Entra con la contraseña que ya tienes." in mails(store, kemper)[-1].body

    def test_the_audit_tells_what_was_delivered(self, store: Store, kemper: Person) -> None:
        contract = bought(store, kemper)
        event = rows(store, AuditEvent)[-1]
        assert event.action == "espacio.contract"
        assert event.detail == (
            f'{{"contract":{contract.id},"ends_on":"2020-08-14","name":"eku9003173c9",'
            '"plan":"ESPACIO-4G","starts_on":"2020-07-14","term":"mensual"}'
        )


class TestRenewing:
    """From the old end."""

    def test_ahead_of_time_it_waits(self, store: Store, kemper: Person, watch: Watch) -> None:
        bought(store, kemper)
        watch.passes(days=20)
        renewal = bought(store, kemper, renewing=True)
        assert states(store, kemper) == [S.ACTIVE, S.SCHEDULED]
        assert (renewal.starts_on, renewal.ends_on) == (date(2020, 8, 14), date(2020, 9, 14))
        has = summary(store, kemper)
        assert has.scheduled is not None
        assert has.scheduled.is_renewal
        assert facts(store, kemper) == ["espacio-contracted", "espacio-renewed"]

    def test_in_grace_it_extends_from_the_old_end(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        first = bought(store, kemper)
        watch.passes(days=35)
        renewal = bought(store, kemper)
        assert (renewal.starts_on, renewal.ends_on) == (date(2020, 8, 14), date(2020, 9, 14))
        before, after = contracts(store, kemper)
        assert (before.state, before.replaced_by) == (S.REPLACED, renewal.id)
        assert (after.state, after.anchor_on) == (S.ACTIVE, first.anchor_on)

    def test_suspended_it_starts_today(self, store: Store, kemper: Person, watch: Watch) -> None:
        bought(store, kemper)
        watch.passes(days=50)
        renewal = bought(store, kemper)
        assert (renewal.starts_on, renewal.anchor_on) == (date(2020, 9, 2), date(2020, 9, 2))
        assert states(store, kemper) == [S.REPLACED, S.ACTIVE]

    def test_the_last_day_of_a_month_comes_back(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        noon_of(watch, date(2023, 1, 31))
        ends = [bought(store, kemper).ends_on]
        for day in (date(2023, 2, 28), date(2023, 3, 31)):
            noon_of(watch, day)
            ends.append(bought(store, kemper, renewing=True).ends_on)
        assert ends == [date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]


class TestUpgrading:
    """Credit for the unused days, and a new term from today."""

    def test_the_example_of_the_spec(self, store: Store, kemper: Person, watch: Watch) -> None:
        bought(store, kemper)
        watch.passes(days=10)
        upgrade = bought(store, kemper, "10G", "anual")
        assert (upgrade.starts_on, upgrade.ends_on) == (date(2020, 7, 24), date(2021, 7, 24))
        assert upgrade.paid_centavos == 168_480  # before the credit of 44.03
        assert states(store, kemper) == [S.REPLACED, S.ACTIVE]
        assert facts(store, kemper) == ["espacio-contracted", "espacio-upgraded"]
        assert balance(store, kemper) == []

    def test_what_no_price_took_up_is_the_desks(self, store: Store, kemper: Person) -> None:
        """702.00 unused, 156.00 of it used up: 546.00 and its tax go to the saldo a favor."""
        bought(store, kemper, "4G", "anual")
        bought(store, kemper, "10G", "mensual")
        (entry,) = balance(store, kemper)
        assert (entry.delta_centavos, entry.reason) == (54_600 + 8_736, LedgerReason.CREDIT)
        assert entry.desk_id == kemper.desk_id

    def test_paid_a_week_later_the_rest_is_smaller(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        bought(store, kemper, "4G", "anual")
        item = paid_for(store, kemper, offered(store, kemper, "10G", "mensual"))
        watch.passes(days=365 - 80)
        delivered(store, item)
        assert balance(store, kemper) == []  # 80 of 365 days are 153.86: less than was credited

    def test_a_waiting_renewal_is_taken_over(self, store: Store, kemper: Person) -> None:
        bought(store, kemper)
        bought(store, kemper, renewing=True)
        upgrade = bought(store, kemper, "10G", "anual")
        assert states(store, kemper) == [S.REPLACED, S.REPLACED, S.ACTIVE]
        assert [found.replaced_by for found in contracts(store, kemper)] == [
            upgrade.id,
            upgrade.id,
            None,
        ]
        assert summary(store, kemper).scheduled is None

    def test_a_renewal_delivered_in_between_is_not_lost(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        """The upgrade was quoted before the renewal was there: its money goes to the saldo."""
        bought(store, kemper)
        renewal = offered(store, kemper, "4G", renewing=True)
        upgrade = offered(store, kemper, "10G", "mensual")
        first, second = paid_for(store, kemper, renewal), paid_for(store, kemper, upgrade)
        delivered(store, first)
        delivered(store, second)
        (entry,) = balance(store, kemper)
        assert entry.delta_centavos == 6_500 + 1_040
        assert states(store, kemper) == [S.REPLACED, S.REPLACED, S.ACTIVE]


class TestSmallerPlan:
    """Set for the end of the term."""

    def test_it_waits(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, "10G")
        smaller = bought(store, kemper, "4G")
        assert (smaller.state, smaller.starts_on) == (S.SCHEDULED, date(2020, 8, 14))
        has = summary(store, kemper)
        assert has.plan.modality == "10G"
        assert has.scheduled is not None
        assert (has.scheduled.plan.modality, has.scheduled.is_renewal) == ("4G", False)
        assert facts(store, kemper) == ["espacio-contracted", "espacio-scheduled"]

    def test_in_grace_its_day_has_come(self, store: Store, kemper: Person, watch: Watch) -> None:
        bought(store, kemper, "10G")
        watch.passes(days=33)
        smaller = bought(store, kemper, "4G")
        assert (smaller.state, smaller.starts_on) == (S.ACTIVE, date(2020, 8, 14))
        assert states(store, kemper) == [S.REPLACED, S.ACTIVE]
        assert facts(store, kemper)[-1] == "espacio-upgraded"

    def test_a_second_change_is_not_delivered(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, "10G")
        offer = offered(store, kemper, "4G")
        first, second = paid_for(store, kemper, offer), paid_for(store, kemper, offer)
        delivered(store, first)
        before = contents(store)
        with refused("Ya tienes @spacio 4G programado desde el 14/08/2020.", ChangeWaits):
            delivered(store, second)
        assert contents(store) == before
        with store.reading() as session:
            assert session.get_one(OrderItem, second).delivered_at is None


def test_after_expiry_a_new_contract_revives_it(store: Store, kemper: Person, watch: Watch) -> None:
    bought(store, kemper, naming=Naming.USERNAME)
    watch.passes(days=400)
    contract = bought(store, kemper, "10G", naming=Naming.USERNAME)
    assert (contract.starts_on, contract.state) == (date(2021, 8, 18), S.ACTIVE)
    assert states(store, kemper) == [S.EXPIRED, S.ACTIVE]
    assert summary(store, kemper).name == "kemper"


def test_what_the_clock_had_not_done_yet_is_done_first(
    store: Store, kemper: Person, watch: Watch
) -> None:
    """A smaller plan whose day came, with nobody running the clock, is what an upgrade replaces."""
    bought(store, kemper, "10G")
    bought(store, kemper, "4G", "anual")
    watch.passes(days=40)
    bought(store, kemper, "40G")
    assert states(store, kemper) == [S.REPLACED, S.REPLACED, S.ACTIVE]
    actions = [event.action for event in rows(store, AuditEvent)]
    assert actions[-2:] == ["espacio.passed", "espacio.upgrade"]


def test_the_day_decides_and_not_what_was_quoted(
    store: Store, kemper: Person, watch: Watch
) -> None:
    bought(store, kemper)
    item = paid_for(store, kemper, offered(store, kemper, "4G", renewing=True))
    watch.passes(days=100)
    delivered(store, item)
    assert contracts(store, kemper)[-1].starts_on == date(2020, 10, 22)


@pytest.mark.parametrize("plan", ["4G", "10G", "40G"])
def test_a_line_is_delivered_once(store: Store, kemper: Person, plan: str) -> None:
    """Whether it was a smaller plan, a renewal or an upgrade."""
    bought(store, kemper, "10G")
    item = paid_for(store, kemper, offered(store, kemper, plan, renewing=True))
    delivered(store, item)
    before = contents(store, without=("sale_order",))
    delivered(store, item)
    delivered(store, item)
    assert contents(store, without=("sale_order",)) == before


def deliver_in_another_process(address: str, item_id: int) -> None:
    store = open_store(Settings(store=address))
    delivered(store, item_id)
    store.close()


def test_eight_processes_deliver_it_once(store: Store, kemper: Person, address: str) -> None:
    item = paid_for(store, kemper, offered(store, kemper, "4G"))
    finish([start(deliver_in_another_process, address, item) for _process in range(8)])
    assert len(contracts(store, kemper)) == 1
    assert facts(store, kemper) == ["espacio-contracted"]
