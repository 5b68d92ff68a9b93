"""What a plan would be for a desk today, and each reason why not."""

from datetime import date

import pytest

from store.accounts.person import Person
from store.accounts.tables import Role, StaffRole
from store.errors import (
    AlreadyHeld,
    ChangeWaits,
    DoesNotFit,
    NotAllowed,
    NotFound,
    OrderWaits,
    Refusal,
)
from store.espacio.offers import list_combinations
from store.installation.store import Store
from store.orders.tables import Change
from tests.store.contents import contents
from tests.store.espacio.buying import (
    activated,
    bought,
    folio_of,
    offered,
    paid_for,
    summary,
    uses,
    waiting_to_be_paid,
)
from tests.store.people import colleague, employee
from tests.store.refusals import refused
from tests.store.watch import Watch


class TestChange:
    """What the plan does to the contract in force."""

    def test_a_first_plan_starts_today(self, store: Store, kemper: Person) -> None:
        offer = offered(store, kemper, "4G", "trimestral")
        assert offer.change is Change.CONTRACT
        assert (offer.starts_on, offer.ends_on) == (date(2020, 7, 14), date(2020, 10, 14))

    def test_so_does_one_after_the_free_gigabyte(self, store: Store, kemper: Person) -> None:
        activated(store, kemper)
        offer = offered(store, kemper, "4G")
        assert (offer.change, offer.quote.credit_centavos) == (Change.CONTRACT, 0)
        assert len(offer.quote.lines) == 5

    def test_a_renewal_starts_at_the_old_end(self, store: Store, kemper: Person) -> None:
        bought(store, kemper)
        offer = offered(store, kemper, "4G", "anual")
        assert offer.change is Change.RENEWAL
        assert (offer.starts_on, offer.ends_on) == (date(2020, 8, 14), date(2021, 8, 14))
        assert offer.quote.credit_centavos == 0

    def test_an_upgrade_starts_today(self, store: Store, kemper: Person, watch: Watch) -> None:
        bought(store, kemper)
        watch.passes(days=10)
        offer = offered(store, kemper, "40G")
        assert (offer.change, offer.quote.credit_centavos) == (Change.UPGRADE, 4_403)
        assert (offer.starts_on, offer.ends_on) == (date(2020, 7, 24), date(2020, 8, 24))

    def test_a_smaller_plan_starts_at_the_end(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, "10G")
        offer = offered(store, kemper, "4G")
        assert (offer.change, offer.quote.credit_centavos) == (Change.DOWNGRADE, 0)
        assert (offer.starts_on, offer.ends_on) == (date(2020, 8, 14), date(2020, 9, 14))

    @pytest.mark.parametrize(
        ("days", "change", "starts_on"),
        [
            (30, Change.RENEWAL, date(2020, 8, 14)),
            (31, Change.RENEWAL, date(2020, 8, 14)),  # the first day of grace
            (37, Change.RENEWAL, date(2020, 8, 14)),
            (38, Change.RENEWAL, date(2020, 8, 21)),  # suspended: it has not served since
            (67, Change.RENEWAL, date(2020, 9, 19)),
            (68, Change.CONTRACT, date(2020, 9, 20)),  # expired
        ],
    )
    def test_the_same_plan_as_the_days_go_by(
        self, store: Store, kemper: Person, watch: Watch, days: int, change: Change, starts_on: date
    ) -> None:
        bought(store, kemper)
        watch.passes(days=days)
        offer = offered(store, kemper, "4G", renewing=True)
        assert (offer.change, offer.starts_on) == (change, starts_on)

    def test_the_credit_of_a_long_plan_is_capped_by_a_short_one(
        self, store: Store, kemper: Person
    ) -> None:
        bought(store, kemper, "4G", "anual")
        quote = offered(store, kemper, "10G", "mensual").quote
        assert quote.available_centavos == 70_200
        assert (quote.credit_centavos, quote.total_centavos) == (15_600, 0)

    def test_an_upgrade_takes_the_waiting_renewal_over(self, store: Store, kemper: Person) -> None:
        bought(store, kemper)
        bought(store, kemper, renewing=True)
        assert offered(store, kemper, "10G", "anual").quote.credit_centavos == 2 * 6_500


