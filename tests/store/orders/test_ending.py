"""Cancelling, expiring, and ordering again."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, update

from store.accounts.person import Person
from store.accounts.tables import Role, StaffRole
from store.catalogue.tables import Price
from store.errors import CardNumberTyped, Mistyped, NotAllowed, NotFound, OrderRefused
from store.espacio.clock_work import tick
from store.installation.store import Store
from store.mail.tables import Mail
from store.orders.again import Again, order_again
from store.orders.balance import balance_of
from store.orders.cancel import cancel_order
from store.orders.expiry import expire_orders, remind_of_orders
from store.orders.tables import Change, OrderState, SaleOrder
from tests.store.contents import contents, rows
from tests.store.orders.shopping import (
    MONTH_OF_4G,
    bought,
    declared,
    ordered,
    paid,
    prepared,
    put_50,
    recorded,
    row_of,
    spei,
)
from tests.store.orders.test_cart import cart, new_price
from tests.store.people import colleague, employee, member
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch


def cancelled(store: Store, person: Person, order_id: int, reason: str = "Ya no.") -> int:
    with store.writing() as session:
        return cancel_order(session, person, order_id, reason, now=store.clock.now())


def expired(store: Store) -> int:
    with store.writing() as session:
        return expire_orders(session, store.clock)


def reminded(store: Store) -> int:
    with store.writing() as session:
        return remind_of_orders(session, store.clock)


def again(store: Store, person: Person, order_id: int) -> Again:
    with store.writing() as session:
        return order_again(session, person, order_id, store.clock)


def saldo(store: Store, person: Person) -> int:
    with store.reading() as session:
        return balance_of(session, person)


class TestCancelling:
    """While it waits for money."""

    def test_it_says_why(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        assert cancelled(store, kemper, order.order_id, "  Me   equivoqué. ") == 0
        row = row_of(store, order.order_id)
        assert (row.state, row.reason) == (OrderState.CANCELLED, "Me equivoqué.")
        mail = rows(store, Mail)[-1]
        assert mail.subject == f"Pedido cancelado: {order.folio}"
        assert mail.body == f"El pedido {order.folio} de ESCUELA KEMPER URGATE quedó cancelado.\n"

    def test_what_had_been_confirmed_is_the_desks(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, 7000))
        assert cancelled(store, kemper, order.order_id) == 7000
        assert saldo(store, kemper) == 7000
        assert "Quedaron $ 70.00 como saldo a favor.\n" in rows(store, Mail)[-1].body

    def test_not_while_a_payment_is_looked_at(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        before = contents(store)
        sentence = "Ese pedido tiene un pago en revisión; espera a que se decida."
        with refused(sentence, OrderRefused):
            cancelled(store, kemper, order.order_id)
        assert contents(store) == before

    def test_not_what_is_paid_and_not_twice(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        with refused("Ese pedido ya no se puede cancelar.", OrderRefused):
            cancelled(store, kemper, order.order_id)
        other = ordered(store, kemper, plan=None, stamps=1)
        cancelled(store, kemper, other.order_id)
        with refused("Ese pedido ya no se puede cancelar.", OrderRefused):
            cancelled(store, kemper, other.order_id)

    def test_the_desk_may_contract_again(self, store: Store, kemper: Person) -> None:
        cancelled(store, kemper, ordered(store, kemper).order_id)
        assert ordered(store, kemper).is_new

    def test_a_reason_is_asked_for(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        with refused("Escribe el motivo.", Mistyped, field="reason"):
            cancelled(store, kemper, order.order_id, "\t ")
        with pytest.raises(CardNumberTyped):
            cancelled(store, kemper, order.order_id, "4111111111111111")

    def test_soporte_may_and_caja_may_not(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        looker = colleague(store, kemper, "consultora", Role.CONSULTA)
        for person in (looker, member(store, "caja1"), member(store, "auditor")):
            with refused(NOT_ALLOWED, NotAllowed):
                cancelled(store, person, order.order_id)
        cancelled(store, member(store, "soporte"), order.order_id)

    def test_another_desks_order_is_none(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        order = ordered(store, kemper)
        with refused("No hay ese pedido.", NotFound):
            cancelled(store, empresasis, order.order_id)


class TestExpiring:
    """The day after its last one."""

    @pytest.fixture(autouse=True)
    def _only_kempers(self, store: Store) -> None:
        """The demo's own orders do not wait for anything here."""
        with store.writing() as session:
            session.exec(
                update(SaleOrder)
                .where(col(SaleOrder.state) == OrderState.TO_PAY)
                .values(due_on=date(2030, 1, 1))
            )

    def test_on_its_last_day_it_can_be_paid(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        order = ordered(store, kemper)
        watch.passes(days=7, hours=10, minutes=59)  # 23:59 of 21/07 at the desk
        assert expired(store) == 0
        watch.passes(minutes=1)
        assert expired(store) == 1
        assert row_of(store, order.order_id).state is OrderState.EXPIRED
        assert rows(store, Mail)[-1].subject == f"Pedido vencido: {order.folio}"

    def test_twice_is_once(self, store: Store, kemper: Person, watch: Watch) -> None:
        ordered(store, kemper)
        watch.passes(days=8)
        assert expired(store) == 1
        before = contents(store)
        assert expired(store) == 0
        assert contents(store) == before

    def test_one_in_review_waits_for_its_decision(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        order = ordered(store, kemper)
        outcome = recorded(store, order.order_id, spei(store, MONTH_OF_4G))
        watch.passes(days=30)
        assert expired(store) == 0
        assert (
            paid(store, order.order_id, spei(store, MONTH_OF_4G, "OTHER999")).missing_centavos == 0
        )
        assert outcome.folio == order.folio

    def test_what_had_been_confirmed_is_the_desks(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, 7000))
        watch.passes(days=8)
        assert expired(store) == 1
        assert saldo(store, kemper) == 7000

    def test_money_that_comes_too_late_is_the_desks(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        order = ordered(store, kemper)
        watch.passes(days=8)
        expired(store)
        outcome = paid(store, order.order_id, spei(store, MONTH_OF_4G))
        assert (outcome.state, outcome.to_balance_centavos) == (OrderState.EXPIRED, MONTH_OF_4G)

    def test_it_is_a_step_of_the_clocks_work(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        ordered(store, kemper)
        watch.passes(days=8)
        assert tick(store).orders == 1
        assert tick(store).orders == 0

    def test_it_says_so_the_day_before_once(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        order = ordered(store, kemper)
        watch.passes(days=5)
        assert reminded(store) == 0
        watch.passes(days=1)
        assert tick(store).reminded == 2  # this one, and the end of a contract of the demo
        assert reminded(store) == 0
        watch.passes(days=1)
        assert reminded(store) == 0
        (mail,) = [mail for mail in rows(store, Mail) if mail.fact == f"order-due:{order.order_id}"]
        assert mail.body == (
            f"Al pedido {order.folio} de ESCUELA KEMPER URGATE le faltan $ 75.40.\n"
            "Se puede pagar a más tardar el 21/07/2020; después vence.\n"
        )


class TestAgain:
    """The lines of an order, at today's prices, in the cart."""

    def test_what_is_sold_is_put_in(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, "10G", "anual", stamps=3)
        cancelled(store, kemper, order.order_id)
        new_price(store, "TIMBRES-50", 15000)
        found = again(store, kemper, order.order_id)
        assert found.left_out == ()
        assert found.cart == cart(store, kemper)
        assert [(line.price.description, line.price.quantity) for line in found.cart.lines] == [
            ("@spacio 10G por un Año", 1),
            ("50 Timbres", 3),
        ]
        assert found.cart.gross_centavos == 187200 + 45000

    def test_the_order_stays_as_it_was(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, stamps=1)
        cancelled(store, kemper, order.order_id)
        before = row_of(store, order.order_id)
        again(store, kemper, order.order_id)
        assert row_of(store, order.order_id) == before

    def test_of_the_plan_that_runs_it_is_a_renewal(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        (line,) = again(store, kemper, order.order_id).cart.lines
        assert line.price.change is Change.RENEWAL

    def test_what_cannot_be_had_is_told(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, stamps=999)
        put_50(store, kemper, 1)
        found = again(store, kemper, order.order_id)
        assert found.left_out == (
            f"Ya hay un pedido por pagar ({order.folio}).",
            "50 Timbres: La cantidad va de 1 a 999.",
        )
        assert found.cart.units == 1
        with store.writing() as session:
            yesterday = store.clock.today() - timedelta(days=1)
            session.exec(update(Price).values(valid_to=yesterday))
        assert again(store, kemper, order.order_id).left_out == (
            "@spacio 4G no está a la venta hoy.",
            "50 Timbres: La cantidad va de 1 a 999.",
        )

    def test_it_can_be_placed(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        cancelled(store, kemper, order.order_id)
        again(store, kemper, order.order_id)
        assert prepared(store, kemper).cart.total_centavos == MONTH_OF_4G

    @pytest.mark.parametrize("role", [Role.CONSULTA, StaffRole.CAJA, StaffRole.ADMIN])
    def test_who_may_not(self, store: Store, kemper: Person, role: Role | StaffRole) -> None:
        order = ordered(store, kemper)
        if isinstance(role, Role):
            person = colleague(store, kemper, "consultora", role)
        else:
            person = employee(store, "personal", role)
        with refused(NOT_ALLOWED, NotAllowed):
            again(store, person, order.order_id)

    def test_another_desks_order_is_none(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        order = ordered(store, kemper)
        with refused("No hay ese pedido.", NotFound):
            again(store, empresasis, order.order_id)
