"""The cart: one per desk, counted in the header, at today's prices."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from store.accounts.person import Person
from store.accounts.tables import Desk, DeskState, Role, StaffRole
from store.catalogue.tables import Price, PriceSource
from store.errors import AlreadyHeld, Mistyped, NotAllowed, NotFound
from store.espacio.tables import Naming
from store.installation.store import Store
from store.orders.cart import (
    cart_of,
    count_units,
    put_espacio,
    put_stamps,
    remove_line,
    said_of_units,
    set_quantity,
)
from store.orders.cart_view import CartView
from store.orders.tables import Change, OrderItem, OrderState, SaleOrder
from tests.store.contents import contents, rows
from tests.store.orders.shopping import MONTH_OF_4G, bought, ordered, put_4g, put_50
from tests.store.people import colleague, employee, member
from tests.store.refusals import NOT_ALLOWED, refused


def cart(store: Store, person: Person) -> CartView:
    with store.reading() as session:
        return cart_of(session, person, store.clock)


def units(store: Store, person: Person) -> int:
    with store.reading() as session:
        return count_units(session, person)


def new_price(store: Store, product: str, centavos: int) -> None:
    """Let a price follow the one in force, from today."""
    today = store.clock.today()
    with store.writing() as session:
        session.exec(
            update(Price)
            .where(col(Price.product_code) == product, col(Price.valid_to).is_(None))
            .values(valid_to=today - timedelta(days=1))
        )
        session.add(
            Price(
                product_code=product,
                centavos=centavos,
                valid_from=today,
                source=PriceSource.OPERATOR,
            )
        )


class TestFilling:
    """AGREGAR AL CARRITO."""

    def test_a_desk_begins_with_none(self, store: Store, kemper: Person) -> None:
        view = cart(store, kemper)
        assert (view.order_id, view.lines, view.total_centavos, view.units) == (None, (), 0, 0)

    def test_the_seeds_line(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        view = cart(store, kemper)
        (line,) = view.lines
        assert line.price.description == "@spacio 4G por un Mes"
        assert line.is_espacio
        assert line.price.change is Change.CONTRACT
        assert (view.gross_centavos, view.discount_centavos, view.subtotal_centavos) == (
            6500,
            0,
            6500,
        )
        assert (view.tax_centavos, view.total_centavos) == (1040, MONTH_OF_4G)

    def test_tax_is_reckoned_once_on_all(self, store: Store, kemper: Person) -> None:
        """By lines it would be 11.20 + 23.20, rounded twice."""
        with store.writing() as session:
            session.exec(update(Desk).where(col(Desk.id) == kemper.desk_id).values(tax_rate_bp=833))
        put_4g(store, kemper, term="bimestral")
        put_50(store, kemper)
        view = cart(store, kemper)
        assert view.subtotal_centavos == 12740 + 14500
        assert view.tax_centavos == (27240 * 833 + 5000) // 10000

    def test_another_plan_takes_its_place(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        put_50(store, kemper)
        put_4g(store, kemper, "10G", "anual")
        lines = [line.price.description for line in cart(store, kemper).lines]
        assert lines == ["50 Timbres", "@spacio 10G por un Año"]
        assert units(store, kemper) == 2

    def test_the_same_packages_come_together(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper, 2)
        put_50(store, kemper, 3)
        put_50(store, kemper, 1, units=200)
        view = cart(store, kemper)
        assert [(line.price.description, line.price.quantity) for line in view.lines] == [
            ("50 Timbres", 5),
            ("200 Timbres", 1),
        ]
        assert view.gross_centavos == 5 * 14500 + 39900
        assert units(store, kemper) == view.units == 6

    def test_a_price_of_today_is_shown_and_the_former_told(
        self, store: Store, kemper: Person
    ) -> None:
        put_50(store, kemper, 2)
        new_price(store, "TIMBRES-50", 15000)
        (line,) = cart(store, kemper).lines
        assert (line.before_centavos, line.price.net_centavos) == (29000, 30000)

    def test_what_is_not_sold_any_more_says_so(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        with store.writing() as session:
            yesterday = store.clock.today() - timedelta(days=1)
            session.exec(update(Price).values(valid_to=yesterday))
        (line,) = cart(store, kemper).lines
        assert line.price.problem == "50 Timbres no está a la venta hoy."
        assert line.price.net_centavos == 14500

    def test_it_survives_the_session_and_is_the_desks(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper, 2)
        operator = colleague(store, kemper, "operadora", Role.OPERADOR)
        put_50(store, operator, 1)
        looker = colleague(store, kemper, "consultora", Role.CONSULTA)
        assert units(store, looker) == 3
        carts = [row for row in rows(store, SaleOrder) if row.desk_id == kemper.desk_id]
        assert [row.state for row in carts] == [OrderState.CART]

    def test_desks_have_their_own(self, store: Store, kemper: Person, empresasis: Person) -> None:
        put_50(store, kemper, 2)
        assert units(store, empresasis) == 3
        assert cart(store, empresasis).order_id != cart(store, kemper).order_id


class TestChanging:
    """Quantities and lines."""

    def item(self, store: Store, person: Person) -> int:
        return cart(store, person).lines[0].item_id

    def test_a_quantity_is_set(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper)
        with store.writing() as session:
            view = set_quantity(session, kemper, self.item(store, kemper), 999, store.clock)
        assert view.units == 999
        assert view.gross_centavos == 999 * 14500

    @pytest.mark.parametrize("quantity", [0, -1, 1000])
    def test_a_quantity_that_cannot_be(self, store: Store, kemper: Person, quantity: int) -> None:
        put_50(store, kemper)
        before = contents(store)
        with (
            refused("La cantidad va de 1 a 999.", Mistyped, field="quantity"),
            store.writing() as session,
        ):
            set_quantity(session, kemper, self.item(store, kemper), quantity, store.clock)
        with (
            refused("La cantidad va de 1 a 999.", Mistyped, field="quantity"),
            store.writing() as session,
        ):
            put_stamps(session, kemper, "TIMBRES-50", quantity, store.clock)
        assert contents(store) == before

    def test_a_thousand_do_not_come_together(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper, 999)
        with refused("La cantidad va de 1 a 999.", Mistyped):
            put_50(store, kemper, 1)

    def test_of_espacio_there_is_one(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        item = self.item(store, kemper)
        with (
            refused("De Espacio se contrata uno.", Mistyped, field="quantity"),
            store.writing() as session,
        ):
            set_quantity(session, kemper, item, 2, store.clock)
        with store.writing() as session:
            assert set_quantity(session, kemper, item, 1, store.clock).units == 1

    def test_a_line_is_taken_out_once(self, store: Store, kemper: Person) -> None:
        put_4g(store, kemper)
        put_50(store, kemper)
        item = self.item(store, kemper)
        for _time in range(2):
            with store.writing() as session:
                assert remove_line(session, kemper, item, store.clock).units == 1

    def test_another_desks_line_is_out_of_reach(
        self, store: Store, kemper: Person, empresasis: Person
    ) -> None:
        theirs = self.item(store, empresasis)
        before = rows(store, OrderItem)
        with refused("Esa línea ya no está en el carrito.", NotFound), store.writing() as session:
            set_quantity(session, kemper, theirs, 5, store.clock)
        with store.writing() as session:
            remove_line(session, kemper, theirs, store.clock)
        assert rows(store, OrderItem) == before

    def test_a_placed_order_is_no_cart(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper, stamps=1)
        items = [item for item in rows(store, OrderItem) if item.order_id == order.order_id]
        with store.writing() as session:
            remove_line(session, kemper, items[0].id, store.clock)
        with refused("Esa línea ya no está en el carrito.", NotFound), store.writing() as session:
            set_quantity(session, kemper, items[1].id, 5, store.clock)
        assert [item for item in rows(store, OrderItem) if item.order_id == order.order_id] == items


class TestWhatIsRefused:
    """The quote's refusals come through, and roles are refused by the store."""

    def test_the_plan_that_runs(self, store: Store, kemper: Person) -> None:
        bought(store, kemper)
        with refused("Ya tienes esta modalidad; puedes renovarla.", AlreadyHeld):
            put_4g(store, kemper)
        with store.writing() as session:
            view = put_espacio(
                session,
                kemper,
                "ESPACIO-4G",
                "mensual",
                Naming.USERNAME,
                store.clock,
                renewing=True,
            )
        assert view.lines[0].price.change is Change.RENEWAL
        assert cart(store, kemper) == view

    def test_an_unknown_package(self, store: Store, kemper: Person) -> None:
        with pytest.raises(NotFound, match="TIMBRES-500"):
            put_50(store, kemper, units=7)
        with pytest.raises(NotFound):
            put_4g(store, kemper, "5G")

    def test_a_package_of_espacio_is_no_stamps(self, store: Store, kemper: Person) -> None:
        with pytest.raises(NotFound), store.writing() as session:
            put_stamps(session, kemper, "ESPACIO-4G", 1, store.clock)

    @pytest.mark.parametrize("role", [Role.CONSULTA, *StaffRole])
    def test_who_may_not(self, store: Store, kemper: Person, role: Role | StaffRole) -> None:
        put_50(store, kemper)
        if isinstance(role, Role):
            person = colleague(store, kemper, "consultora", role)
        else:
            person = replace(employee(store, "personal", role), desk_id=kemper.desk_id)
        before = contents(store)
        with refused(NOT_ALLOWED, NotAllowed):
            put_4g(store, person)
        with refused(NOT_ALLOWED, NotAllowed):
            put_50(store, person)
        with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
            set_quantity(session, person, 1, 1, store.clock)
        with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
            remove_line(session, person, 1, store.clock)
        assert contents(store) == before
        assert units(store, person) == 1

    def test_a_suspended_desk_may_not(self, store: Store, kemper: Person) -> None:
        with store.writing() as session:
            session.exec(
                update(Desk).where(col(Desk.id) == kemper.desk_id).values(state=DeskState.SUSPENDED)
            )
        with refused("Tu escritorio no puede contratar. Llama a soporte.", NotAllowed):
            put_4g(store, kemper)

    def test_the_staff_without_a_desk_count_nothing(self, store: Store) -> None:
        assert units(store, member(store, "caja1")) == 0
        with refused("Elige primero un escritorio.", NotAllowed):
            cart(store, member(store, "caja1"))


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 Productos"), (1, "1 Producto"), (3, "3 Productos"), (1200, "1,200 Productos")],
)
def test_the_header_says(count: int, said: str) -> None:
    assert said_of_units(count) == said


def test_the_demos_distributor_has_three(store: Store, empresasis: Person) -> None:
    assert said_of_units(units(store, empresasis)) == "3 Productos"
    with store.reading() as session:
        states = session.exec(
            select(SaleOrder.state).where(SaleOrder.desk_id == empresasis.desk_id)
        ).all()
    assert states == [OrderState.CART]
