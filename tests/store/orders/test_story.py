"""Whatever people do in whatever order: money is neither made nor lost, and what is delivered was paid for once."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, col, func, select

from store.accounts.person import Person
from store.errors import Refusal, StoreRefused
from store.espacio.clock_work import tick
from store.espacio.free import activate_free
from store.espacio.removing import remove_change
from store.espacio.tables import ContractState, EspacioContract, Naming
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.tables import KeyLot, PrepaidKey
from store.orders.again import order_again
from store.orders.balance import broken_balances
from store.orders.balance_payment import pay_with_balance
from store.orders.cancel import cancel_order
from store.orders.cart import put_espacio, put_stamps
from store.orders.checkout import place, prepare
from store.orders.deciding import confirm_payment, reject_payment
from store.orders.fulfilment import lot_folio
from store.orders.movement import Money
from store.orders.payments import declare_payment, record_payment
from store.orders.refunds import approve_refund, ask_refund
from store.orders.tables import (
    OPEN,
    UNDECIDED,
    BalanceEntry,
    LedgerReason,
    OrderItem,
    OrderState,
    Payment,
    PaymentMethod,
    PaymentState,
    Refund,
    RefundState,
    SaleOrder,
)
from store.settings import Settings
from tests.store.databases import copied, demo_file
from tests.store.people import member
from tests.store.stories import story_settings
from tests.store.watch import Watch

PLANS, TERMS = ("4G", "10G", "40G", "80G"), ("mensual", "bimestral", "anual")
_ENDED = (OrderState.CANCELLED, OrderState.EXPIRED)
_PAID = (OrderState.PAID, OrderState.DELIVERED, OrderState.REFUNDED)
_ARRIVED = (PaymentState.CONFIRMED, PaymentState.RETURNED)


class Desk(RuleBasedStateMachine):
    """One desk, its caja, and the days that pass."""

    orders: Bundle[int] = Bundle("orders")
    waiting: Bundle[int] = Bundle("waiting")
    refunds: Bundle[int] = Bundle("refunds")

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = copied(file, file.with_name("story.db"))
        self.watch = Watch()
        opened = open_store(Settings(store=str(self._file)))
        self.store: Store = replace(opened, clock=self.watch.clock)
        self.kemper: Person = member(self.store, "kemper")
        self.number = 0

    def teardown(self) -> None:
        self.store.close()
        for left in self._file.parent.glob("story.db*"):
            left.unlink()

    def does(self, work: Any, *arguments: Any, **more: Any) -> Any:
        """Do one thing in a transaction; a refusal is an answer like any other, a fault of the store is not."""
        try:
            with self.store.writing() as session:
                return work(session, *arguments, **more)
        except StoreRefused:
            raise
        except Refusal:
            return None

    def money(self, amount: int, method: PaymentMethod) -> Money:
        self.number += 1
        return Money(method, amount, self.store.clock.today(), "BBVA", f"N{self.number:08}")

    @initialize(free=st.booleans())
    def begin(self, free: bool) -> None:
        if free:
            self.does(activate_free, self.kemper, self.store)

    @rule(plan=st.sampled_from(PLANS), term=st.sampled_from(TERMS), naming=st.sampled_from(Naming))
    def puts_espacio(self, plan: str, term: str, naming: Naming) -> None:
        clock = self.store.clock
        self.does(put_espacio, self.kemper, f"ESPACIO-{plan}", term, naming, clock, renewing=True)

    @rule(quantity=st.integers(1, 3))
    def puts_stamps(self, quantity: int) -> None:
        self.does(put_stamps, self.kemper, "TIMBRES-50", quantity, self.store.clock)

    @rule(target=orders, times=st.integers(1, 2))
    def places(self, times: int) -> Any:
        with suppress(Refusal), self.store.reading() as session:
            checkout = prepare(session, self.kemper, self.store.clock)
            placed = [
                self.does(place, self.kemper, checkout, self.store, accepted=True)
                for _time in range(times)
            ]
            if placed[0] is not None:
                assert len({order.order_id for order in placed}) == 1
                return placed[0].order_id
        return multiple()

    @rule(
        target=orders,
        plan=st.sampled_from(PLANS),
        term=st.sampled_from(TERMS),
        more=st.sampled_from((0, 5000)),
    )
    def buys(self, plan: str, term: str, more: int) -> Any:
        """Go the whole way, as most people do."""
        self.puts_espacio(plan, term, Naming.RFC)
        order = self.places(1)
        if not isinstance(order, int):
            return multiple()
        money = self.money(self._amount(order, 1) + more, PaymentMethod.CASH)
        done = self.does(record_payment, member(self.store, "caja1"), order, money, self.store)
        if done is not None:
            self.does(confirm_payment, member(self.store, "caja2"), done.payment_id, self.store)
        return order

    @rule(order=orders)
    def is_refunded(self, order: int) -> None:
        """Ask for the money and have it back."""
        refund = self.asks_refund(order, None)
        if isinstance(refund, int):
            self.approves_refund(refund, "admin")

    @rule(target=waiting, order=orders, part=st.sampled_from((1, 2, 3)))
    def declares(self, order: int, part: int) -> Any:
        money = self.money(self._amount(order, part), PaymentMethod.SPEI)
        done = self.does(declare_payment, self.kemper, order, money, self.store)
        return done.payment_id if done else multiple()

    @rule(
        target=waiting,
        order=orders,
        part=st.sampled_from((1, 2, 3)),
        more=st.sampled_from((0, 60)),
        method=st.sampled_from((PaymentMethod.SPEI, PaymentMethod.CASH)),
    )
    def records(self, order: int, part: int, more: int, method: PaymentMethod) -> Any:
        caja = member(self.store, "caja1")
        money = self.money(self._amount(order, part) + more, method)
        done = self.does(record_payment, caja, order, money, self.store)
        return done.payment_id if done else multiple()

    @rule(payment=waiting, by=st.sampled_from(("caja1", "caja2", "admin")))
    def confirms(self, payment: int, by: str) -> None:
        self.does(confirm_payment, member(self.store, by), payment, self.store)

    @rule(payment=consumes(waiting))
    def rejects(self, payment: int) -> None:
        self.does(reject_payment, member(self.store, "caja2"), payment, "No llegó.", self.store)

    @rule(order=orders)
    def pays_with_balance(self, order: int) -> None:
        self.does(pay_with_balance, self.kemper, order, self.store)

    @rule(order=orders)
    def cancels(self, order: int) -> None:
        self.does(cancel_order, self.kemper, order, "Ya no.", now=self.store.clock.now())

    @rule(order=orders)
    def orders_again(self, order: int) -> None:
        self.does(order_again, self.kemper, order, self.store.clock)

    @rule(target=refunds, order=orders, amount=st.sampled_from((None, 100)))
    def asks_refund(self, order: int, amount: int | None) -> Any:
        caja, now = member(self.store, "caja1"), self.store.clock.now()
        done = self.does(ask_refund, caja, order, "Lo pidió.", now=now, amount_centavos=amount)
        return done or multiple()

    @rule(refund=refunds, by=st.sampled_from(("caja1", "admin")))
    def approves_refund(self, refund: int, by: str) -> None:
        self.does(approve_refund, member(self.store, by), refund, now=self.store.clock.now())

    @rule()
    def takes_the_change_back(self) -> None:
        self.does(remove_change, self.kemper, self.store)

    @rule(days=st.sampled_from((1, 3, 8, 31, 400)))
    def days_pass(self, days: int) -> None:
        self.watch.passes(days=days)
        tick(self.store)

    def _amount(self, order: int, part: int) -> int:
        with self.store.reading() as session:
            total = session.get_one(SaleOrder, order).total_centavos or 0
        return max(1, total // part)

    @invariant()
    def money_is_neither_made_nor_lost(self) -> None:
        """What arrived, and what contracts gave back, is in orders or in the saldo."""
        with self.store.reading() as session:
            orders, payments = self._orders(session), self._payments(session)
            entries = self._entries(session)
            given_back = {
                refund.order_id: refund.amount_centavos
                for refund in session.exec(select(Refund)).all()
                if refund.state is RefundState.APPROVED
            }
            assert list(broken_balances(session)) == []
        arrived = sum(
            payment.amount_centavos
            for payment in payments
            if payment.state in _ARRIVED and payment.method is not PaymentMethod.BALANCE
        )
        credits = sum(
            entry.delta_centavos for entry in entries if entry.reason is LedgerReason.CREDIT
        )
        kept = sum(
            order.paid_centavos - given_back.get(order.id, 0)
            for order in orders
            if order.state not in _ENDED
        )
        assert arrived + credits == kept + sum(entry.delta_centavos for entry in entries)

    @invariant()
    def an_order_is_what_its_payments_say(self) -> None:
        with self.store.reading() as session:
            orders, payments = self._orders(session), self._payments(session)
        for order in orders:
            mine = [payment for payment in payments if payment.order_id == order.id]
            if order.state in OPEN:
                undecided = any(payment.state in UNDECIDED for payment in mine)
                assert order.state is (OrderState.IN_REVIEW if undecided else OrderState.TO_PAY)
                assert order.missing_centavos > 0
                assert order.paid_centavos == sum(
                    payment.amount_centavos
                    for payment in mine
                    if payment.state is PaymentState.CONFIRMED
                )
            elif order.state in _PAID:
                assert order.missing_centavos == 0
            for payment in mine:
                if payment.state is PaymentState.CONFIRMED and payment.recorded_by is not None:
                    assert payment.decided_by != payment.recorded_by

    @invariant()
    def what_is_delivered_was_paid_for_once(self) -> None:
        with self.store.reading() as session:
            contracts = Counter(
                session.exec(
                    select(EspacioContract.order_item_id).where(
                        col(EspacioContract.order_item_id).is_not(None)
                    )
                ).all()
            )
            for order in self._orders(session):
                for item in self._items(session, order):
                    there = (
                        contracts[item.id]
                        if item.espacio_line
                        else self._keys(session, order, item)
                    )
                    expected = item.quantity if item.delivered_at is not None else 0
                    assert there == expected
                    assert item.delivered_at is None or order.state in _PAID
                    assert item.delivered_at is not None or order.state is not OrderState.DELIVERED

    @invariant()
    def one_contract_is_in_force_and_one_waits_at_most(self) -> None:
        with self.store.reading() as session:
            states = Counter(
                session.exec(
                    select(EspacioContract.espacio_id, EspacioContract.state).where(
                        col(EspacioContract.state).in_(
                            (ContractState.ACTIVE, ContractState.GRACE, ContractState.SUSPENDED)
                        )
                    )
                ).all()
            )
        per_espacio = Counter(espacio for espacio, _state in states.elements())
        assert all(number == 1 for number in per_espacio.values())

    @invariant()
    def folios_have_no_gaps(self) -> None:
        """Whatever was refused on the way to an order."""
        with self.store.reading() as session:
            numbers = session.exec(
                select(SaleOrder.number).where(col(SaleOrder.number).is_not(None))
            ).all()
        assert sorted(filter(None, numbers)) == list(range(1, len(numbers) + 1))

    @invariant()
    def credit_never_exceeds_what_was_paid(self) -> None:
        """What a contract took over was paid for contracts that gave way or ran out, and that nobody gave back."""
        with self.store.reading() as session:
            orders = {order.id: order for order in self._orders(session)}
            items = {
                item.id: item for order in orders.values() for item in self._items(session, order)
            }
            mine = col(EspacioContract.order_item_id).in_(items)
            contracts = session.exec(select(EspacioContract).where(mine)).all()
        for contract in contracts:
            given_way = [
                before.paid_centavos
                for before in contracts
                if before.replaced_by == contract.id
                or (before.state is ContractState.EXPIRED and before.id < contract.id)
            ]
            assert items[contract.order_item_id or 0].credit_centavos <= sum(given_way)
            assert not (
                contract.state is ContractState.REPLACED
                and orders[items[contract.order_item_id or 0].order_id].state is OrderState.REFUNDED
            )

    def _orders(self, session: Session) -> list[SaleOrder]:
        mine = (SaleOrder.desk_id == self.kemper.desk_id, SaleOrder.state != OrderState.CART)
        return list(session.exec(select(SaleOrder).where(*mine)).all())

    def _payments(self, session: Session) -> list[Payment]:
        orders = select(SaleOrder.id).where(SaleOrder.desk_id == self.kemper.desk_id)
        return list(session.exec(select(Payment).where(col(Payment.order_id).in_(orders))).all())

    def _entries(self, session: Session) -> list[BalanceEntry]:
        mine = BalanceEntry.desk_id == self.kemper.desk_id
        return list(session.exec(select(BalanceEntry).where(mine)).all())

    def _items(self, session: Session, order: SaleOrder) -> list[OrderItem]:
        return list(session.exec(select(OrderItem).where(OrderItem.order_id == order.id)).all())

    def _keys(self, session: Session, order: SaleOrder, item: OrderItem) -> int:
        return session.exec(
            select(func.count(col(PrepaidKey.id)))
            .join(KeyLot, col(KeyLot.id) == col(PrepaidKey.lot_id))
            .where(KeyLot.folio == lot_folio(session, order, item))
        ).one()


def test_the_story_of_a_desk(tmp_path: Path) -> None:
    file = demo_file(tmp_path)

    class Story(Desk):
        def __init__(self) -> None:
            super().__init__(file)

    run_state_machine_as_test(Story, settings=story_settings(15, steps=40))
