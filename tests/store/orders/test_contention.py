"""Eight processes at once: one order, one payment, one delivery; a ledger whose rows all follow one another."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from store.accounts.person import Person
from store.demo import START
from store.errors import Refusal, StoreBusy
from store.espacio.tables import EspacioContract
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.tables import KeyState, PrepaidKey
from store.mail.tables import Mail
from store.orders.balance import broken_balances
from store.orders.balance_payment import pay_with_balance
from store.orders.cart import count_units, put_stamps
from store.orders.checkout import Checkout
from store.orders.expiry import expire_orders
from store.orders.tables import (
    BalanceEntry,
    OrderItem,
    OrderState,
    Payment,
    PaymentState,
    SaleOrder,
)
from store.settings import Settings
from tests.store.contents import rows
from tests.store.orders.shopping import (
    MONTH_OF_4G,
    bought,
    cash,
    confirmed,
    ordered,
    paid,
    placed,
    prepared,
    put_4g,
    put_50,
    recorded,
    row_of,
    spei,
)
from tests.store.people import member
from tests.store.processes import finish, start
from tests.store.watch import Watch

AT_ONCE = 8


def opened(address: str, days: float = 0) -> Store:
    """Open the store in another process, at the moment in which the tests live."""
    watch = Watch(START)
    watch.passes(days=days)
    return replace(open_store(Settings(store=address)), clock=watch.clock)


def wait(at: float) -> None:
    """Begin together with the others."""
    time.sleep(max(0.0, at - time.monotonic()))


def soon() -> float:
    return time.monotonic() + 1.5


def places(address: str, person: Person, checkout: Checkout, at: float, results: Path) -> None:
    store = opened(address)
    wait(at)
    order = placed(store, person, checkout)
    with results.open("a") as file:
        file.write(f"{order.folio} {order.is_new}\n")


def places_own(address: str, person: Person, at: float, results: Path) -> None:
    store = opened(address)
    checkout = prepared(store, person)
    wait(at)
    order = placed(store, person, checkout)
    with results.open("a") as file:
        file.write(f"{order.folio} {order.is_new}\n")


def confirms(address: str, payment_id: int, by: str, at: float, results: Path) -> None:
    store = opened(address)
    wait(at)
    try:
        outcome = confirmed(store, payment_id, by)
        said = outcome.state.value
    except Refusal as refusal:
        said = refusal.sentence
    with results.open("a") as file:
        file.write(f"{said}\n")


def records(address: str, order_id: int, at: float, results: Path) -> None:
    store = opened(address)
    wait(at)
    try:
        recorded(store, order_id, spei(store, MONTH_OF_4G))
        said = "recorded"
    except Refusal as refusal:
        said = refusal.sentence
    with results.open("a") as file:
        file.write(f"{said}\n")


def applies(address: str, person: Person, order_id: int, amount: int, at: float) -> None:
    store = opened(address)
    wait(at)
    try:
        with store.writing() as session:
            pay_with_balance(session, person, order_id, store, amount)
    except StoreBusy:
        raise
    except Refusal:
        pass


def fills(address: str, person: Person, at: float) -> None:
    store = opened(address)
    wait(at)
    with store.writing() as session:
        put_stamps(session, person, "TIMBRES-50", 1, store.clock)


def expires(address: str, at: float, results: Path) -> None:
    store = opened(address, days=30)
    wait(at)
    with store.writing() as session:
        expired = expire_orders(session, store.clock)
    with results.open("a") as file:
        file.write(f"{expired}\n")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Where the processes write down what they were told."""
    path = tmp_path / "results"
    path.touch()
    return path


