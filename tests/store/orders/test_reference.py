"""Folio, payment reference, CLABE: numbers that people copy by hand."""

import random

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from store.errors import Mistyped
from store.orders.reference import (
    CLABE_LENGTH,
    HIGHEST_NUMBER,
    damm_digit,
    folio_of,
    grouped_clabe,
    is_clabe,
    number_in_reference,
    payment_reference,
    read_clabe,
    read_folio,
    read_reference,
)
from store.settings import DEMO_CLABE
from tests.store.refusals import refused

numbers = integers(1, HIGHEST_NUMBER)


class TestReference:
    """Seven digits: the order's number and the Damm digit."""

    def test_the_thesis_example(self) -> None:
        assert damm_digit("572") == 4
        assert damm_digit("5724") == 0

    def test_an_order_has_its_own(self) -> None:
        assert payment_reference(123) == "0001234"

    @given(numbers)
    def test_it_is_seven_digits_and_leads_back(self, number: int) -> None:
        reference = payment_reference(number)
        assert len(reference) == 7
        assert reference.isdigit()
        assert read_reference(reference) == number

    @given(numbers)
    def test_zeros_that_a_bank_dropped_do_not_matter(self, number: int) -> None:
        assert read_reference(payment_reference(number).lstrip("0")) == number

    @given(numbers, integers(0, 6), integers(1, 9))
    def test_every_wrong_digit_is_seen(self, number: int, place: int, by: int) -> None:
        right = payment_reference(number)
        wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
        assert number_in_reference(wrong) is None

    @given(numbers, integers(0, 5))
    def test_every_swap_of_neighbours_is_seen(self, number: int, place: int) -> None:
        right = payment_reference(number)
        wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        assert wrong == right or number_in_reference(wrong) is None

    def test_no_two_orders_share_one(self) -> None:
        chosen = random.Random(3).sample(range(1, HIGHEST_NUMBER + 1), 20_000)
        assert len({payment_reference(number) for number in chosen}) == len(chosen)

    @pytest.mark.parametrize(
        "typed", ["", "0", "0000000", "0001235", "00012345", "12a4", "1.234", "١٢٣٤"]
    )
    def test_what_is_none(self, typed: str) -> None:
        with refused(
            "La referencia no corresponde a un pedido; revisa los 7 dígitos.",
            Mistyped,
            field="reference",
        ):
            read_reference(typed)

    def test_spaces_are_no_digits(self) -> None:
        assert read_reference(" 000 1234 ") == 123


class TestFolio:
    """«P-000123»."""

    @given(numbers)
    def test_it_leads_back(self, number: int) -> None:
        assert read_folio(folio_of(number)) == number

    @pytest.mark.parametrize("typed", ["P-000123", "p-123", "P123", "123", " p - 000123 "])
    def test_any_shape_of_it(self, typed: str) -> None:
        assert read_folio(typed) == 123

    @pytest.mark.parametrize("typed", ["", "P-", "P-0", "Q-000123", "P-1234567", "P-12x"])
    def test_what_is_none(self, typed: str) -> None:
        with refused("El folio se escribe como P-000123.", Mistyped, field="folio"):
            read_folio(typed)


class TestClabe:
    """Eighteen digits, the last one by the weights 3-7-1."""

    def test_the_demos(self) -> None:
        assert is_clabe(DEMO_CLABE)
        assert read_clabe("032 180 0001183597 19") == DEMO_CLABE
        assert grouped_clabe(DEMO_CLABE) == "032 180 00011835971 9"

    def test_every_wrong_digit_is_seen(self) -> None:
        for place in range(CLABE_LENGTH):
            for by in range(1, 10):
                digit = str((int(DEMO_CLABE[place]) + by) % 10)
                assert not is_clabe(DEMO_CLABE[:place] + digit + DEMO_CLABE[place + 1 :])

    @pytest.mark.parametrize("text", ["", "0" * 17, "0" * 19, DEMO_CLABE[:-1] + "x", "٠" * 18])
    def test_what_is_none(self, text: str) -> None:
        assert not is_clabe(text)
        with pytest.raises(ValueError, match="18 dígitos"):
            read_clabe(text)
