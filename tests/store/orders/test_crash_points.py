"""Kill -9 before and behind each statement and each commit: all of it is there or nothing, and a retry does it once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from store.accounts.person import Person
from store.errors import OrderRefused, PaymentRefused
from store.espacio.tables import EspacioContract
from store.installation.doctor import examine
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.tables import PrepaidKey
from store.mail.tables import Mail
from store.orders.balance import broken_balances
from store.orders.cancel import cancel_order
from store.orders.checkout import Checkout
from store.orders.refunds import approve_refund, ask_refund
from store.orders.tables import BalanceEntry, OrderState, Payment, PaymentState, SaleOrder
from store.settings import Settings
from tests.store.contents import Contents, contents, rows
from tests.store.crashes import crashes, dies_at
from tests.store.orders.shopping import (
    bought,
    cash,
    confirmed,
    ordered,
    placed,
    prepared,
    put_4g,
    put_50,
    recorded,
    row_of,
    spei,
)
from tests.store.people import member
from tests.store.watch import Watch


def mortal(address: str, point: int) -> Store:
    """Open the store in another process that dies at a point."""
    store = replace(open_store(Settings(store=address)), clock=Watch().clock)
    dies_at(store.engine, point)
    return store


def places(address: str, person: Person, checkout: Checkout, point: int) -> None:
    placed(mortal(address, point), person, checkout)


def confirms(address: str, payment_id: int, point: int) -> None:
    with suppress(PaymentRefused):  # it was decided by the one before, who died behind the commit
        confirmed(mortal(address, point), payment_id)


def records(address: str, order_id: int, point: int) -> None:
    store = mortal(address, point)
    with suppress(PaymentRefused):
        recorded(store, order_id, spei(store, 1000))


def refunds(address: str, refund_id: int, point: int) -> None:
    store = mortal(address, point)
    with suppress(OrderRefused), store.writing() as session:
        approve_refund(session, member(store, "admin"), refund_id, now=store.clock.now())


def cancels(address: str, person: Person, order_id: int, point: int) -> None:
    store = mortal(address, point)
    with suppress(OrderRefused), store.writing() as session:
        cancel_order(session, person, order_id, "Ya no.", now=store.clock.now())


def killed_everywhere(
    store: Store, work: Callable[..., None], *arguments: object, step: int = 1
) -> int:
    """Kill some work at every point; show that the store is then as it was, or as it is for good. Count the kills."""
    states, kills = [contents(store)], 0
    for _point in crashes(work, *arguments, step=step):
        kills += 1
        _note(store, states)
    _note(store, states)
    assert len(states) == 2
    return kills


def _note(store: Store, states: list[Contents]) -> None:
    now = contents(store)
    if now != states[-1]:
        states.append(now)


def sound(store: Store) -> None:
    with store.reading() as session:
        assert list(broken_balances(session)) == []
    assert all(finding.sound for finding in examine(store))


def test_placing(store: Store, kemper: Person, address: str) -> None:
    put_4g(store, kemper)
    put_50(store, kemper, 2)
    checkout = prepared(store, kemper)
    assert killed_everywhere(store, places, address, kemper, checkout) > 40
    order = placed(store, kemper, checkout)
    assert (order.folio, order.is_new) == ("P-000013", False)
    assert [mail.fact for mail in rows(store, Mail)] == [f"order-placed:{order.order_id}"]
    assert sorted(row.number for row in rows(store, SaleOrder) if row.number)[-1] == 13
    sound(store)


def test_confirming(store: Store, kemper: Person, address: str) -> None:
    order = ordered(store, kemper, stamps=2)
    money = cash(store, order.total_centavos + 60)
    payment = recorded(store, order.order_id, money).payment_id
    keys = len(rows(store, PrepaidKey))
    assert killed_everywhere(store, confirms, address, payment) > 80
    assert row_of(store, order.order_id).state is OrderState.DELIVERED
    assert len(rows(store, PrepaidKey)) == keys + 2
    contracts = [row for row in rows(store, EspacioContract) if row.order_item_id]
    assert len(contracts) == 5  # the demo's four, and one
    (entry,) = [row for row in rows(store, BalanceEntry) if row.desk_id == kemper.desk_id]
    assert entry.balance_centavos == 60
    facts = [mail.fact.split(":")[0] for mail in rows(store, Mail)]
    assert facts == ["order-placed", "espacio-contracted", "payment-confirmed"]
    sound(store)


def test_recording(store: Store, kemper: Person, address: str) -> None:
    order = ordered(store, kemper)
    killed_everywhere(store, records, address, order.order_id, step=3)
    (payment,) = [row for row in rows(store, Payment) if row.order_id == order.order_id]
    assert payment.state is PaymentState.RECORDED
    sound(store)


def test_refunding(store: Store, kemper: Person, address: str) -> None:
    order = bought(store, kemper, stamps=1)
    with store.writing() as session:
        caja, now = member(store, "caja1"), store.clock.now()
        refund = ask_refund(session, caja, order.order_id, "Lo pidió.", now=now)
    killed_everywhere(store, refunds, address, refund, step=3)
    (entry,) = [row for row in rows(store, BalanceEntry) if row.desk_id == kemper.desk_id]
    assert entry.balance_centavos == order.total_centavos
    sound(store)


def test_cancelling(store: Store, kemper: Person, address: str) -> None:
    order = ordered(store, kemper)
    confirmed(store, recorded(store, order.order_id, spei(store, 1000)).payment_id)
    killed_everywhere(store, cancels, address, kemper, order.order_id, step=3)
    (entry,) = [row for row in rows(store, BalanceEntry) if row.desk_id == kemper.desk_id]
    assert entry.balance_centavos == 1000
    sound(store)
