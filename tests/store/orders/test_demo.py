"""The demo's desks and orders, as the issue asks for them."""

import pytest

from store import demo
from store.accounts.person import Person
from store.accounts.signing_in import Door, sign_in
from store.espacio.clock_work import tick
from store.espacio.tables import ContractState, EspacioContract
from store.installation.store import Store
from store.mail.tables import Mail
from store.orders.balance import balance_of, broken_balances
from store.orders.cart import cart_of
from store.orders.listing import my_orders
from store.orders.tables import Payment, PaymentState, SaleOrder
from tests.store.contents import rows
from tests.store.espacio.buying import contracts
from tests.store.people import member
from tests.store.watch import Watch


@pytest.mark.parametrize("username", demo.STAFF)
def test_the_staff_enter_at_once(store: Store, username: str) -> None:
    entered = sign_in(store, username, demo.PASSWORD, door=Door.CUSTOMERS, origin="x")
    assert not entered.must_change_password
    assert entered.person.staff_role is not None
    assert username.startswith(entered.person.staff_role.value)


@pytest.mark.parametrize(
    ("username", "plan", "state", "days"),
    [
        (demo.FREE, "ESPACIO-1G", ContractState.ACTIVE, None),
        (demo.ENDING, "ESPACIO-4G", ContractState.ACTIVE, 21),
        (demo.IN_GRACE, "ESPACIO-10G", ContractState.GRACE, -4),
        (demo.SUSPENDED, "ESPACIO-4G", ContractState.SUSPENDED, -24),
        (demo.LARGE, "ESPACIO-80G", ContractState.ACTIVE, 231),
    ],
)
def test_an_espacio_of_each_kind(
    store: Store, username: str, plan: str, state: ContractState, days: int | None
) -> None:
    (contract,) = contracts(store, member(store, username))
    left = None if contract.ends_on is None else (contract.ends_on - store.clock.today()).days
    assert (contract.plan_code, contract.state, left) == (plan, state, days)


def test_kemper_has_nothing(store: Store, kemper: Person) -> None:
    assert contracts(store, kemper) == []
    with store.reading() as session:
        assert my_orders(session, kemper).count(session) == 0
        assert cart_of(session, kemper, store.clock).lines == ()
        assert balance_of(session, kemper) == 0


def test_the_distributor_has_three_packages_in_its_cart(store: Store, empresasis: Person) -> None:
    with store.reading() as session:
        cart = cart_of(session, empresasis, store.clock)
    assert [line.price.quantity for line in cart.lines] == [2, 1]
    assert contracts(store, empresasis) == []


def test_nobody_is_written_to_about_it(store: Store) -> None:
    assert rows(store, Mail) == []


def test_payments_in_every_state_that_waits(store: Store) -> None:
    states = {payment.state for payment in rows(store, Payment)}
    assert states == set(PaymentState) - {PaymentState.REJECTED}


def test_one_was_paid_sixty_cents_too_much(store: Store) -> None:
    with store.reading() as session:
        assert balance_of(session, member(store, demo.IN_GRACE)) == 60
        assert list(broken_balances(session)) == []


def test_folios_have_no_gaps(store: Store) -> None:
    numbers = [order.number for order in rows(store, SaleOrder) if order.number]
    assert numbers == list(range(1, 13))


def test_the_clock_finds_nothing_to_do_but_a_lot_of_keys(store: Store, watch: Watch) -> None:
    before = rows(store, EspacioContract)
    report = tick(store)
    assert (report.begun, report.in_grace, report.suspended, report.expired) == (0, 0, 0, 0)
    assert (report.reminded, report.orders) == (0, 0)
    assert rows(store, EspacioContract) == before
