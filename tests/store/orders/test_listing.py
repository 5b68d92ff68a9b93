"""«Mis pedidos», an order's details, and the receipt."""

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from store.accounts.person import Person
from store.errors import NotAllowed, NotFound, OrderRefused
from store.installation.store import Store
from store.money import share
from store.orders.listing import my_orders, waiting_orders
from store.orders.receipt import receipt_text, save_receipt
from store.orders.rows import OrderRow
from store.orders.tables import (
    OPEN,
    LedgerReason,
    OrderState,
    PaymentMethod,
    PaymentState,
    SaleOrder,
)
from store.orders.words import said_of_ledger, said_of_method, said_of_order, said_of_payment
from store.settings import Settings
from tests.store.contents import rows
from tests.store.listed import rows_of
from tests.store.orders.shopping import (
    bought,
    cash,
    declared,
    ordered,
    paid,
    spei,
    view_of,
)
from tests.store.people import member
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch


def listed(store: Store, person: Person) -> tuple[OrderRow, ...]:
    return rows_of(store, lambda session: my_orders(session, person))


def receipt(store: Store, person: Person, order_id: int) -> str:
    with store.reading() as session:
        return receipt_text(session, person, order_id, store.clock)


class TestMyOrders:
    """Newest first, each with what it is about."""

    def test_none_yet(self, store: Store, kemper: Person, empresasis: Person) -> None:
        assert listed(store, kemper) == ()
        assert listed(store, empresasis) == ()  # a cart is none

    def test_newest_first(self, store: Store, kemper: Person, watch: Watch) -> None:
        first = ordered(store, kemper, stamps=2)
        watch.passes(minutes=1)
        second = ordered(store, kemper, plan=None, stamps=3)
        assert listed(store, kemper) == (
            OrderRow(
                second.order_id,
                "P-000014",
                "ESCUELA KEMPER URGATE",
                OrderState.TO_PAY,
                store.clock.now(),
                date(2020, 7, 21),
                50460,
                0,
                "3 × 50 Timbres",
            ),
            OrderRow(
                first.order_id,
                "P-000013",
                "ESCUELA KEMPER URGATE",
                OrderState.TO_PAY,
                store.clock.now().replace(minute=0),
                date(2020, 7, 21),
                41180,
                0,
                "@spacio 4G por un Mes y 1 más",
            ),
        )

    def test_what_is_missing_is_told_only_where_it_can_be_paid(
        self, store: Store, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, 6540))
        (row,) = listed(store, kemper)
        assert row.missing_centavos == 1000
        assert replace(row, state=OrderState.EXPIRED).missing_centavos == 0

    def test_the_demo_has_one_in_every_state(self, store: Store) -> None:
        assert {row.state for row in rows(store, SaleOrder)} == set(OrderState)

    def test_the_staff_see_what_waits_oldest_first_and_customers_do_not(
        self, store: Store, kemper: Person
    ) -> None:
        caja = member(store, "caja1")
        waiting = rows_of(store, lambda session: waiting_orders(session, caja))
        assert {row.state for row in waiting} == {*OPEN, OrderState.PAID}
        assert [row.placed_at for row in waiting] == sorted(row.placed_at for row in waiting)
        with refused(NOT_ALLOWED, NotAllowed), store.reading() as session:
            waiting_orders(session, kemper)

    def test_the_staff_choose_a_desk_first(self, store: Store, kemper: Person) -> None:
        ordered(store, kemper)
        caja = member(store, "caja1")
        with refused("Elige primero un escritorio.", NotAllowed):
            listed(store, caja)
        assert len(listed(store, replace(caja, desk_id=kemper.desk_id))) == 1


