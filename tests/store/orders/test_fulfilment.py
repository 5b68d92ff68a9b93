"""Delivering a paid order: each line once, with the payment that made it whole."""

import pytest
from sqlmodel import col, select, update

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.errors import ChangeWaits, NotAllowed, OrderRefused
from store.espacio.tables import ContractState
from store.installation.store import Store
from store.keys.listing import KeyListing
from store.keys.query import KeyQuery
from store.keys.story import story_of
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.mail.tables import Mail
from store.orders import fulfilment
from store.orders.fulfilment import deliver_order
from store.orders.tables import OrderItem, OrderState, SaleOrder
from tests.store.contents import contents, rows
from tests.store.espacio.buying import contracts
from tests.store.orders.shopping import (
    bought,
    cash,
    ordered,
    paid,
    placed,
    prepared,
    put_50,
    row_of,
)
from tests.store.people import employee, member
from tests.store.refusals import NOT_ALLOWED, refused


def keys_of(store: Store, folio: str) -> list[PrepaidKey]:
    """Give the keys of the lots of an order."""
    with store.reading() as session:
        return list(
            session.exec(
                select(PrepaidKey)
                .join(KeyLot, col(KeyLot.id) == col(PrepaidKey.lot_id))
                .where(col(KeyLot.folio).startswith(folio))
                .order_by(col(PrepaidKey.id))
            ).all()
        )


def delivered_again(store: Store, order_id: int, by: str = "caja1") -> str:
    with store.writing() as session:
        return deliver_order(session, member(store, by), order_id, store)


class TestEspacio:
    """Through the contract's own door."""

    def test_the_contract_begins_today(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper, "10G", "anual")
        (contract,) = contracts(store, kemper)
        assert (contract.plan_code, contract.state) == ("ESPACIO-10G", ContractState.ACTIVE)
        assert contract.starts_on == store.clock.today()
        (item,) = [item for item in rows(store, OrderItem) if item.order_id == order.order_id]
        assert contract.order_item_id == item.id
        assert item.delivered_at == store.clock.now()

    def test_the_mail_tells_how_to_get_in(self, store: Store, kemper: Person) -> None:
        bought(store, kemper)
        facts = [mail.fact.split(":")[0] for mail in rows(store, Mail)]
        assert facts == ["order-placed", "espacio-contracted", "payment-confirmed"]


class TestStamps:
    """Packages arrive as keys that are confirmed in this desk."""

    def test_one_key_for_each_package(self, store: Store, kemper: Person) -> None:
        put_50(store, kemper, 3)
        put_50(store, kemper, 2, units=200)
        order = placed(store, kemper, prepared(store, kemper))
        paid(store, order.order_id, cash(store, order.total_centavos))
        keys = keys_of(store, order.folio)
        assert [key.units for key in keys] == [50, 50, 50, 200, 200]
        row = row_of(store, order.order_id)
        for key in keys:
            assert (key.state, key.desk_id) == (KeyState.AVAILABLE, kemper.desk_id)
            assert (key.confirmed_at, key.confirmed_on) == (store.clock.now(), store.clock.today())
            assert key.confirmed_by == kemper.account_id
            assert key.acceptance_id == row.licence_acceptance_id
        assert len({key.mac for key in keys}) == 5

    def test_they_stand_in_the_list_like_all_others(self, store: Store, kemper: Person) -> None:
        bought(store, kemper, plan=None, stamps=2)
        listing = KeyListing(store, kemper, KeyQuery())
        listing.open()
        assert (listing.keys, listing.units) == (2, 100)

    def test_their_story_says_where_they_came_from(self, store: Store, kemper: Person) -> None:
        order = bought(store, kemper, plan=None, stamps=1)
        (key,) = keys_of(store, order.folio)
        with store.reading() as session:
            story = story_of(session, kemper, key.id, store.clock)
        assert [chapter.what for chapter in story.chapters] == [
            f"Se emitió en el lote {order.folio}-1.",
            "La confirmó kemper, que aceptó la Licencia de Uso versión 1.",
        ]

    def test_the_key_in_clear_is_nowhere(self, store: Store, kemper: Person) -> None:
        """Only the HMAC and the eight visible signs are kept, as of any key."""
        order = bought(store, kemper, plan=None, stamps=1)
        (key,) = keys_of(store, order.folio)
        kept = repr([dict(row._mapping) for table in contents(store).values() for row in table])
        assert kept.count(key.signs[:4]) == 1

    def test_a_distributors_other_keys_stay_as_they_are(
        self, store: Store, empresasis: Person
    ) -> None:
        before = rows(store, PrepaidKey)
        order = placed(store, empresasis, prepared(store, empresasis))
        paid(store, order.order_id, cash(store, order.total_centavos))
        assert rows(store, PrepaidKey)[: len(before)] == before
        assert len(rows(store, PrepaidKey)) == len(before) + 3


