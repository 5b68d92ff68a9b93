"""What a plan costs: the seed's figure, the twenty combinations, and arithmetic that holds for any price."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.accounts.person import Person
from store.accounts.tables import Desk
from store.catalogue.tables import PriceSource
from store.espacio.offers import list_combinations
from store.espacio.plans import PlanRow, TermRow
from store.espacio.quote import Combination, Quote, QuoteLine, make_quote
from store.installation.store import Store
from store.money import pesos
from tests.store.espacio.buying import bought, offered
from tests.store.watch import Watch

# facts/domain 4.d: plan, term, service, discount in %, discount, subtotal, tax, total. The first row is the seed's.
TWENTY = """
4G Mensual 65.00 0 0.00 65.00 10.40 75.40
4G Bimestral 130.00 2 2.60 127.40 20.38 147.78
4G Trimestral 195.00 3 5.85 189.15 30.26 219.41
4G Semestral 390.00 5 19.50 370.50 59.28 429.78
4G Anual 780.00 10 78.00 702.00 112.32 814.32
10G Mensual 156.00 0 0.00 156.00 24.96 180.96
10G Bimestral 312.00 2 6.24 305.76 48.92 354.68
10G Trimestral 468.00 3 14.04 453.96 72.63 526.59
10G Semestral 936.00 5 46.80 889.20 142.27 1,031.47
10G Anual 1,872.00 10 187.20 1,684.80 269.57 1,954.37
40G Mensual 468.00 0 0.00 468.00 74.88 542.88
40G Bimestral 936.00 2 18.72 917.28 146.76 1,064.04
40G Trimestral 1,404.00 3 42.12 1,361.88 217.90 1,579.78
40G Semestral 2,808.00 5 140.40 2,667.60 426.82 3,094.42
40G Anual 5,616.00 10 561.60 5,054.40 808.70 5,863.10
80G Mensual 780.00 0 0.00 780.00 124.80 904.80
80G Bimestral 1,560.00 2 31.20 1,528.80 244.61 1,773.41
80G Trimestral 2,340.00 3 70.20 2,269.80 363.17 2,632.97
80G Semestral 4,680.00 5 234.00 4,446.00 711.36 5,157.36
80G Anual 9,360.00 10 936.00 8,424.00 1,347.84 9,771.84
"""

CENTAVOS = st.integers(min_value=0, max_value=50_000_000)
RATES = st.integers(min_value=0, max_value=9_999)
QUOTES = st.builds(
    Quote,
    description=st.just("@spacio"),
    unit_centavos=CENTAVOS,
    months=st.integers(min_value=1, max_value=120),
    discount_bp=RATES,
    tax_rate_bp=st.sampled_from((0, 800, 1_600, 10_000)),
    available_centavos=CENTAVOS,
)


def written(lines: tuple[QuoteLine, ...]) -> list[tuple[str, str]]:
    return [(line.words, pesos(line.centavos)) for line in lines]


def test_the_seeds_figure_to_the_letter(store: Store, kemper: Person) -> None:
    offer = offered(store, kemper, "4G")
    assert offer.plan.name == "@spacio 4G"
    assert offer.term.label == "Un mes"
    assert written(offer.quote.lines) == [
        ("@spacio 4G por un Mes", "$ 65.00"),
        ("Descuento (0%)", "$ 0.00"),
        ("Subtotal", "$ 65.00"),
        ("Impuesto(s)", "$ 10.40"),
        ("Total:", "$ 75.40"),
    ]


def as_in_the_table(combination: Combination) -> str:
    quote, discount = combination.quote, combination.term.discount_bp // 100
    before = [combination.plan.modality, combination.term.name, bare(quote.gross_centavos)]
    after = (
        quote.discount_centavos,
        quote.subtotal_centavos,
        quote.tax_centavos,
        quote.total_centavos,
    )
    return " ".join([*before, str(discount), *map(bare, after)])


def bare(centavos: int) -> str:
    return pesos(centavos).removeprefix("$ ")


def test_all_twenty_to_the_centavo(store: Store, kemper: Person) -> None:
    with store.reading() as session:
        combinations = list_combinations(session, kemper, store.clock)
    assert [as_in_the_table(found) for found in combinations] == TWENTY.strip().splitlines()


def test_side_by_side_with_a_month_and_the_saving(store: Store, kemper: Person) -> None:
    with store.reading() as session:
        combinations = list_combinations(session, kemper, store.clock)
    of_10g = [found for found in combinations if found.plan.modality == "10G"]
    assert [(found.per_month_centavos, found.saving_centavos) for found in of_10g] == [
        (15_600, 0),
        (15_288, 624),
        (15_132, 1_404),
        (14_820, 4_680),
        (14_040, 18_720),
    ]


def test_the_terms_are_called_as_in_the_seed(store: Store, kemper: Person) -> None:
    names = [offered(store, kemper, "10G", term).quote.description for term in TERMS]
    assert names == [
        "@spacio 10G por un Mes",
        "@spacio 10G por dos Meses",
        "@spacio 10G por tres Meses",
        "@spacio 10G por seis Meses",
        "@spacio 10G por un Año",
    ]


TERMS = ("mensual", "bimestral", "trimestral", "semestral", "anual")


def test_the_upgrade_of_the_spec(store: Store, kemper: Person, watch: Watch) -> None:
    bought(store, kemper, "4G", "mensual")
    watch.passes(days=10)
    assert written(offered(store, kemper, "10G", "anual").quote.lines) == [
        ("@spacio 10G por un Año", "$ 1,872.00"),
        ("Descuento (10%)", "-$ 187.20"),
        ("Crédito", "-$ 44.03"),
        ("Subtotal", "$ 1,640.77"),
        ("Impuesto(s)", "$ 262.52"),
        ("Total:", "$ 1,903.29"),
    ]


@pytest.mark.parametrize(("rate", "tax"), [(1_600, 1_040), (800, 520), (0, 0)])
def test_a_desk_at_the_border_pays_less_tax(
    store: Store, kemper: Person, rate: int, tax: int
) -> None:
    with store.writing() as session:
        desk = session.get_one(Desk, kemper.desk_id)
        desk.tax_rate_bp = rate
        session.add(desk)
    quote = offered(store, kemper, "4G").quote
    assert (quote.tax_centavos, quote.total_centavos) == (tax, 6_500 + tax)


@given(QUOTES)
def test_there_is_no_float_anywhere(quote: Quote) -> None:
    numbers = [getattr(quote, field.name) for field in fields(quote) if field.name != "description"]
    numbers += [
        quote.gross_centavos, quote.discount_centavos, quote.net_centavos, quote.credit_centavos,
        quote.subtotal_centavos, quote.tax_centavos, quote.total_centavos,
        *(line.centavos for line in quote.lines),
    ]  # fmt: skip
    assert {type(number) for number in numbers} == {int}


@given(QUOTES)
def test_the_total_is_the_sum_of_the_lines(quote: Quote) -> None:
    *parts, subtotal, tax, total = [line.centavos for line in quote.lines]
    assert sum(parts) == subtotal
    assert subtotal + tax == total
    assert min(subtotal, tax, total) >= 0


@given(QUOTES)
def test_a_credit_stands_on_its_own_line_only_where_there_is_one(quote: Quote) -> None:
    assert len(quote.lines) == (6 if quote.credit_centavos else 5)
    assert 0 <= quote.credit_centavos <= min(quote.available_centavos, quote.net_centavos)


@given(QUOTES)
def test_the_constraints_of_an_order_hold(quote: Quote) -> None:
    """The CHECKs of `order_item` and `sale_order`, in Python."""
    assert quote.gross_centavos == quote.unit_centavos * quote.months
    assert quote.discount_centavos == (quote.gross_centavos * quote.discount_bp + 5_000) // 10_000
    assert quote.tax_centavos == (quote.subtotal_centavos * quote.tax_rate_bp + 5_000) // 10_000
    assert 0 <= quote.credit_centavos <= quote.gross_centavos - quote.discount_centavos


@given(CENTAVOS, st.integers(min_value=1, max_value=120), RATES)
def test_a_plan_makes_the_same_quote_whatever_it_is_called(
    unit: int, months: int, discount: int
) -> None:
    plan = PlanRow("P", "4G", "@spacio 4G", 1, "10 Usuarios", "4G", None, False, 10, 4)
    term = TermRow("t", "Mensual", "Un mes", months, discount, PriceSource.SAMPLE)
    quote = make_quote(plan, term, unit, 1_600)
    assert (quote.unit_centavos, quote.months, quote.discount_bp) == (unit, months, discount)
    assert quote.description == "@spacio 4G por un Mes"
