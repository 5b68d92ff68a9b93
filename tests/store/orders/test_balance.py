"""The saldo a favor: a ledger that only grows, never below zero, and pays by itself."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from store.accounts.person import Person
from store.accounts.tables import Role
from store.errors import Mistyped, NotAllowed, NotFound, OrderRefused, PaymentRefused
from store.installation.store import Store
from store.orders.balance import (
    BalanceRow,
    balance_of,
    balance_rows,
    broken_balances,
    move_balance,
)
from store.orders.balance_payment import pay_with_balance
from store.orders.settling import PaymentOutcome
from store.orders.tables import (
    BalanceEntry,
    LedgerReason,
    OrderState,
    Payment,
    PaymentMethod,
    PaymentState,
)
from tests.store.contents import contents, rows
from tests.store.orders.shopping import (
    MONTH_OF_4G,
    bought,
    cash,
    declared,
    ordered,
    paid,
    row_of,
    spei,
)
from tests.store.people import colleague, member
from tests.store.refusals import NOT_ALLOWED, refused


def given(store: Store, person: Person, centavos: int) -> None:
    """Let a desk have paid so much too much."""
    order = bought(store, person, plan=None, stamps=1)
    paid(store, order.order_id, spei(store, centavos, f"EXTRA{centavos}"))


def applied(
    store: Store, person: Person, order_id: int, amount: int | None = None
) -> PaymentOutcome:
    with store.writing() as session:
        return pay_with_balance(session, person, order_id, store, amount)


def history(store: Store, person: Person) -> tuple[BalanceRow, ...]:
    with store.reading() as session:
        return balance_rows(session, person)


def balance(store: Store, person: Person) -> int:
    with store.reading() as session:
        return balance_of(session, person)


class TestLedger:
    """Each row follows the one before."""

    def test_a_desk_begins_with_nothing(self, store: Store, kemper: Person) -> None:
        assert (balance(store, kemper), history(store, kemper)) == (0, ())

    def test_it_tells_what_moved_it(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 5000)
        order = ordered(store, kemper)
        applied(store, kemper, order.order_id)
        now = store.clock.now()
        assert history(store, kemper) == (
            BalanceRow(now, LedgerReason.APPLIED, "P-000014", -5000, 0),
            BalanceRow(now, LedgerReason.EXCESS, "P-000013", 5000, 5000),
        )

    def test_who_looks_may_see_it_and_another_desk_may_not(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        given(store, kemper, 5000)
        looker = colleague(store, kemper, "consultora", Role.CONSULTA)
        assert balance(store, looker) == 5000
        assert (balance(store, empresasis), history(store, empresasis)) == (0, ())

    def test_less_than_nothing_is_refused(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 5000)
        before = contents(store)
        sentence = "El saldo a favor es de $ 50.00; no alcanza."
        with refused(sentence, PaymentRefused), store.writing() as session:
            assert kemper.desk_id is not None
            move_balance(
                session,
                kemper.desk_id,
                -5001,
                LedgerReason.APPLIED,
                order_id=1,
                now=store.clock.now(),
            )
        assert contents(store) == before

    def test_all_of_the_demos_follow(self, store: Store) -> None:
        assert rows(store, BalanceEntry)
        with store.reading() as session:
            assert list(broken_balances(session)) == []

    def test_one_that_does_not_follow_is_named(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 5000)
        assert kemper.desk_id is not None
        with store.writing() as session:
            session.add(
                BalanceEntry(
                    desk_id=kemper.desk_id,
                    place=2,
                    delta_centavos=1,
                    balance_centavos=900000,
                    reason=LedgerReason.EXCESS,
                    at=store.clock.now(),
                )
            )
        with store.reading() as session:
            assert list(broken_balances(session)) == [f"{kemper.desk_id}:2"]

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE balance_entry SET balance_centavos = 900000",
            "UPDATE balance_entry SET at = at",
            "DELETE FROM balance_entry",
        ],
    )
    def test_what_is_written_stays(self, store: Store, change: str) -> None:
        before = contents(store)
        with pytest.raises(DBAPIError, match="append-only"), store.writing() as session:
            session.connection().execute(text(change))
        assert contents(store) == before


class TestPaying:
    """It confirms itself, since the ledger stands behind it."""

    def test_all_that_is_missing(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 10000)
        order = ordered(store, kemper)
        outcome = applied(store, kemper, order.order_id)
        assert (outcome.state, outcome.missing_centavos) == (OrderState.DELIVERED, 0)
        assert balance(store, kemper) == 10000 - MONTH_OF_4G
        payment = rows(store, Payment)[-1]
        assert (payment.method, payment.state) == (PaymentMethod.BALANCE, PaymentState.CONFIRMED)
        assert payment.decided_by == payment.declared_by == kemper.account_id

    def test_as_much_as_there_is(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 5000)
        order = ordered(store, kemper)
        outcome = applied(store, kemper, order.order_id)
        assert (outcome.state, outcome.missing_centavos) == (OrderState.TO_PAY, MONTH_OF_4G - 5000)
        assert balance(store, kemper) == 0
        assert paid(store, order.order_id, cash(store, 2540)).state is OrderState.DELIVERED

    def test_a_part_of_it(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 5000)
        order = ordered(store, kemper)
        assert applied(store, kemper, order.order_id, 40).missing_centavos == 7500
        assert balance(store, kemper) == 4960

    def test_beside_a_payment_in_review(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 5000)
        order = ordered(store, kemper)
        declared(store, kemper, order.order_id, spei(store, 2540))
        assert applied(store, kemper, order.order_id).state is OrderState.IN_REVIEW

    def test_an_operator_may(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 10000)
        order = ordered(store, kemper)
        operator = colleague(store, kemper, "operadora", Role.OPERADOR)
        assert applied(store, operator, order.order_id).state is OrderState.DELIVERED

    def test_without_a_saldo(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        with refused("No hay saldo a favor.", PaymentRefused):
            applied(store, kemper, order.order_id)

    def test_more_than_there_is(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 5000)
        order = ordered(store, kemper)
        before = contents(store)
        with refused("El saldo a favor es de $ 50.00; no alcanza.", PaymentRefused):
            applied(store, kemper, order.order_id, 5001)
        assert contents(store) == before

    @pytest.mark.parametrize("amount", [0, -1, MONTH_OF_4G + 1])
    def test_more_than_is_missing_or_nothing(
        self, store: Store, kemper: Person, amount: int
    ) -> None:
        given(store, kemper, 50000)
        order = ordered(store, kemper)
        with refused("Al pedido le faltan $ 75.40.", Mistyped, field="amount"):
            applied(store, kemper, order.order_id, amount)

    def test_an_order_that_waits_for_nothing(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 10000)
        order = ordered(store, kemper)
        applied(store, kemper, order.order_id)
        before = contents(store)
        with refused("Ese pedido ya no espera un pago.", OrderRefused):
            applied(store, kemper, order.order_id)
        assert contents(store) == before

    def test_another_desks_order(self, store: Store, kemper: Person, empresasis: Person) -> None:
        given(store, empresasis, 10000)
        order = ordered(store, kemper)
        with refused("No hay ese pedido.", NotFound):
            applied(store, empresasis, order.order_id)

    def test_who_may_not(self, store: Store, kemper: Person) -> None:
        given(store, kemper, 10000)
        order = ordered(store, kemper)
        looker = colleague(store, kemper, "consultora", Role.CONSULTA)
        for person in (looker, member(store, "caja1"), member(store, "admin")):
            with refused(NOT_ALLOWED, NotAllowed):
                applied(store, person, order.order_id)
        assert row_of(store, order.order_id).state is OrderState.TO_PAY