class TestRefusals:
    """Nothing changes, and one sentence says why."""

    def test_the_very_same_plan_can_only_be_renewed(self, store: Store, kemper: Person) -> None:
        bought(store, kemper)
        with refused("Ya tienes esta modalidad; puedes renovarla.", AlreadyHeld):
            offered(store, kemper, "4G")
        assert offered(store, kemper, "4G", renewing=True).change is Change.RENEWAL

    def test_in_grace_nobody_has_to_be_asked(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        bought(store, kemper)
        watch.passes(days=32)
        assert offered(store, kemper, "4G").change is Change.RENEWAL

    def test_too_many_users(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, "10G")
        uses(store, kemper, users_in_use=14)
        with refused("Tienes 14 usuarios; 4G permite 10.", DoesNotFit):
            offered(store, kemper, "4G")
        uses(store, kemper, users_in_use=10)
        assert offered(store, kemper, "4G").change is Change.DOWNGRADE

    def test_too_many_files(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, "10G")
        uses(store, kemper, storage_in_use_mb=4_097)
        with refused("Ocupas 4,097 MB; 4G guarda 4,096.", DoesNotFit):
            offered(store, kemper, "4G")
        uses(store, kemper, storage_in_use_mb=4_096)
        assert offered(store, kemper, "4G").change is Change.DOWNGRADE

    def test_after_a_lapse_it_has_to_fit_as_well(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        bought(store, kemper, "10G")
        uses(store, kemper, users_in_use=14)
        watch.passes(days=100)
        with refused("Tienes 14 usuarios; 4G permite 10.", DoesNotFit):
            offered(store, kemper, "4G")

    def test_unlimited_is_unlimited(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, "80G")
        uses(store, kemper, users_in_use=5_000)
        assert offered(store, kemper, "40G").change is Change.DOWNGRADE

    def test_an_order_that_waits_for_money(self, store: Store, kemper: Person) -> None:
        order = waiting_to_be_paid(store, kemper, offered(store, kemper, "4G"))
        with refused(f"Ya hay un pedido por pagar ({order.folio}).", OrderWaits, order_id=order.id):
            offered(store, kemper, "10G")

    def test_an_order_that_waits_to_be_delivered(self, store: Store, kemper: Person) -> None:
        folio = folio_of(store, paid_for(store, kemper, offered(store, kemper, "4G")))
        with refused(f"Ya hay un pedido por entregar ({folio}).", OrderWaits):
            offered(store, kemper, "10G")

    def test_an_order_of_another_desk_is_no_hindrance(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        waiting_to_be_paid(store, empresasis, offered(store, empresasis, "4G"))
        assert offered(store, kemper, "4G").change is Change.CONTRACT

    @pytest.mark.parametrize("plan", ["4G", "10G"])
    def test_one_change_waits_at_a_time(self, store: Store, kemper: Person, plan: str) -> None:
        bought(store, kemper, "10G")
        bought(store, kemper, "4G")
        assert summary(store, kemper).scheduled is not None
        with refused(
            "Ya tienes @spacio 4G programado desde el 14/08/2020.",
            ChangeWaits,
            starts_on=date(2020, 8, 14),
        ):
            offered(store, kemper, plan, "anual")

    def test_the_free_one_is_not_sold(self, store: Store, kemper: Person) -> None:
        with pytest.raises(Refusal):
            offered(store, kemper, "1G")

    @pytest.mark.parametrize(
        ("plan", "term", "sentence"),
        [
            ("7G", "mensual", "ESPACIO-7G no está a la venta hoy."),
            ("4G", "diario", "No hay un plan «diario»."),
        ],
    )
    def test_what_there_is_not(
        self, store: Store, kemper: Person, plan: str, term: str, sentence: str
    ) -> None:
        with refused(sentence, NotFound):
            offered(store, kemper, plan, term)


def test_a_quote_changes_nothing(store: Store, kemper: Person, watch: Watch) -> None:
    bought(store, kemper)
    watch.passes(days=40)
    before = contents(store)
    offered(store, kemper, "4G")
    with store.reading() as session:
        list_combinations(session, kemper, store.clock)
    assert contents(store) == before


def test_who_looks_may_ask_for_a_price(store: Store, kemper: Person) -> None:
    assert offered(store, colleague(store, kemper, "carla", Role.CONSULTA), "4G").quote.months == 1


def test_the_staff_choose_a_desk_first(store: Store) -> None:
    somebody = employee(store, "soporte1", StaffRole.SOPORTE)
    with refused("Elige primero un escritorio.", NotAllowed):
        offered(store, somebody, "4G")
