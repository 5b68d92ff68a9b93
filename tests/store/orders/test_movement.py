"""A movement's own id: two descriptions of the same money are one, and a card number is none."""

from dataclasses import replace
from datetime import date

import pytest

from store.errors import CardNumberTyped, Mistyped
from store.orders.movement import Money, checked, movement_of, refuse_card_number
from store.orders.tables import PaymentMethod
from tests.store.refusals import refused

TODAY = date(2020, 7, 14)
TRANSFER = Money(PaymentMethod.SPEI, 7540, TODAY, "BBVA", "MBAN01002007140000123")
CARD = "Eso parece un número de tarjeta: aquí nunca se escribe; borra el campo."


class TestTheSameMoney:
    """Bank, clave de rastreo and day, however they are written."""

    @pytest.mark.parametrize(
        "bank", ["bbva", "BBVA México", "BBVA MEXICO, S.A.", "BBVA Bancomer", "012", "Banco BBVA"]
    )
    def test_a_bank_has_many_names(self, bank: str) -> None:
        assert movement_of(replace(TRANSFER, bank=bank), 1) == movement_of(TRANSFER, 1)

    @pytest.mark.parametrize(
        "tracking",
        ["mban01002007140000123", " MBAN 0100 2007 1400 00123", "MBAN-01002007140000123"],
    )
    def test_a_number_has_many_shapes(self, tracking: str) -> None:
        assert movement_of(replace(TRANSFER, tracking=tracking), 1) == movement_of(TRANSFER, 1)

    def test_zeros_that_a_bank_dropped_do_not_matter(self) -> None:
        one, other = (replace(TRANSFER, tracking=number) for number in ("0012345", "12345"))
        assert movement_of(one, 1) == movement_of(other, 1)

    @pytest.mark.parametrize("method", [PaymentMethod.DEPOSIT, PaymentMethod.CHEQUE])
    def test_what_one_calls_spei_another_calls_deposit(self, method: PaymentMethod) -> None:
        assert movement_of(replace(TRANSFER, method=method), 1) == movement_of(TRANSFER, 1)

    def test_the_order_is_no_part_of_it(self) -> None:
        assert movement_of(TRANSFER, 1) == movement_of(TRANSFER, 2)

    def test_another_bank_day_or_number_is_another(self) -> None:
        others = (
            replace(TRANSFER, bank="Banorte"),
            replace(TRANSFER, paid_on=date(2020, 7, 13)),
            replace(TRANSFER, tracking="MBAN01002007140000124"),
        )
        assert movement_of(TRANSFER, 1) not in {movement_of(other, 1) for other in others}

    def test_a_terminal_is_no_bank(self) -> None:
        card = Money(PaymentMethod.CARD, 7540, TODAY, tracking="012345")
        assert movement_of(card, 1) == "terminal|20200714|12345"

    def test_cash_without_a_number_is_told_apart_by_order_and_amount(self) -> None:
        cash = Money(PaymentMethod.CASH, 7540, TODAY)
        assert movement_of(cash, 1) == movement_of(cash, 1)
        assert movement_of(cash, 1) != movement_of(cash, 2)
        assert movement_of(cash, 1) != movement_of(replace(cash, amount_centavos=7541), 1)
        assert movement_of(replace(cash, tracking="A-17"), 1) == "caja|20200714|A17"

    def test_the_saldo_has_none(self) -> None:
        assert movement_of(Money(PaymentMethod.BALANCE, 7540, TODAY), 1) is None


class TestWhatCannotBe:
    """Found before anything is written."""

    @pytest.mark.parametrize("amount", [0, -1, 10**12])
    def test_the_amount(self, amount: int) -> None:
        with refused(
            "El importe debe ser mayor que cero y hasta $ 99,999,999.99.", Mistyped, field="amount"
        ):
            checked(replace(TRANSFER, amount_centavos=amount), TODAY)

    def test_tomorrow(self) -> None:
        with refused("La fecha del pago no puede ser futura.", Mistyped, field="paid_on"):
            checked(replace(TRANSFER, paid_on=date(2020, 7, 15)), TODAY)

    @pytest.mark.parametrize("bank", ["", "  ", "-", "¡!", "$ 75.405", "999"])
    def test_no_bank(self, bank: str) -> None:
        with refused("Escribe el nombre del banco del que salió el pago.", Mistyped, field="bank"):
            checked(replace(TRANSFER, bank=bank), TODAY)

    def test_cash_needs_no_bank_but_none_that_is_none(self) -> None:
        cash = Money(PaymentMethod.CASH, 7540, TODAY)
        assert checked(cash, TODAY) == cash
        with refused("Escribe el nombre del banco del que salió el pago.", Mistyped, field="bank"):
            checked(replace(cash, bank="$ 75.405"), TODAY)

    @pytest.mark.parametrize("tracking", ["", " ", "---", "A" * 31])
    def test_no_number(self, tracking: str) -> None:
        with refused(
            "Escribe la clave de rastreo o el folio: hasta 30 letras y números.",
            Mistyped,
            field="tracking",
        ):
            checked(replace(TRANSFER, tracking=tracking), TODAY)

    def test_a_terminal_without_its_authorisation(self) -> None:
        with refused(
            "Escribe el número de autorización de la terminal.", Mistyped, field="tracking"
        ):
            checked(Money(PaymentMethod.CARD, 7540, TODAY), TODAY)

    def test_signs_that_no_screen_may_show_are_not_kept(self) -> None:
        tidied = checked(replace(TRANSFER, bank="BB\x1b[31mVA", tracking=" A\n12 "), TODAY)
        assert (tidied.bank, tidied.tracking) == ("BB\ufffd[31mVA", "A 12")


class TestCardNumbers:
    """Never typed, never kept, never repeated (SPEC 6)."""

    @pytest.mark.parametrize(
        "typed",
        [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "378282246310005",
            "pagó con 5555 5555 5555 4444 hoy",
            "４１１１１１１１１１１１１１１１",
            "6304000000000000000",
        ],
    )
    def test_in_any_text(self, typed: str) -> None:
        with refused(CARD, CardNumberTyped, field="reason"):
            refuse_card_number(typed, "reason")

    def test_in_any_field_of_a_payment(self) -> None:
        with refused(CARD, CardNumberTyped, field="bank"):
            checked(replace(TRANSFER, bank="4111111111111111"), TODAY)
        with refused(CARD, CardNumberTyped, field="tracking"):
            checked(replace(TRANSFER, tracking="4111111111111111"), TODAY)

    def test_a_terminals_number_is_short(self) -> None:
        with refused(CARD, CardNumberTyped, field="tracking"):
            checked(Money(PaymentMethod.CARD, 7540, TODAY, tracking="4111111111111112"), TODAY)

    def test_a_clave_de_rastreo_of_digits_may_be_long(self) -> None:
        money = replace(TRANSFER, tracking="4111111111111112")
        assert checked(money, TODAY) == money

    @pytest.mark.parametrize("typed", ["", "12345678901", "0001234", "MBAN01002007140000123"])
    def test_other_numbers_are_let_through(self, typed: str) -> None:
        refuse_card_number(typed, "reason")
