"""Giving money back: asked by one, decided by another, and what it undoes told before."""

from typing import Any

import pytest
from sqlmodel import col, update

from store.accounts.person import Person
from store.accounts.tables import Role
from store.clients.clients import add_client
from store.errors import (
    CardNumberTyped,
    Mistyped,
    NotAllowed,
    NotFound,
    OrderRefused,
    OwnRefund,
)
from store.espacio.clock_work import tick
from store.espacio.tables import ContractState
from store.installation.store import Store
from store.keys.tables import KeyState, PrepaidKey
from store.mail.tables import Mail
from store.orders.balance import balance_of
from store.orders.refunds import (
    approve_refund,
    ask_refund,
    refund_effects,
    refunds_inbox,
    reject_refund,
)
from store.orders.tables import OrderState, Payment, PaymentState, Refund, RefundState, SaleOrder
from tests.store.contents import contents, rows
from tests.store.espacio.buying import contracts
from tests.store.listed import rows_of
from tests.store.orders.shopping import (
    MONTH_OF_4G,
    bought,
    ordered,
    paid,
    row_of,
    spei,
)
from tests.store.orders.test_fulfilment import keys_of
from tests.store.people import colleague, member
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch


def asked(store: Store, order_id: int, by: str = "caja1", **more: Any) -> int:
    with store.writing() as session:
        return ask_refund(
            session, member(store, by), order_id, "Lo pidió.", now=store.clock.now(), **more
        )


def approved(store: Store, refund_id: int, by: str = "admin") -> int:
    with store.writing() as session:
        return approve_refund(session, member(store, by), refund_id, now=store.clock.now())


def effects(store: Store, order_id: int, by: str = "caja1") -> tuple[str, ...]:
    with store.writing() as session:
        return refund_effects(session, member(store, by), order_id)


def used(store: Store, key: PrepaidKey, person: Person) -> None:
    """Let a client begin to use a key."""
    with store.writing() as session:
        assert person.desk_id is not None
        client = add_client(session, person.desk_id, "Cliente", now=store.clock.now())
        session.exec(
            update(PrepaidKey)
            .where(col(PrepaidKey.id) == key.id)
            .values(
                state=KeyState.USED,
                activated_on=store.clock.today(),
                client_id=client.id,
                client_sort_key=client.sort_key,
            )
        )


