"""Paying: declared by the customer, recorded by one, confirmed by another; a movement pays once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from store.accounts.person import Person
from store.accounts.tables import Role, StaffRole
from store.audit.tables import AuditEvent
from store.errors import (
    CardNumberTyped,
    Mistyped,
    MovementAlike,
    MovementTaken,
    NotAllowed,
    NotFound,
    OrderRefused,
    OwnPayment,
    PaymentRefused,
)
from store.installation.store import Store
from store.mail.tables import Mail
from store.orders.balance import balance_of
from store.orders.cancel import cancel_order
from store.orders.deciding import confirm_payment, reject_payment
from store.orders.finding import find_by_number
from store.orders.inbox import payments_inbox
from store.orders.movement import Money
from store.orders.payments import record_declared, record_payment
from store.orders.reference import payment_reference
from store.orders.settling import PaymentOutcome
from store.orders.tables import OrderState, Payment, PaymentMethod, PaymentState
from tests.store.contents import contents, rows
from tests.store.listed import rows_of
from tests.store.lots import CONSOLE
from tests.store.orders.shopping import (
    MONTH_OF_4G,
    bought,
    cash,
    confirmed,
    declared,
    ordered,
    paid,
    recorded,
    row_of,
    spei,
    view_of,
)
from tests.store.people import colleague, employee, member
from tests.store.refusals import NOT_ALLOWED, refused


def payment(store: Store, payment_id: int) -> Payment:
    return next(row for row in rows(store, Payment) if row.id == payment_id)


def rejected(store: Store, payment_id: int, reason: str = "No llegó.") -> PaymentOutcome:
    with store.writing() as session:
        return reject_payment(session, member(store, "caja2"), payment_id, reason, store)


def saldo(store: Store, person: Person) -> int:
    with store.reading() as session:
        return balance_of(session, person)


class TestDeclaring:
    """«Declarado por ti – en revisión»."""

    def test_it_delivers_nothing(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        outcome = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        assert outcome == PaymentOutcome(
            outcome.payment_id, order.folio, OrderState.IN_REVIEW, MONTH_OF_4G
        )
        row = payment(store, outcome.payment_id)
        assert (row.state, row.declared_by) == (PaymentState.DECLARED, kemper.account_id)
        assert (row.recorded_by, row.decided_by) == (None, None)
        assert not any(line.is_delivered for line in view_of(store, kemper, order.order_id).lines)

    def test_it_can_be_less_than_the_total(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        declared(store, kemper, order.order_id, spei(store, 1000))
        declared(store, kemper, order.order_id, spei(store, 1000, "OTHER999"))
        assert len(view_of(store, kemper, order.order_id).payments) == 2

    def test_the_same_movement_again(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        with refused("Esa referencia ya está registrada.", MovementTaken):
            declared(store, kemper, order.order_id, spei(store, 1000, "mban-0100 0001"))

    def test_the_customer_is_not_told_whose_it_is(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        bought(store, empresasis)
        paid(store, ordered(store, empresasis, plan=None, stamps=1).order_id, spei(store, 16820))
        order = ordered(store, kemper)
        with refused("Esa referencia ya está registrada.", MovementTaken):
            declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))

    @pytest.mark.parametrize(
        "method", [PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.BALANCE]
    )
    def test_what_is_paid_at_the_counter_is_not_declared(
        self, store: Store, kemper: Person, method: PaymentMethod
    ) -> None:
        order = ordered(store, kemper)
        money = Money(method, MONTH_OF_4G, store.clock.today(), tracking="012345")
        with refused("Ese pago se hace en caja; no se declara.", PaymentRefused):
            declared(store, kemper, order.order_id, money)

    def test_where_no_clabe_is_set_nothing_is(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        without = replace(store, settings=store.settings.model_copy(update={"clabe": None}))
        with refused("Ese pago se hace en caja; no se declara.", PaymentRefused):
            declared(without, kemper, order.order_id, spei(store, MONTH_OF_4G))

    def test_what_cannot_be_is_refused_before_anything_is_written(
        self, store: Store, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        before = contents(store)
        with refused("La fecha del pago no puede ser futura.", Mistyped, field="paid_on"):
            declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G, days_ago=-1))
        with pytest.raises(CardNumberTyped):
            declared(store, kemper, order.order_id, spei(store, 1000, "4111 1111 1111 1111"))
        with pytest.raises(Mistyped):
            declared(store, kemper, order.order_id, spei(store, 0))
        assert contents(store) == before

    def test_a_paid_order_waits_for_nothing(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper)
        with refused("Ese pedido ya no espera un pago.", OrderRefused):
            declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))

    def test_another_desks_order_is_none(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        order = ordered(store, kemper)
        with refused("No hay ese pedido.", NotFound):
            declared(store, empresasis, order.order_id, spei(store, MONTH_OF_4G))

    def test_who_may_not(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        looker = colleague(store, kemper, "consultora", Role.CONSULTA)
        for person in (looker, member(store, "caja1"), member(store, "admin")):
            with refused(NOT_ALLOWED, NotAllowed):
                declared(store, person, order.order_id, spei(store, MONTH_OF_4G))


class TestRecording:
    """Caja writes down what arrived."""

    def test_it_waits_for_another_person(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        outcome = recorded(store, order.order_id, spei(store, MONTH_OF_4G))
        row = payment(store, outcome.payment_id)
        assert (row.state, row.four_eyes) == (PaymentState.RECORDED, True)
        assert (row.declared_by, row.recorded_by) == (None, member(store, "caja1").account_id)
        assert outcome.state is OrderState.IN_REVIEW

    def test_what_was_declared_is_taken_over(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        outcome = recorded(
            store, order.order_id, spei(store, MONTH_OF_4G, "mban01000001", "BBVA México")
        )
        assert outcome.payment_id == told.payment_id
        row = payment(store, told.payment_id)
        assert (row.state, row.declared_by) == (PaymentState.RECORDED, kemper.account_id)
        assert row.recorded_by == member(store, "caja1").account_id

    def test_a_declaration_of_the_same_amount_in_other_words_makes_way(
        self, store: Store, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G, "TYPO"))
        outcome = recorded(store, order.order_id, spei(store, MONTH_OF_4G))
        row = payment(store, told.payment_id)
        assert (row.state, row.reason) == (
            PaymentState.REJECTED,
            "La caja lo registró con otros datos.",
        )
        assert payment(store, outcome.payment_id).state is PaymentState.RECORDED

    def test_a_declared_one_with_what_the_bank_shows(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        caja = member(store, "caja1")
        with store.writing() as session:
            same = record_declared(session, caja, told.payment_id, spei(store, MONTH_OF_4G), store)
        assert same.payment_id == told.payment_id
        sentence = "Ese pago ya se registró o se decidió."
        with refused(sentence, PaymentRefused), store.writing() as session:
            record_declared(session, caja, told.payment_id, spei(store, MONTH_OF_4G), store)

    def test_a_declared_one_of_which_less_arrived(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        caja = member(store, "caja1")
        with store.writing() as session:
            outcome = record_declared(session, caja, told.payment_id, spei(store, 6540), store)
        assert payment(store, told.payment_id).state is PaymentState.REJECTED
        assert confirmed(store, outcome.payment_id).missing_centavos == 1000

    def test_a_movement_pays_once(self, store: Store, kemper: Person, empresasis: Person) -> None:
        first = ordered(store, kemper)
        paid(store, first.order_id, spei(store, MONTH_OF_4G))
        second = ordered(store, empresasis, plan=None, stamps=1)
        before = contents(store)
        for money in (
            spei(store, 16820, " mban 01000001", "012"),
            replace(spei(store, 16820), method=PaymentMethod.DEPOSIT),
        ):
            for order in (first, second):
                with refused(f"Esa referencia ya pagó el pedido {first.folio}.", MovementTaken):
                    recorded(store, order.order_id, money)
        assert contents(store) == before

    def test_one_that_somebody_else_declared(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        theirs = ordered(store, kemper)
        told = declared(store, kemper, theirs.order_id, spei(store, MONTH_OF_4G))
        mine = ordered(store, empresasis, plan=None, stamps=1)
        with refused(f"Esa referencia está declarada en el pedido {theirs.folio}.", MovementTaken):
            recorded(store, mine.order_id, spei(store, 16820))
        rejected(store, told.payment_id)
        assert recorded(store, mine.order_id, spei(store, 16820)).state is OrderState.IN_REVIEW

    def test_partial_payments_repeat_the_reference_and_not_the_movement(
        self, store: Store, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, 6540))
        outcome = paid(store, order.order_id, spei(store, 1000, "MBAN01000002"))
        assert outcome.state is OrderState.DELIVERED

    def test_what_looks_like_it_is_asked_about(self, store: Store, kemper: Person) -> None:
        """The payer's day and bank, and those of our statement: most likely one transfer."""
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, MONTH_OF_4G))
        again = spei(store, MONTH_OF_4G, bank="Banorte", days_ago=1)
        with refused(
            f"Se parece a un pago de {order.folio}: misma clave, mismo importe. ¿Es otro?",
            MovementAlike,
        ):
            recorded(store, order.order_id, again)
        with store.writing() as session:
            outcome = record_payment(
                session, member(store, "caja1"), order.order_id, again, store, is_other=True
            )
        assert payment(store, outcome.payment_id).state is PaymentState.RECORDED

    @pytest.mark.parametrize(
        ("tracking", "amount", "days_ago"),
        [
            ("MBAN01000001", 1000, 1),
            ("MBAN01000009", MONTH_OF_4G, 1),
            ("MBAN01000001", MONTH_OF_4G, 6),
        ],
    )
    def test_what_only_half_looks_like_it_is_not(
        self, store: Store, kemper: Person, tracking: str, amount: int, days_ago: int
    ) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, MONTH_OF_4G))
        recorded(store, order.order_id, spei(store, amount, tracking, "Banorte", days_ago))

    def test_enter_twice_does_not_count_cash_twice(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        recorded(store, order.order_id, cash(store, 5000))
        sentence = "Ya se registró un pago en efectivo igual; si es otro, escribe su folio de caja."
        for by in ("caja1", "caja2"):
            with refused(sentence, MovementTaken):
                recorded(store, order.order_id, cash(store, 5000), by)
        assert recorded(store, order.order_id, cash(store, 5000, "A-18")).payment_id

    def test_a_terminals_authorisation_pays_once_a_day(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        card = Money(PaymentMethod.CARD, 5000, store.clock.today(), tracking="012345")
        recorded(store, order.order_id, card)
        with refused(f"Esa referencia ya pagó el pedido {order.folio}.", MovementTaken):
            recorded(store, order.order_id, replace(card, amount_centavos=2540))
        yesterday = store.clock.today() - timedelta(days=1)
        recorded(store, order.order_id, replace(card, paid_on=yesterday))

    def test_the_saldo_is_no_money_that_arrives(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        money = Money(PaymentMethod.BALANCE, 1000, store.clock.today())
        sentence = "El saldo a favor lo aplica el cliente desde su pedido."
        with refused(sentence, PaymentRefused):
            recorded(store, order.order_id, money)

    def test_a_cart_is_no_order(self, store: Store, empresasis: Person) -> None:
        with refused("No hay ese pedido.", NotFound):
            recorded(store, 13, cash(store, 1000))

    @pytest.mark.parametrize("role", [StaffRole.SOPORTE, StaffRole.AUDITOR])
    def test_who_may_not(self, store: Store, kemper: Person, role: StaffRole) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        person = employee(store, "personal", role)
        for somebody in (person, kemper):
            with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
                record_payment(session, somebody, order.order_id, cash(store, 1000), store)
            with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
                money = spei(store, MONTH_OF_4G)
                record_declared(session, somebody, told.payment_id, money, store)
            with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
                confirm_payment(session, somebody, told.payment_id, store)
            with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
                reject_payment(session, somebody, told.payment_id, "No.", store)

    def test_the_command_line_has_no_name_to_sign_with(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        sentence = "Para esto, entra con tu propia cuenta."
        with refused(sentence, NotAllowed), store.writing() as session:
            record_payment(session, CONSOLE, order.order_id, cash(store, 1000), store)


class TestConfirming:
    """Another person than recorded it; the last one that was missing pays the order."""

    def test_it_pays_and_delivers(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        outcome = paid(store, order.order_id, spei(store, MONTH_OF_4G))
        assert (outcome.state, outcome.missing_centavos) == (OrderState.DELIVERED, 0)
        row = row_of(store, order.order_id)
        assert (row.paid_at, row.delivered_at) == (store.clock.now(), store.clock.now())
        assert row.paid_centavos == row.total_centavos == MONTH_OF_4G

    def test_not_who_recorded_it(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        outcome = recorded(store, order.order_id, spei(store, MONTH_OF_4G))
        before = contents(store)
        with refused("Lo registraste tú: lo confirma otra persona.", OwnPayment):
            confirmed(store, outcome.payment_id, by="caja1")
        assert contents(store) == before
        assert confirmed(store, outcome.payment_id, by="admin").state is OrderState.DELIVERED

    def test_who_took_a_declaration_over_recorded_it(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        recorded(store, order.order_id, spei(store, MONTH_OF_4G))
        with refused("Lo registraste tú: lo confirma otra persona.", OwnPayment):
            confirmed(store, told.payment_id, by="caja1")

    def test_a_shop_of_one_switches_it_off_and_the_row_says_so(
        self, store: Store, kemper: Person
    ) -> None:
        alone = replace(store, settings=store.settings.model_copy(update={"four_eyes": False}))
        order = ordered(store, kemper)
        outcome = recorded(alone, order.order_id, spei(store, MONTH_OF_4G))
        assert not payment(store, outcome.payment_id).four_eyes
        assert confirmed(alone, outcome.payment_id, by="caja1").state is OrderState.DELIVERED
        (row,) = view_of(store, kemper, order.order_id).payments
        assert (row.recorded_by, row.decided_by, row.four_eyes) == ("caja1", "caja1", False)
        event = rows(store, AuditEvent)[-1]
        assert event.action == "payment.confirmed"
        assert '"four_eyes":false' in event.detail

    def test_switching_it_off_does_not_reach_back(self, store: Store, kemper: Person) -> None:
        alone = replace(store, settings=store.settings.model_copy(update={"four_eyes": False}))
        order = ordered(store, kemper)
        two = recorded(store, order.order_id, spei(store, 1000))
        with refused("Lo registraste tú: lo confirma otra persona.", OwnPayment):
            confirmed(alone, two.payment_id, by="caja1")
        one = recorded(alone, order.order_id, spei(store, 1000, "OTHER999"))
        with refused("Lo registraste tú: lo confirma otra persona.", OwnPayment):
            confirmed(store, one.payment_id, by="caja1")

    def test_what_is_only_declared(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        with refused("Primero regístralo: solo está declarado.", PaymentRefused):
            confirmed(store, told.payment_id)

    def test_once(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        outcome = recorded(store, order.order_id, spei(store, MONTH_OF_4G))
        confirmed(store, outcome.payment_id)
        before = contents(store)
        for by in ("caja2", "admin"):
            with refused("Ese pago ya se decidió.", PaymentRefused):
                confirmed(store, outcome.payment_id, by)
        with refused("Ese pago ya se decidió.", PaymentRefused):
            rejected(store, outcome.payment_id)
        assert contents(store) == before

    def test_a_part_leaves_the_rest(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        outcome = paid(store, order.order_id, spei(store, MONTH_OF_4G - 1000))
        assert (outcome.state, outcome.missing_centavos) == (OrderState.TO_PAY, 1000)
        (mail,) = [mail for mail in rows(store, Mail) if mail.fact.startswith("payment-")]
        assert "Faltan $ 10.00 para completar el pedido.\n" in mail.body

    def test_what_is_too_much_is_the_desks(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        outcome = paid(store, order.order_id, spei(store, MONTH_OF_4G + 60))
        assert (outcome.state, outcome.to_balance_centavos) == (OrderState.DELIVERED, 60)
        assert saldo(store, kemper) == 60
        row = row_of(store, order.order_id)
        assert row.paid_centavos == MONTH_OF_4G

    def test_money_for_an_order_that_takes_none_is_the_desks(
        self, store: Store, kemper: Person
    ) -> None:
        order = bought(store, kemper)
        late = paid(store, order.order_id, spei(store, MONTH_OF_4G))
        assert (late.state, late.to_balance_centavos) == (OrderState.DELIVERED, MONTH_OF_4G)
        cancelled = ordered(store, kemper, plan=None, stamps=1)
        with store.writing() as session:
            cancel_order(session, kemper, cancelled.order_id, "Ya no.", now=store.clock.now())
        outcome = paid(store, cancelled.order_id, spei(store, 100, "OTHER999"))
        assert (outcome.state, outcome.to_balance_centavos) == (OrderState.CANCELLED, 100)
        assert saldo(store, kemper) == MONTH_OF_4G + 100

    def test_two_payments_of_the_whole(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        one = recorded(store, order.order_id, spei(store, MONTH_OF_4G))
        two = recorded(store, order.order_id, spei(store, MONTH_OF_4G, "OTHER999"))
        assert confirmed(store, one.payment_id).state is OrderState.DELIVERED
        assert confirmed(store, two.payment_id).to_balance_centavos == MONTH_OF_4G

    def test_no_such_payment(self, store: Store) -> None:
        with refused("No hay ese pago.", NotFound):
            confirmed(store, 999)


class TestRejecting:
    """With a reason; the movement is free again."""

    def test_the_order_waits_again(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        assert rejected(store, told.payment_id, "  No   llegó. ").state is OrderState.TO_PAY
        row = payment(store, told.payment_id)
        assert (row.state, row.reason) == (PaymentState.REJECTED, "No llegó.")
        assert row.decided_by == member(store, "caja2").account_id
        (mail,) = [mail for mail in rows(store, Mail) if mail.fact.startswith("payment-")]
        assert mail.subject == f"Pago no confirmado: {order.folio}"
        assert "Motivo:      No llegó.\n" in mail.body

    def test_the_movement_can_be_declared_again(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        for _time in range(3):
            told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
            rejected(store, told.payment_id)
        assert paid(store, order.order_id, spei(store, MONTH_OF_4G)).state is OrderState.DELIVERED

    def test_while_another_is_looked_at_it_stays_in_review(
        self, store: Store, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        one = recorded(store, order.order_id, spei(store, 1000))
        recorded(store, order.order_id, spei(store, 2000, "OTHER999"))
        assert rejected(store, one.payment_id).state is OrderState.IN_REVIEW

    def test_who_recorded_it_may_take_it_back(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        outcome = recorded(store, order.order_id, spei(store, 1000), by="caja2")
        assert rejected(store, outcome.payment_id).state is OrderState.TO_PAY

    @pytest.mark.parametrize("reason", ["", "   ", "\n"])
    def test_a_reason_is_asked_for(self, store: Store, kemper: Person, reason: str) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        with refused("Escribe el motivo.", Mistyped, field="reason"):
            rejected(store, told.payment_id, reason)

    def test_a_card_number_is_no_reason(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        told = declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        with pytest.raises(CardNumberTyped):
            rejected(store, told.payment_id, "La tarjeta 4111 1111 1111 1111 no pasó")


class TestInbox:
    """What the staff find waiting."""

    def test_oldest_first_with_what_a_decision_needs(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G))
        auditor = member(store, "auditor")
        *demos, row = rows_of(store, lambda session: payments_inbox(session, auditor))
        assert [found.state for found in demos] == [PaymentState.DECLARED, PaymentState.RECORDED]
        assert (row.folio, row.desk, row.declared_by) == (
            order.folio,
            "ESCUELA KEMPER URGATE",
            "kemper",
        )
        assert (row.method, row.amount_centavos, row.missing_centavos) == (
            PaymentMethod.SPEI,
            MONTH_OF_4G,
            MONTH_OF_4G,
        )
        assert (row.bank, row.tracking, row.recorded_by) == ("BBVA", "MBAN01000001", "")

    def test_a_customer_has_none(self, store: Store, kemper: Person) -> None:
        with refused(NOT_ALLOWED, NotAllowed), store.reading() as session:
            payments_inbox(session, kemper)


class TestFindingTheOrder:
    """By the reference that the payer wrote, or the folio."""

    def found(self, store: Store, person: Person, typed: str) -> int:
        with store.reading() as session:
            return find_by_number(session, person, typed)

    def test_by_either(self, store: Store, kemper: Person) -> None:
        order, caja = ordered(store, kemper), member(store, "caja1")
        reference = payment_reference(13)
        for typed in (reference, reference.lstrip("0"), "P-000013", "p13"):
            assert self.found(store, caja, typed) == order.order_id
            assert self.found(store, kemper, typed) == order.order_id

    def test_a_wrong_digit(self, store: Store, kemper: Person) -> None:
        sentence = "La referencia no corresponde a un pedido; revisa los 7 dígitos."
        with refused(sentence, Mistyped, field="reference"):
            self.found(store, kemper, "0000131")

    def test_what_may_be_both_is_asked_about(self, store: Store, kemper: Person) -> None:
        """«13» is folio P-000013, and the reference of P-000001 as a bank writes it: another desk's."""
        ordered(store, kemper)
        sentence = "¿Es un folio o una referencia? Escribe P-000013, o los 7 dígitos."
        with refused(sentence, Mistyped, field="reference"):
            self.found(store, member(store, "caja1"), "13")

    def test_none_of_that_number_or_somebody_elses(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        ordered(store, kemper)
        for person, typed in ((empresasis, "P-000013"), (member(store, "caja1"), "P-000099")):
            with refused("No hay ese pedido.", NotFound):
                self.found(store, person, typed)


def test_nothing_of_a_card_is_anywhere(store: Store, kemper: Person, tmp_path: Path) -> None:
    order = ordered(store, kemper)
    for money in (
        spei(store, 1000, "4111111111111111"),
        spei(store, 1000, bank="4111 1111 1111 1111"),
        Money(PaymentMethod.CARD, 1000, store.clock.today(), tracking="4111-1111-1111-1111"),
        cash(store, 1000, "4111111111111111"),
    ):
        with pytest.raises(CardNumberTyped) as caught:
            recorded(store, order.order_id, money)
        assert "4111" not in caught.value.sentence
    assert "4111" not in repr(
        [dict(row._mapping) for table in contents(store).values() for row in table]
    )