class TestDetails:
    """Lines, sums, payments."""

    def test_lines_add_up(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, "10G", "anual", stamps=2)
        view = view_of(store, kemper, order.order_id)
        assert [line.description for line in view.lines] == ["@spacio 10G por un Año", "50 Timbres"]
        assert sum(line.gross_centavos for line in view.lines) == view.gross_centavos
        assert sum(line.discount_centavos for line in view.lines) == view.discount_centavos
        assert view.subtotal_centavos == view.gross_centavos - view.discount_centavos
        assert view.tax_centavos == share(view.subtotal_centavos, view.tax_rate_bp)
        assert view.row.total_centavos == view.subtotal_centavos + view.tax_centavos
        assert [line.is_delivered for line in view.lines] == [False, False]

    def test_payments_by_whom(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        declared(store, kemper, order.order_id, spei(store, 6540))
        paid(store, order.order_id, spei(store, 6540))
        (payment,) = view_of(store, kemper, order.order_id).payments
        assert (payment.declared_by, payment.recorded_by, payment.decided_by) == (
            "kemper",
            "caja1",
            "caja2",
        )
        assert payment.state is PaymentState.CONFIRMED

    def test_another_desks_is_none_and_the_staff_see_all(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        order = ordered(store, kemper)
        with refused("No hay ese pedido.", NotFound):
            view_of(store, empresasis, order.order_id)
        assert view_of(store, member(store, "auditor"), order.order_id).row.folio == order.folio

    def test_a_cart_is_none(self, store: Store, empresasis: Person) -> None:
        with refused("No hay ese pedido.", NotFound):
            view_of(store, empresasis, 13)


class TestReceipt:
    """«Este comprobante no es un CFDI»."""

    def test_all_of_it(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, term="anual", stamps=2)
        paid(store, order.order_id, spei(store, order.total_centavos - 1000))
        paid(store, order.order_id, cash(store, 1500))
        assert receipt(store, kemper, order.order_id) == (
            "                          COMPROBANTE DE PAGO\n"
            "========================================================================\n"
            "Folio:                P-000013\n"
            "Escritorio:           ESCUELA KEMPER URGATE\n"
            "RFC:                  EKU9003173C9\n"
            "Pagado el:            14/07/2020\n"
            "Estado:               Surtido\n"
            "\n"
            "@spacio 4G por un Año                                           $ 780.00\n"
            "2 × 50 Timbres                                                  $ 290.00\n"
            "Descuento                                                       -$ 78.00\n"
            "Subtotal                                                        $ 992.00\n"
            "Impuesto(s) (16%)                                               $ 158.72\n"
            "Total                                                         $ 1,150.72\n"
            "\n"
            "SPEI, 14/07/2020, MBAN01000001                                $ 1,140.72\n"
            "Efectivo, 14/07/2020                                             $ 15.00\n"
            "\n"
            "Este comprobante no es un CFDI.\n"
        )

    def test_not_before_it_is_paid(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        with refused("El comprobante sale cuando el pedido está pagado.", OrderRefused):
            receipt(store, kemper, order.order_id)

    def test_another_desks_is_none(self, store: Store, kemper: Person, empresasis: Person) -> None:
        with refused("No hay ese pedido.", NotFound):
            receipt(store, empresasis, bought(store, kemper).order_id)

    def test_it_never_runs_over(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, order.total_centavos, "A" * 30, "B" * 60))
        assert max(map(len, receipt(store, kemper, order.order_id).splitlines())) <= 72

    def test_it_is_saved_for_its_owners_eyes(self, tmp_path: Path) -> None:
        path = save_receipt(Settings(exports=tmp_path), "P-000013", "Este comprobante …\n")
        assert path == tmp_path / "comprobante-P-000013.txt"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("word", [*OrderState, *PaymentState, *PaymentMethod, *LedgerReason])
def test_every_state_has_its_words(
    word: OrderState | PaymentState | PaymentMethod | LedgerReason,
) -> None:
    match word:
        case OrderState():
            said = said_of_order(word)
        case PaymentState():
            said = said_of_payment(word)
        case PaymentMethod():
            said = said_of_method(word)
        case LedgerReason():
            said = said_of_ledger(word)
    assert said
    assert said[0].isupper()
