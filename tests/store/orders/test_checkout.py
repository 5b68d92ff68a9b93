"""From cart to order: asked again where something changed, and one order however often it is said yes."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, update

from store.accounts.person import Person
from store.accounts.tables import Desk, Role
from store.audit.tables import AuditEvent
from store.catalogue.tables import Price
from store.errors import (
    AlreadyPlaced,
    CartChanged,
    CartEmpty,
    ConditionsChanged,
    ConditionsNotAccepted,
    NotAllowed,
    OrderRefused,
    PriceChange,
    PricesChanged,
)
from store.espacio.tables import ContractState
from store.installation.store import Store
from store.installation.tables import Counter
from store.legal.tables import Acceptance, LegalKind, LegalText
from store.legal.texts import current
from store.mail.tables import Mail
from store.orders.cart import cart_of, set_quantity
from store.orders.checkout import Checkout, PlacedOrder, place, prepare
from store.orders.placing import add_working_days
from store.orders.reference import payment_reference
from store.orders.tables import OrderItem, OrderState, SaleOrder
from tests.store.contents import contents, rows
from tests.store.espacio.buying import contracts
from tests.store.orders.shopping import (
    MONTH_OF_4G,
    bought,
    ordered,
    placed,
    prepared,
    put_4g,
    put_50,
    row_of,
)
from tests.store.orders.test_cart import new_price
from tests.store.people import colleague
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch

NEXT_FOLIO = "P-000013"
"""The demo has twelve orders."""


def refused_to_place(
    store: Store, person: Person, checkout: Checkout, sentence: str, kind: type[OrderRefused]
) -> None:
    before = contents(store)
    with refused(sentence, kind):
        placed(store, person, checkout)
    assert contents(store) == before


def new_text(session: Session, store: Store, kind: LegalKind) -> None:
    """Publish another version of a text."""
    former = current(session, kind)
    session.add(
        LegalText(
            kind=kind,
            version=former.version + 1,
            body="Otras.",
            sha256=hashlib.sha256(b"Otras.").hexdigest(),
            published_at=store.clock.now(),
        )
    )


class TestPreparing:
    """What is shown before it is asked for the yes."""

    def test_an_empty_cart(self, store: Store, kemper: Person) -> None:
        with refused("El carrito está vacío.", CartEmpty):
            prepared(store, kemper)

    def test_it_shows_the_cart_and_the_conditions(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        checkout = prepared(store, kemper)
        with store.reading() as session:
            assert checkout.cart == cart_of(session, kemper, store.clock)
        (conditions,) = checkout.texts
        assert conditions.kind is LegalKind.ESPACIO_CONDITIONS
        assert conditions.version == 1
        assert conditions.body.startswith("CONDICIONES DE CONTRATACIÓN")
        assert conditions.sha256 == hashlib.sha256(conditions.body.encode()).hexdigest()
        assert checkout.changes == ()

    def test_stamps_bring_the_licence_of_their_keys(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        kinds = [text.kind for text in prepared(store, kemper).texts]
        assert kinds == [LegalKind.ESPACIO_CONDITIONS, LegalKind.PREPAID_LICENCE]

    def test_every_checkout_has_a_token_of_its_own(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        tokens = {prepared(store, kemper).token for _time in range(10)}
        assert {len(token) for token in tokens} == {64}
        assert len(tokens) == 10

    def test_it_tells_which_price_changed(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper, 2)
        put_4g(store, kemper)
        new_price(store, "TIMBRES-50", 15000)
        assert prepared(store, kemper).changes == (PriceChange("50 Timbres", 29000, 30000),)

    def test_it_refuses_what_is_not_sold_any_more(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        with store.writing() as session:
            yesterday = store.clock.today() - timedelta(days=1)
            session.exec(update(Price).values(valid_to=yesterday))
        with refused("50 Timbres no está a la venta hoy.", OrderRefused):
            prepared(store, kemper)

    def test_it_changes_nothing(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        new_price(store, "TIMBRES-50", 15000)
        before = contents(store)
        prepared(store, kemper)
        assert contents(store) == before


class TestPlacing:
    """The cart becomes an order, all of it or nothing."""

    def test_it_copies_prices_and_takes_the_next_folio(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, stamps=2)
        assert order == PlacedOrder(order.order_id, NEXT_FOLIO, 41180, date(2020, 7, 21), True)
        row = row_of(store, order.order_id)
        assert (row.state, row.number, row.desk_id) == (OrderState.TO_PAY, 13, kemper.desk_id)
        assert (row.gross_centavos, row.discount_centavos, row.credit_centavos) == (35500, 0, 0)
        assert (row.subtotal_centavos, row.tax_centavos, row.total_centavos) == (35500, 5680, 41180)
        assert (row.placed_by, row.placed_at) == (kemper.account_id, store.clock.now())
        assert row.paid_centavos == 0

    def test_a_later_price_does_not_touch_it(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, plan=None, stamps=1)
        before = [item for item in rows(store, OrderItem) if item.order_id == order.order_id]
        new_price(store, "TIMBRES-50", 99900)
        assert row_of(store, order.order_id).total_centavos == 16820
        assert [
            item for item in rows(store, OrderItem) if item.order_id == order.order_id
        ] == before

    def test_the_new_price_is_copied_where_it_was_shown(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        new_price(store, "TIMBRES-50", 15000)
        order = placed(store, kemper, prepared(store, kemper))
        assert order.total_centavos == 17400
        (item,) = [item for item in rows(store, OrderItem) if item.order_id == order.order_id]
        assert (item.unit_centavos, item.gross_centavos) == (15000, 15000)

    def test_who_accepted_what_when_is_kept(self, store: Store, kemper: Person) -> None:
        before = len(rows(store, Acceptance))
        row = row_of(store, ordered(store, kemper, stamps=1).order_id)
        conditions, licence = rows(store, Acceptance)[before:]
        assert (row.acceptance_id, row.licence_acceptance_id) == (conditions.id, licence.id)
        texts = {text.id: text.kind for text in rows(store, LegalText)}
        assert texts[conditions.legal_text_id] is LegalKind.ESPACIO_CONDITIONS
        assert texts[licence.legal_text_id] is LegalKind.PREPAID_LICENCE
        for acceptance in (conditions, licence):
            assert acceptance.account_id == kemper.account_id
            assert acceptance.desk_id == kemper.desk_id
            assert acceptance.accepted_at == store.clock.now()

    def test_the_mail_brings_the_ficha(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, stamps=2)
        (mail,) = rows(store, Mail)
        assert mail.fact == f"order-placed:{order.order_id}"
        assert mail.subject == f"Pedido recibido: {NEXT_FOLIO}"
        assert mail.recipient == "kemper@demo.example"
        for words in ("@spacio 4G por un Mes\n", "2 × 50 Timbres\n", "$ 411.80", "21/07/2020"):
            assert words in mail.body
        assert f"Referencia:           {payment_reference(13)}\n" in mail.body
        assert "CLABE:                032 180 00011835971 9\n" in mail.body

    def test_the_audit_tells_it(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        event = rows(store, AuditEvent)[-1]
        assert (event.action, event.subject) == ("order.placed", f"order:{order.order_id}")
        assert event.detail == f'{{"folio":"{NEXT_FOLIO}","total":{MONTH_OF_4G}}}'

    def test_the_cart_is_empty_then(self, store: Store, kemper: Person) -> None:
        ordered(store, kemper)
        with refused("El carrito está vacío.", CartEmpty):
            prepared(store, kemper)

    def test_a_credit_that_covers_all_leaves_nothing_to_pay(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        bought(store, kemper, "40G", "anual")
        watch.passes(days=1)
        order = ordered(store, kemper, "80G")
        row = row_of(store, order.order_id)
        assert (row.total_centavos, row.state) == (0, OrderState.DELIVERED)
        old, new = contracts(store, kemper)
        assert (old.state, new.state) == (ContractState.REPLACED, ContractState.ACTIVE)
        mail = next(mail for mail in rows(store, Mail) if mail.fact == f"order-placed:{row.id}")
        assert "FICHA" not in mail.body

    def test_folios_have_no_gaps(self, store: Store, kemper: Person) -> None:
        ordered(store, kemper)
        put_50(store, kemper)
        checkout = prepared(store, kemper)
        new_price(store, "TIMBRES-50", 15000)
        for _time in range(3):
            with pytest.raises(PricesChanged):
                placed(store, kemper, checkout)
        order = placed(store, kemper, prepared(store, kemper))
        assert order.folio == "P-000014"
        numbers = [row.number for row in rows(store, SaleOrder) if row.number is not None]
        assert sorted(numbers) == list(range(1, 15))

    def test_the_last_folio(self, store: Store, kemper: Person) -> None:
        with store.writing() as session:
            session.exec(update(Counter).where(col(Counter.name) == "order").values(value=999_998))
        assert ordered(store, kemper).folio == "P-999999"
        put_50(store, kemper)
        refused_to_place(
            store,
            kemper,
            prepared(store, kemper),
            "Se acabaron los folios de pedido; avisa a soporte.",
            OrderRefused,
        )


class TestTwice:
    """A double Enter, two sessions, a retry: one order."""

    def test_the_same_checkout_again(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        checkout = prepared(store, kemper)
        first = placed(store, kemper, checkout)
        before = contents(store)
        for _time in range(3):
            assert placed(store, kemper, checkout) == replace(first, is_new=False)
        assert contents(store) == before

    def test_it_stays_the_same_order_once_it_is_paid(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        checkout = prepared(store, kemper)
        first = placed(store, kemper, checkout)
        bought(store, kemper, plan=None, stamps=1)
        assert placed(store, kemper, checkout).order_id == first.order_id

    def test_another_session_with_the_same_cart(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        operator = colleague(store, kemper, "operadora", Role.OPERADOR)
        mine, theirs = prepared(store, kemper), prepared(store, operator)
        first = placed(store, kemper, mine)
        assert placed(store, operator, theirs) == replace(first, is_new=False)

    def test_another_session_that_saw_other_lines(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        theirs = prepared(store, kemper)
        put_50(store, kemper, 2)
        order = placed(store, kemper, prepared(store, kemper))
        with refused(
            f"Ese carrito ya es el pedido {order.folio}.", AlreadyPlaced, order_id=order.order_id
        ):
            placed(store, kemper, theirs)

    def test_another_desks_token_opens_nothing(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        put_4g(store, kemper)
        checkout = prepared(store, kemper)
        placed(store, kemper, checkout)
        refused_to_place(
            store,
            empresasis,
            checkout,
            "El carrito cambió en otra sesión; revísalo de nuevo.",
            CartChanged,
        )


class TestAskedAgain:
    """Nothing is placed that was not on the screen."""

    def test_without_the_box(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        checkout = prepared(store, kemper)
        before = contents(store)
        sentence = "Debes aceptar las condiciones del contrato."
        with refused(sentence, ConditionsNotAccepted), store.writing() as session:
            place(session, kemper, checkout, store, accepted=False)
        assert contents(store) == before

    def test_a_price_that_changed(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper, 2)
        checkout = prepared(store, kemper)
        new_price(store, "TIMBRES-50", 15000)
        before = contents(store)
        with refused(
            "Cambió un precio; revisa el pedido y confírmalo de nuevo.",
            PricesChanged,
            changes=(PriceChange("50 Timbres", 29000, 30000),),
        ):
            placed(store, kemper, checkout)
        assert contents(store) == before

    def test_a_credit_that_is_smaller_tomorrow(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        """4G paid 65.00: 21 of 31 days left is 44.03, 20 is 41.93."""
        bought(store, kemper)
        watch.passes(days=10)
        put_4g(store, kemper, "10G", "anual")
        checkout = prepared(store, kemper)
        assert checkout.cart.total_centavos == 190329
        watch.passes(days=1)
        with refused(
            "Cambió un precio; revisa el pedido y confírmalo de nuevo.",
            PricesChanged,
            changes=(PriceChange("@spacio 10G por un Año", 168480 - 4403, 168480 - 4193),),
        ):
            placed(store, kemper, checkout)

    def test_a_cart_that_changed(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        checkout = prepared(store, kemper)
        with store.writing() as session:
            set_quantity(session, kemper, checkout.cart.lines[0].item_id, 2, store.clock)
        refused_to_place(
            store,
            kemper,
            checkout,
            "El carrito cambió en otra sesión; revísalo de nuevo.",
            CartChanged,
        )

    def test_a_tax_rate_that_changed(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        checkout = prepared(store, kemper)
        with store.writing() as session:
            session.exec(update(Desk).where(col(Desk.id) == kemper.desk_id).values(tax_rate_bp=800))
        refused_to_place(
            store,
            kemper,
            checkout,
            "El carrito cambió en otra sesión; revísalo de nuevo.",
            CartChanged,
        )
        assert placed(store, kemper, prepared(store, kemper)).total_centavos == 15660

    @pytest.mark.parametrize("kind", LegalKind)
    def test_conditions_that_changed(self, store: Store, kemper: Person, kind: LegalKind) -> None:
        put_50(store, kemper)
        checkout = prepared(store, kemper)
        with store.writing() as session:
            new_text(session, store, kind)
        refused_to_place(
            store,
            kemper,
            checkout,
            "Las condiciones del contrato cambiaron; léelas y acéptalas de nuevo.",
            ConditionsChanged,
        )
        assert placed(store, kemper, prepared(store, kemper)).is_new

    def test_a_plan_that_cannot_be_had_any_more(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        checkout = prepared(store, kemper)
        with store.writing() as session:
            yesterday = store.clock.today() - timedelta(days=1)
            session.exec(
                update(Price)
                .where(col(Price.product_code) == "ESPACIO-4G")
                .values(valid_to=yesterday)
            )
        refused_to_place(
            store,
            kemper,
            checkout,
            "@spacio 4G no está a la venta hoy.",
            OrderRefused,
        )

    def test_who_only_looks_may_not(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        checkout = prepared(store, kemper)
        looker = colleague(store, kemper, "consultora", Role.CONSULTA)
        with refused(NOT_ALLOWED, NotAllowed), store.reading() as session:
            prepare(session, looker, store.clock)
        with refused(NOT_ALLOWED, NotAllowed):
            placed(store, looker, checkout)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2020, 7, 13), date(2020, 7, 20)),  # Monday to Monday
        (date(2020, 7, 17), date(2020, 7, 24)),  # Friday to Friday
        (date(2020, 7, 18), date(2020, 7, 24)),  # Saturday
        (date(2020, 7, 19), date(2020, 7, 24)),  # Sunday
    ],
)
def test_five_working_days(day: date, due: date) -> None:
    assert add_working_days(day, 5) == due
