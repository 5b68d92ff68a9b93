"""The table of modalities in the seed's words, and what a desk has of them."""

from datetime import date

from store.accounts.person import Person
from store.catalogue.tables import PriceSource
from store.demo import GOOD_50
from store.espacio.plans import list_plans, list_terms
from store.espacio.tables import ContractState
from store.installation.store import Store
from store.keys.life import Move
from tests.store.espacio.buying import activated, bought, espacio_of, summary, uses
from tests.store.lots import activated as key_activated
from tests.store.lots import moved
from tests.store.watch import Watch


def table(store: Store, person: Person) -> list[tuple[str, str, str, str | None]]:
    with store.reading() as session:
        plans = list_plans(session, person, store.clock.today())
    return [(plan.modality, plan.users, plan.storage, plan.custody) for plan in plans]


def test_the_seeds_table_for_a_desk_with_sellado(store: Store, kemper: Person) -> None:
    key_activated(store, kemper, GOOD_50)
    assert table(store, kemper) == [
        ("1G gratuito", "1 Usuario", "1G", "1 año"),
        ("4G", "10 Usuarios", "4G", "5 años"),
        ("10G", "30 Usuarios", "10G", "5 años"),
        ("40G", "Usuarios ilimitados", "40G", "5 años"),
        ("80G", "Usuarios ilimitados", "80G", "5 años"),
    ]


def test_without_sellado_there_is_no_custody(store: Store, kemper: Person) -> None:
    assert [custody for *_words, custody in table(store, kemper)] == [None] * 5


def test_a_key_that_was_voided_is_no_sellado(store: Store, kemper: Person) -> None:
    key_activated(store, kemper, GOOD_50)
    moved(store, GOOD_50, Move.VOID)
    assert {custody for *_words, custody in table(store, kemper)} == {None}


def test_a_month_of_each_and_where_the_figure_comes_from(store: Store, kemper: Person) -> None:
    with store.reading() as session:
        plans = list_plans(session, kemper, store.clock.today())
    assert [(plan.monthly_centavos, plan.source) for plan in plans] == [
        (None, None),
        (6_500, PriceSource.SEED),
        (15_600, PriceSource.SAMPLE),
        (46_800, PriceSource.SAMPLE),
        (78_000, PriceSource.SAMPLE),
    ]


def test_before_its_first_day_nothing_has_a_price(store: Store, kemper: Person) -> None:
    with store.reading() as session:
        plans = list_plans(session, kemper, date(2016, 12, 31))
    assert {plan.monthly_centavos for plan in plans} == {None}


def test_the_terms(store: Store, kemper: Person) -> None:
    with store.reading() as session:
        terms = list_terms(session, kemper)
    assert [(term.name, term.label, term.months, term.phrase) for term in terms] == [
        ("Mensual", "Un mes", 1, "un Mes"),
        ("Bimestral", "Dos meses", 2, "dos Meses"),
        ("Trimestral", "Tres meses", 3, "tres Meses"),
        ("Semestral", "Seis meses", 6, "seis Meses"),
        ("Anual", "Un año", 12, "un Año"),
    ]


def test_what_a_desk_has(store: Store, kemper: Person, watch: Watch) -> None:
    activated(store, kemper)
    bought(store, kemper, "10G", "anual")
    uses(store, kemper, users_in_use=14, storage_in_use_mb=2_048)
    watch.passes(days=344)
    has = summary(store, kemper)
    assert (has.name, has.username) == ("EKU9003173C9", "kemper")
    assert has.address == "https://espacio.aspel.com.mx/eku9003173c9"
    assert (has.plan.modality, has.plan.users, has.plan.storage) == ("10G", "30 Usuarios", "10G")
    assert (has.starts_on, has.ends_on, has.days_left) == (
        date(2020, 7, 14),
        date(2021, 7, 14),
        21,
    )
    assert (has.users_in_use, has.storage_in_use_mb) == (14, 2_048)
    assert (has.state, has.state_words, has.is_read_only) == (ContractState.ACTIVE, "Activo", False)
    assert (has.term_code, has.has_password, has.may_be_renamed) == ("anual", False, False)
    assert has.scheduled is None
    assert has.espacio_id == espacio_of(store, kemper).id


def test_the_state_is_the_days_whenever_the_clock_ran(
    store: Store, kemper: Person, watch: Watch
) -> None:
    bought(store, kemper)
    said = []
    for days in (0, 31, 7, 30):
        watch.passes(days=days)
        has = summary(store, kemper)
        said.append((has.state_words, has.days_left, has.state_until, has.is_read_only))
    assert said == [
        ("Activo", 31, None, False),
        ("Gracia", 0, date(2020, 8, 20), False),
        ("Suspendido", 0, date(2020, 9, 19), True),
        ("Vencido", 0, None, True),
    ]
