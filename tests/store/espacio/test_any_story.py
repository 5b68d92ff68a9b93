"""Whatever desks contract, renew, upgrade, shrink and let lapse, on whatever days: some things always hold."""

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from store.accounts.person import Person
from store.calendar import add_months
from store.errors import EspacioRefused
from store.espacio.clock_work import TickReport, tick
from store.espacio.life import unused
from store.espacio.tables import CURRENT, ContractState, Espacio, EspacioContract, Naming
from store.installation.doctor import examine
from store.installation.opening import open_store
from store.orders.tables import Change
from store.settings import Settings
from tests.store.contents import rows
from tests.store.espacio.buying import (
    activated,
    balance,
    bought,
    contracts,
    delivered,
    offered,
    paid_for,
    summary,
)
from tests.store.people import member
from tests.store.stories import story_settings
from tests.store.watch import Watch

PLANS = st.sampled_from(("4G", "10G", "40G", "80G"))
TERMS = st.sampled_from(("mensual", "bimestral", "trimestral", "semestral", "anual"))
DESKS = st.sampled_from(("kemper", "empresasis", "herreria"))
S = ContractState


class Stories(RuleBasedStateMachine):
    """Three desks, one clock."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "escritorio.db"
        shutil.copyfile(self.template, file)
        self.watch = Watch()
        self.store = replace(open_store(Settings(store=str(file))), clock=self.watch.clock)
        self.people = {
            name: member(self.store, name) for name in ("kemper", "empresasis", "herreria")
        }

    def teardown(self) -> None:
        assert all(finding.sound for finding in examine(self.store) if finding.check != "mail")
        self.store.close()
        self.folder.cleanup()

    @rule(days=st.integers(min_value=1, max_value=45))
    def days_go_by(self, days: int) -> None:
        self.watch.passes(days=days)

    @rule()
    def the_clock_runs(self) -> None:
        tick(self.store)
        assert tick(self.store) == TickReport()
        for contract in rows(self.store, EspacioContract):
            if contract.state is S.SCHEDULED:
                assert contract.starts_on > self.today

    @rule(desk=DESKS)
    def the_free_one(self, desk: str) -> None:
        had = {espacio.desk_id for espacio in rows(self.store, Espacio)}
        person = self.people[desk]
        try:
            activated(self.store, person)
        except EspacioRefused:
            assert person.desk_id in had
        else:
            assert person.desk_id not in had

    @rule(desk=DESKS, plan=PLANS, term=TERMS, naming=st.sampled_from(Naming))
    def a_desk_buys(self, desk: str, plan: str, term: str, naming: Naming) -> None:
        person = self.people[desk]
        try:
            offer = offered(self.store, person, plan, term, renewing=True)
        except EspacioRefused:
            return
        before = self.worth(person)
        contract = bought(self.store, person, plan, term, naming, renewing=True)
        quote = offer.quote
        assert (contract.starts_on, contract.ends_on) == (offer.starts_on, offer.ends_on)
        assert contract.paid_centavos == quote.net_centavos
        if offer.change is Change.UPGRADE:
            assert quote.available_centavos == before

    @rule(desk=DESKS, plan=PLANS, term=TERMS, days=st.integers(min_value=1, max_value=60))
    def a_desk_pays_late(self, desk: str, plan: str, term: str, days: int) -> None:
        """What was quoted and what is delivered are days apart."""
        person = self.people[desk]
        try:
            offer = offered(self.store, person, plan, term, renewing=True)
        except EspacioRefused:
            return
        item = paid_for(self.store, person, offer)
        self.watch.passes(days=days)
        delivered(self.store, item)

    @property
    def today(self) -> date:
        return self.store.clock.today()

    def worth(self, person: Person) -> int:
        """Give what is unused of all that a desk paid for and that was not replaced."""
        live = [
            found
            for found in contracts(self.store, person)
            if found.state in (*CURRENT, S.SCHEDULED)
        ]
        return sum(unused(found, self.today) for found in live)

    @invariant()
    def one_in_force_and_one_that_waits(self) -> None:
        for person in self.people.values():
            states = [contract.state for contract in contracts(self.store, person)]
            assert sum(state in CURRENT for state in states) <= 1
            assert states.count(S.SCHEDULED) <= 1

    @invariant()
    def what_is_shown_is_what_the_day_says(self) -> None:
        for person in self.people.values():
            if contracts(self.store, person):
                has = summary(self.store, person)
                running = has.state in (S.ACTIVE, S.GRACE)
                assert running or has.is_read_only
                assert has.ends_on is None or (has.state is S.ACTIVE) == (has.ends_on > self.today)

    @invariant()
    def ends_are_months_from_their_anchor(self) -> None:
        for contract in rows(self.store, EspacioContract):
            if contract.anchor_on is None or contract.ends_on is None:
                continue
            months = (contract.ends_on.year - contract.anchor_on.year) * 12
            months += contract.ends_on.month - contract.anchor_on.month
            assert contract.ends_on == add_months(contract.anchor_on, months)

    @invariant()
    def money_is_whole_and_never_more_than_was_paid(self) -> None:
        for person in self.people.values():
            held = contracts(self.store, person)
            assert {type(contract.paid_centavos) for contract in held} <= {int}
            returned = sum(entry.delta_centavos for entry in balance(self.store, person))
            paid = sum(contract.paid_centavos for contract in held)
            assert 0 <= self.worth(person) <= paid
            assert returned * 10_000 <= paid * 11_600 + 10_000 * len(held)


def test_any_story(demo_copy: Path) -> None:
    class OfTheDemo(Stories):
        template = demo_copy

    run_state_machine_as_test(OfTheDemo, settings=story_settings(15, steps=15))
