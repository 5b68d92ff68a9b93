"""Money: whole centavos, written as the seeds write it, read as people type it, and no float anywhere."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import Mistyped
from store.money import LARGEST, AmountUnclear, percent, pesos, read_pesos, share
from tests.store.refusals import refused

AMOUNTS = st.integers(min_value=1, max_value=LARGEST)
RATES = st.integers(min_value=0, max_value=10_000)


@pytest.mark.parametrize(
    ("centavos", "written"),
    [
        (0, "$ 0.00"),
        (1, "$ 0.01"),
        (6_500, "$ 65.00"),
        (190_329, "$ 1,903.29"),
        (123_456_789_01, "$ 123,456,789.01"),
        (-4_403, "-$ 44.03"),
        (-5, "-$ 0.05"),
    ],
)
def test_an_amount_is_written_with_the_space(centavos: int, written: str) -> None:
    assert pesos(centavos) == written


@pytest.mark.parametrize(
    "typed",
    ["1,903.29", "1903.29", "$ 1 903.29", "$1,903.29", " 1903.29 ", "1903.29 MXN", "$\u00a01\u2009903.29"],
)  # fmt: skip
def test_an_amount_is_read_in_any_shape(typed: str) -> None:
    assert read_pesos(typed) == 190_329


@pytest.mark.parametrize(
    ("typed", "centavos"),
    [("65", 6_500), ("65.5", 6_550), ("0.01", 1), ("1,000,000", 100_000_000), ("007", 700)],
)
def test_centavos_may_be_left_out(typed: str, centavos: int) -> None:
    assert read_pesos(typed) == centavos


@pytest.mark.parametrize(
    ("typed", "meant", "words"),
    [("1903,29", 190_329, "1,903.29"), ("1.903,29", 190_329, "1,903.29"), ("65,5", 6_550, "65.50")],
)
def test_a_comma_for_a_point_is_asked_back(typed: str, meant: int, words: str) -> None:
    sentence = f"¿{words}? Escribe los centavos con punto."
    with refused(sentence, AmountUnclear, meant=meant, field="amount"):
        read_pesos(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "x", "1.999", "12,34.5", "1,2345", "-5", "+5", "1e5", "٣٤", "６５.００", "1..2", "9" * 5_000,
     "1,903,29", "12,34,567", ".", "$", "0x10", "1_000"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Mistyped) as caught:
        read_pesos(typed)
    assert caught.value.field == "amount"
    assert "escríbelo como 1,903.29" in caught.value.sentence


@pytest.mark.parametrize("typed", ["0", "0.00", "$ 0", "100,000,000,000.00"])
def test_nothing_and_too_much_are_refused(typed: str) -> None:
    with refused("El importe debe ser mayor que cero y hasta $ 99,999,999.99.", Mistyped):
        read_pesos(typed)


@given(AMOUNTS)
def test_what_is_written_can_be_read(centavos: int) -> None:
    assert read_pesos(pesos(centavos)) == centavos


@given(st.text(max_size=30))
def test_whatever_is_typed_is_an_amount_or_refused(typed: str) -> None:
    try:
        centavos = read_pesos(typed)
    except Mistyped:
        return
    assert type(centavos) is int
    assert 0 < centavos <= LARGEST


@given(AMOUNTS, RATES)
def test_a_share_is_rounded_half_up(centavos: int, basis_points: int) -> None:
    part = share(centavos, basis_points)
    assert type(part) is int
    exact = Fraction(centavos * basis_points, 10_000)
    assert exact - Fraction(1, 2) < part <= exact + Fraction(1, 2)


@pytest.mark.parametrize(
    ("centavos", "basis_points", "part"),
    [(6_500, 1_600, 1_040), (50, 100, 1), (49, 100, 0), (0, 1_600, 0), (168_480, 1_600, 26_957)],
)
def test_shares_of_the_price_list(centavos: int, basis_points: int, part: int) -> None:
    assert share(centavos, basis_points) == part


@pytest.mark.parametrize(
    ("basis_points", "written"),
    [(0, "0"), (200, "2"), (1_000, "10"), (250, "2.5"), (1_605, "16.05"), (5, "0.05")],
)
def test_a_rate_is_written_without_idle_zeros(basis_points: int, written: str) -> None:
    assert percent(basis_points) == written