def test_one_checkout_is_one_order(
    store: Store, kemper: Person, address: str, results: Path
) -> None:
    put_4g(store, kemper)
    put_50(store, kemper)
    checkout, at = prepared(store, kemper), soon()
    finish([start(places, address, kemper, checkout, at, results) for _process in range(AT_ONCE)])
    said = results.read_text().splitlines()
    assert sorted(said) == ["P-000013 False"] * (AT_ONCE - 1) + ["P-000013 True"]
    orders = [row for row in rows(store, SaleOrder) if row.desk_id == kemper.desk_id]
    assert [order.state for order in orders] == [OrderState.TO_PAY]
    assert len(rows(store, Mail)) == 1


def test_one_cart_in_many_sessions_is_one_order(
    store: Store, kemper: Person, address: str, results: Path
) -> None:
    put_4g(store, kemper)
    at = soon()
    finish([start(places_own, address, kemper, at, results) for _process in range(AT_ONCE)])
    assert {line.split()[0] for line in results.read_text().splitlines()} == {"P-000013"}
    assert results.read_text().count("True") == 1


def test_many_desks_take_folios_without_a_gap(store: Store, address: str, results: Path) -> None:
    people = [
        member(store, username)
        for username in ("kemper", "empresasis", "herreria", "kernel", "iluminadora", "valordes", "robotica")
    ]  # fmt: skip
    for person in people:
        put_50(store, person)
    at = soon()
    finish([start(places_own, address, person, at, results) for person in people])
    folios = sorted(line.split()[0] for line in results.read_text().splitlines())
    assert folios == [f"P-{number:06}" for number in range(13, 13 + len(people))]
    numbers = sorted(row.number for row in rows(store, SaleOrder) if row.number)
    assert numbers == list(range(1, 13 + len(people)))