class TestWhatCannotBeDelivered:
    """The money is confirmed all the same; the order says what it waits for."""

    @pytest.fixture
    def stuck(self, store: Store, kemper: Person, monkeypatch: pytest.MonkeyPatch) -> SaleOrder:
        """A paid order with a line that cannot be delivered, and one that can."""

        def refuse(*_arguments: object) -> None:
            raise ChangeWaits("@spacio 10G", store.clock.today())

        order = ordered(store, kemper, stamps=1)
        with monkeypatch.context() as patch:
            patch.setattr(fulfilment, "deliver", refuse)
            outcome = paid(store, order.order_id, cash(store, order.total_centavos))
        assert outcome.problem == "Ya tienes @spacio 10G programado desde el 14/07/2020."
        return row_of(store, order.order_id)

    def test_the_rest_is_delivered(self, store: Store, kemper: Person, stuck: SaleOrder) -> None:
        assert (stuck.state, stuck.delivered_at) == (OrderState.PAID, None)
        assert stuck.problem == "Ya tienes @spacio 10G programado desde el 14/07/2020."
        assert len(keys_of(store, stuck.folio)) == 1
        assert contracts(store, kemper) == []

    def test_it_is_delivered_later_and_only_what_was_missing(
        self, store: Store, kemper: Person, stuck: SaleOrder
    ) -> None:
        assert delivered_again(store, stuck.id) == ""
        row = row_of(store, stuck.id)
        assert (row.state, row.problem) == (OrderState.DELIVERED, None)
        assert len(keys_of(store, stuck.folio)) == 1
        assert len(contracts(store, kemper)) == 1
        with refused("Ese pedido no espera entrega.", OrderRefused):
            delivered_again(store, stuck.id)

    def test_the_demo_has_one(self, store: Store) -> None:
        (order,) = [row for row in rows(store, SaleOrder) if row.state is OrderState.PAID]
        assert order.problem == "No se pudo surtir; surte de nuevo."
        assert delivered_again(store, order.id, by="admin") == ""

    def test_an_order_that_is_not_paid(self, store: Store, kemper: Person) -> None:
        order = ordered(store, kemper)
        with refused("Ese pedido no espera entrega.", OrderRefused):
            delivered_again(store, order.order_id)

    @pytest.mark.parametrize("role", [StaffRole.SOPORTE, StaffRole.AUDITOR])
    def test_who_may_not(self, store: Store, stuck: SaleOrder, role: StaffRole) -> None:
        employee(store, "personal", role)
        for by in ("personal", "kemper"):
            with refused(NOT_ALLOWED, NotAllowed):
                delivered_again(store, stuck.id, by)

    def test_a_line_that_says_it_was_delivered_is_not_again(
        self, store: Store, kemper: Person
    ) -> None:
        order = ordered(store, kemper, plan=None, stamps=1)
        with store.writing() as session:
            session.exec(
                update(OrderItem)
                .where(col(OrderItem.order_id) == order.order_id)
                .values(delivered_at=store.clock.now())
            )
        paid(store, order.order_id, cash(store, order.total_centavos))
        assert keys_of(store, order.folio) == []