class TestByTwo:
    """One asks, another decides."""

    def test_nothing_is_undone_by_asking(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper, stamps=1)
        before = contents(store, without=("refund", "audit_event", "audit_head"))
        asked(store, order.order_id)
        assert contents(store, without=("refund", "audit_event", "audit_head")) == before
        auditor = member(store, "auditor")
        (row,) = rows_of(store, lambda session: refunds_inbox(session, auditor))
        assert (row.folio, row.desk, row.asked_by) == (
            order.folio,
            "ESCUELA KEMPER URGATE",
            "caja1",
        )
        assert row.amount_centavos == order.total_centavos
        assert row.effects == effects(store, order.order_id)

    def test_the_money_becomes_saldo(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper, stamps=2)
        assert approved(store, asked(store, order.order_id)) == order.total_centavos
        with store.reading() as session:
            assert balance_of(session, kemper) == order.total_centavos
        assert rows_of(store, lambda session: refunds_inbox(session, member(store, "admin"))) == ()
        assert row_of(store, order.order_id).state is OrderState.REFUNDED
        (payment,) = [row for row in rows(store, Payment) if row.order_id == order.order_id]
        assert payment.state is PaymentState.RETURNED
        assert [mail.subject for mail in rows(store, Mail)][-1] == (
            f"Pedido reembolsado: {order.folio}"
        )

    def test_not_who_asked(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        refund = asked(store, order.order_id, by="admin")
        before = contents(store)
        with refused("Lo pediste tú: lo decide otra persona.", OwnRefund):
            approved(store, refund)
        with (
            refused("Lo pediste tú: lo decide otra persona.", OwnRefund),
            store.writing() as session,
        ):
            now = store.clock.now()
            reject_refund(session, member(store, "admin"), refund, "No.", now=now)
        assert contents(store) == before

    def test_once(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        refund = asked(store, order.order_id)
        with refused("Ya se pidió el reembolso de ese pedido.", OrderRefused):
            asked(store, order.order_id, by="caja2")
        approved(store, refund)
        before = contents(store)
        with refused("Ese reembolso ya se decidió.", OrderRefused):
            approved(store, refund)
        with refused("Solo se reembolsa un pedido pagado.", OrderRefused):
            asked(store, order.order_id)
        assert contents(store) == before

    def test_a_no_has_a_reason_and_is_not_for_ever(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        refund = asked(store, order.order_id)
        admin, now = member(store, "admin"), store.clock.now()
        with refused("Escribe el motivo.", Mistyped, field="reason"), store.writing() as session:
            reject_refund(session, admin, refund, " ", now=now)
        with store.writing() as session:
            reject_refund(session, admin, refund, "Ya pasó el plazo.", now=now)
        assert row_of(store, order.order_id).state is OrderState.DELIVERED
        states = [row.state for row in rows(store, Refund) if row.order_id == order.order_id]
        assert states == [RefundState.REJECTED]
        assert approved(store, asked(store, order.order_id)) == MONTH_OF_4G

    def test_a_part_leaves_the_payments_as_they_are(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        assert approved(store, asked(store, order.order_id, amount_centavos=1000)) == 1000
        (payment,) = [row for row in rows(store, Payment) if row.order_id == order.order_id]
        assert payment.state is PaymentState.CONFIRMED

    @pytest.mark.parametrize("amount", [0, -1, MONTH_OF_4G + 1])
    def test_more_than_was_paid(self, store: Store, kemper: Person, amount: int) -> None:
        order = bought(store, kemper)
        with refused("El pedido se pagó con $ 75.40.", Mistyped, field="amount"):
            asked(store, order.order_id, amount_centavos=amount)

    def test_what_was_too_much_is_saldo_already(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, MONTH_OF_4G + 60))
        assert approved(store, asked(store, order.order_id)) == MONTH_OF_4G + 60

    def test_the_titular_may_ask_and_the_operator_may_not(
        self, store: Store, kemper: Person
    ) -> None:
        order = bought(store, kemper)
        operator = colleague(store, kemper, "operadora", Role.OPERADOR)
        for by in ("soporte", "auditor", operator.username):
            with refused(NOT_ALLOWED, NotAllowed):
                asked(store, order.order_id, by=by)
            with refused(NOT_ALLOWED, NotAllowed):
                effects(store, order.order_id, by=by)
        refund = asked(store, order.order_id, by="kemper")
        for by in ("kemper", "caja1", "soporte", "auditor"):
            with refused(NOT_ALLOWED, NotAllowed):
                approved(store, refund, by)
            with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
                now = store.clock.now()
                reject_refund(session, member(store, by), refund, "No.", now=now)
        assert approved(store, refund) == MONTH_OF_4G

    def test_another_desks_order_is_none(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        order = bought(store, kemper)
        with refused("No hay ese pedido.", NotFound):
            asked(store, order.order_id, by="empresasis")

    def test_an_order_that_is_not_paid(self, store: Store, kemper: Person) -> None:
        with refused("Solo se reembolsa un pedido pagado.", OrderRefused):
            asked(store, ordered(store, kemper).order_id)

    def test_a_card_number_is_no_reason(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        with pytest.raises(CardNumberTyped), store.writing() as session:
            ask_refund(
                session,
                member(store, "caja1"),
                order.order_id,
                "A la 4111111111111111",
                now=store.clock.now(),
            )

    def test_no_such_refund(self, store: Store) -> None:
        with refused("No hay ese reembolso.", NotFound):
            approved(store, 99)


class TestWhatItUndoes:
    """Told before, and done with the approval."""

    def test_a_contract_ends(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        assert effects(store, order.order_id) == (
            "@spacio 4G por un Mes: el contrato termina hoy.",
        )
        approved(store, asked(store, order.order_id))
        (contract,) = contracts(store, kemper)
        assert contract.state is ContractState.CANCELLED

    def test_an_upgrade_does_not_bring_the_old_one_back(self, store: Store, kemper: Person) -> None:
        first = bought(store, kemper)
        order = bought(store, kemper, "10G")
        assert effects(store, order.order_id) == (
            "@spacio 10G por un Mes: el contrato termina hoy, y el anterior no vuelve.",
        )
        with refused(
            "El contrato de ese pedido ya dio paso a otro; no se reembolsa.", OrderRefused
        ):
            asked(store, first.order_id)
        approved(store, asked(store, order.order_id))
        assert [contract.state for contract in contracts(store, kemper)] == [
            ContractState.REPLACED,
            ContractState.CANCELLED,
        ]

    def test_a_scheduled_one_does_not_begin(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, "10G")
        order = bought(store, kemper, "4G")
        assert effects(store, order.order_id) == (
            "@spacio 4G por un Mes: el contrato programado no comienza.",
        )
        approved(store, asked(store, order.order_id))
        assert [contract.state for contract in contracts(store, kemper)] == [
            ContractState.ACTIVE,
            ContractState.CANCELLED,
        ]

    def test_one_that_another_waits_for(self, store: Store, kemper: Person) -> None:
        first = bought(store, kemper, "10G")
        second = bought(store, kemper, "4G")
        sentence = "Otro contrato ya pagado le sigue; reembolsa antes ese pedido."
        with refused(sentence, OrderRefused):
            asked(store, first.order_id)
        approved(store, asked(store, second.order_id))
        approved(store, asked(store, first.order_id))
        assert [contract.state for contract in contracts(store, kemper)] == [
            ContractState.CANCELLED,
            ContractState.CANCELLED,
        ]

    def test_a_contract_that_is_over(self, store: Store, kemper: Person, watch: Watch) -> None:
        order = bought(store, kemper)
        watch.passes(days=90)
        tick(store)
        assert effects(store, order.order_id) == (
            "@spacio 4G por un Mes: el contrato ya había terminado.",
        )
        approved(store, asked(store, order.order_id))
        (contract,) = contracts(store, kemper)
        assert contract.state is ContractState.EXPIRED

    def test_unused_keys_are_void(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper, plan=None, stamps=2)
        assert effects(store, order.order_id) == ("50 Timbres: se anulan 2 claves.",)
        approved(store, asked(store, order.order_id))
        keys = keys_of(store, order.folio)
        assert [(key.state, key.reason) for key in keys] == [(KeyState.VOID, "Lo pidió.")] * 2

    def test_a_used_key_is_not_given_back(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper, plan=None, stamps=2)
        refund = asked(store, order.order_id)
        used(store, keys_of(store, order.folio)[0], kemper)
        before = contents(store)
        sentence = "Ya se utilizó 1 clave de ese pedido; no se reembolsa."
        with refused(sentence, OrderRefused):
            approved(store, refund)
        assert contents(store) == before
        (row,) = rows_of(store, lambda session: refunds_inbox(session, member(store, "admin")))
        assert row.effects == (sentence,)

    def test_what_was_never_delivered(self, store: Store) -> None:
        (order,) = [row for row in rows(store, SaleOrder) if row.state is OrderState.PAID]
        assert effects(store, order.id) == ("50 Timbres: no se había entregado.",)
        approved(store, asked(store, order.id))
        assert row_of(store, order.id).state is OrderState.REFUNDED

    def test_the_desk_may_contract_anew(self, store: Store, kemper: Person) -> None:
        approved(store, asked(store, bought(store, kemper).order_id))
        bought(store, kemper)
        assert [contract.state for contract in contracts(store, kemper)] == [
            ContractState.CANCELLED,
            ContractState.ACTIVE,
        ]