def test_one_payment_is_confirmed_once_and_delivers_once(
    store: Store, kemper: Person, address: str, results: Path
) -> None:
    order = ordered(store, kemper, stamps=2)
    payment = recorded(store, order.order_id, cash(store, order.total_centavos)).payment_id
    at = soon()
    finish(
        start(confirms, address, payment, by, at, results)
        for by in ("caja2", "admin") * (AT_ONCE // 2)
    )
    said = sorted(results.read_text().splitlines())
    assert said == sorted(["surtido"] + ["Ese pago ya se decidió."] * (AT_ONCE - 1))
    delivered_once(store, kemper, keys=2)


def delivered_once(store: Store, person: Person, keys: int) -> None:
    """Show that what was bought is there, and there once."""
    with store.reading():
        held = [
            key
            for key in rows(store, PrepaidKey)
            if key.desk_id == person.desk_id and key.state is KeyState.AVAILABLE
        ]
    items = {item.id for item in rows(store, OrderItem) if item.delivered_at and item.espacio_line}
    contracts = [row.order_item_id for row in rows(store, EspacioContract) if row.order_item_id]
    assert len(held) == keys
    assert sorted(contracts) == sorted(items)
    facts = [mail.fact for mail in rows(store, Mail)]
    assert len(facts) == len(set(facts))


def test_parts_that_come_together_pay_it_once(
    store: Store, kemper: Person, address: str, results: Path
) -> None:
    order = ordered(store, kemper, stamps=1)
    part = order.total_centavos // AT_ONCE + 1
    payments = [
        recorded(store, order.order_id, spei(store, part, f"PART{number:04}")).payment_id
        for number in range(AT_ONCE)
    ]
    at = soon()
    finish([start(confirms, address, payment, "caja2", at, results) for payment in payments])
    row = row_of(store, order.order_id)
    assert (row.state, row.paid_centavos) == (OrderState.DELIVERED, order.total_centavos)
    too_much = part * AT_ONCE - order.total_centavos
    (entry,) = [entry for entry in rows(store, BalanceEntry) if entry.desk_id == kemper.desk_id]
    assert entry.balance_centavos == too_much
    delivered_once(store, kemper, keys=1)


def test_one_movement_pays_one_of_many_orders(store: Store, address: str, results: Path) -> None:
    """Each order is another desk's, so no lock but the movement's own holds them apart."""
    usernames = (
        "kemper",
        "empresasis",
        "herreria",
        "kernel",
        "iluminadora",
        "valordes",
        "robotica",
    )
    orders = [
        ordered(store, member(store, username), plan=None, stamps=1) for username in usernames
    ]
    at = soon()
    finish([start(records, address, order.order_id, at, results) for order in orders])
    said = results.read_text().splitlines()
    assert said.count("recorded") == 1
    others = [line for line in said if line != "recorded"]
    assert len(others) == len(usernames) - 1
    assert all(line.startswith("Esa referencia ya pagó el pedido P-0000") for line in others)
    live = [row for row in rows(store, Payment) if row.tracking == "MBAN01000001"]
    assert [row.state for row in live] == [PaymentState.RECORDED]


def test_the_ledger_follows_itself(store: Store, kemper: Person, address: str) -> None:
    spent = bought(store, kemper, plan=None, stamps=1)
    paid(store, spent.order_id, spei(store, 10_000, "EXTRA"))
    order = ordered(store, kemper, "80G", "anual")
    at = soon()
    finish(
        [start(applies, address, kemper, order.order_id, 3000, at) for _process in range(AT_ONCE)]
    )
    entries = [entry for entry in rows(store, BalanceEntry) if entry.desk_id == kemper.desk_id]
    assert [entry.balance_centavos for entry in entries] == [10_000, 7000, 4000, 1000]
    assert row_of(store, order.order_id).paid_centavos == 9000
    with store.reading() as session:
        assert list(broken_balances(session)) == []


def test_a_cart_that_many_fill(store: Store, kemper: Person, address: str) -> None:
    at = soon()
    finish([start(fills, address, kemper, at) for _process in range(AT_ONCE)])
    with store.reading() as session:
        assert count_units(session, kemper) == AT_ONCE
    assert len([row for row in rows(store, SaleOrder) if row.desk_id == kemper.desk_id]) == 1


def test_an_order_expires_once_or_is_paid(
    store: Store, kemper: Person, address: str, results: Path
) -> None:
    order = ordered(store, kemper)
    payment = recorded(store, order.order_id, spei(store, 1000)).payment_id
    confirmed(store, payment)
    rest = recorded(store, order.order_id, spei(store, MONTH_OF_4G - 1000, "REST0001"))
    at = soon()
    clocks = [start(expires, address, at, results) for _process in range(AT_ONCE // 2)]
    payers = [
        start(confirms, address, rest.payment_id, by, at, results)
        for by in ("caja2", "admin") * (AT_ONCE // 4)
    ]
    finish([*clocks, *payers])
    # Its payment was in review, so no clock could touch it.
    assert row_of(store, order.order_id).state is OrderState.DELIVERED
    expired = [int(line) for line in results.read_text().splitlines() if line.isdigit()]
    assert sum(expired) == 2  # the demo's own two, once each


def test_an_order_is_either_paid_or_expired(
    store: Store, kemper: Person, address: str, results: Path
) -> None:
    spent = bought(store, kemper, plan=None, stamps=1)
    paid(store, spent.order_id, spei(store, MONTH_OF_4G, "EXTRA"))
    order = ordered(store, kemper)
    at = soon()
    clocks = [start(expires, address, at, results) for _process in range(AT_ONCE // 2)]
    payers = [
        start(applies, address, kemper, order.order_id, MONTH_OF_4G, at)
        for _process in range(AT_ONCE // 2)
    ]
    finish([*clocks, *payers])
    row = row_of(store, order.order_id)
    entries = [entry for entry in rows(store, BalanceEntry) if entry.desk_id == kemper.desk_id]
    if row.state is OrderState.EXPIRED:
        assert (row.paid_centavos, entries[-1].balance_centavos) == (0, MONTH_OF_4G)
    else:
        assert row.state is OrderState.DELIVERED
        assert (row.paid_centavos, entries[-1].balance_centavos) == (MONTH_OF_4G, 0)
