"""Issuing lots of keys."""

from collections import Counter
from datetime import date

import pytest

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.audit.tables import AuditEvent
from store.errors import Mistyped, NotAllowed, NotFound
from store.installation.store import Store
from store.keys.code import new_key, read_key
from store.keys.importing import import_keys
from store.keys.issuing import IssuedLot, issue_keys
from store.keys.lots import key_mac, read_redeem_by
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from tests.store.contents import contents, kept, rows
from tests.store.lots import CONSOLE, activated
from tests.store.people import employee
from tests.store.refusals import NOT_ALLOWED, refused


def issue(
    store: Store, person: Person = CONSOLE, product: str = "TIMBRES-50", count: int = 3
) -> IssuedLot:
    """Issue a lot that may be confirmed until the end of the year."""
    with store.writing() as session:
        return issue_keys(
            session,
            person,
            store.pepper,
            product,
            count,
            redeem_by=date(2020, 12, 31),
            now=store.clock.now(),
        )


class TestIssuing:
    """`escritorio keys issue`."""

    def test_a_lot_gives_its_keys_in_clear_this_once(self, store: Store) -> None:
        lot = issue(store, product="timbres-200", count=3)
        assert (lot.folio, lot.product_code, lot.units) == ("L-000001", "TIMBRES-200", 200)
        assert len(set(lot.keys)) == 3
        assert all(read_key(key.grouped()) == key for key in lot.keys)
        assert lot.keys[0].reveal() not in repr(lot)

    def test_the_store_keeps_the_lot_and_no_key_in_clear(self, store: Store) -> None:
        lot = issue(store)
        row = rows(store, KeyLot)[-1]
        assert (row.folio, row.quantity, row.vendor_length) == ("L-000001", 3, None)
        assert (row.redeem_by, row.created_by) == (date(2020, 12, 31), "console")
        assert row.created_at == store.clock.now()
        for key in lot.keys:
            found = kept(store, key.reveal())
            assert found.lot_id == row.id
            assert (found.state, found.units) == (KeyState.ISSUED, 50)
            assert found.signs == key.reveal()[:4] + key.reveal()[-4:]
            assert found.mac == key_mac(store.pepper, key)
            assert len(found.mac) == 32

    def test_the_audit_tells_it(self, store: Store) -> None:
        issue(store)
        event = rows(store, AuditEvent)[-1]
        assert event.action == "lot.issued"
        assert event.detail == '{"folio":"L-000001","product":"TIMBRES-50","quantity":3}'

    def test_folios_go_on_without_a_gap(self, store: Store) -> None:
        assert issue(store).folio == "L-000001"
        with refused("Un lote lleva de 1 a 10,000 claves.", Mistyped, field="count"):
            issue(store, count=0)
        with pytest.raises(OSError, match="the file of the keys"):
            self.issue_without_a_place_for_the_keys(store)
        assert issue(store).folio == "L-000002"
        assert Counter(key.state for key in rows(store, PrepaidKey))[KeyState.ISSUED] == 3 + 3 + 3

    def issue_without_a_place_for_the_keys(self, store: Store) -> None:
        with store.writing() as session:
            issue_keys(
                session,
                CONSOLE,
                store.pepper,
                "TIMBRES-50",
                1,
                redeem_by=None,
                now=store.clock.now(),
            )
            raise OSError("the file of the keys cannot be written")

    def test_its_keys_can_be_confirmed(self, store: Store, empresasis: Person) -> None:
        lot = issue(store, count=1)
        assert activated(store, empresasis, lot.keys[0].grouped()).units == 50

    @pytest.mark.parametrize("count", [-1, 0, 10_001])
    def test_a_lot_has_a_size(self, store: Store, count: int) -> None:
        before = contents(store)
        with refused("Un lote lleva de 1 a 10,000 claves.", Mistyped, field="count"):
            issue(store, count=count)
        assert contents(store) == before

    def test_the_largest_lot_can_be_issued(self, sqlite_store: Store) -> None:
        assert len(set(issue(sqlite_store, count=10_000).keys)) == 10_000

    def test_an_unknown_product_is_told_the_known_ones(self, store: Store) -> None:
        with refused(
            "No hay un producto «TIMBRES-7»; los que hay: TIMBRES-50, TIMBRES-200, TIMBRES-500.",
            NotFound,
        ):
            issue(store, product="TIMBRES-7")

    @pytest.mark.parametrize("role", [StaffRole.SOPORTE, StaffRole.ADMIN])
    def test_soporte_and_admins_may_issue(self, store: Store, role: StaffRole) -> None:
        issue(store, employee(store, "personal", role))
        assert rows(store, KeyLot)[-1].created_by == "personal"

    @pytest.mark.parametrize("role", [StaffRole.CAJA, StaffRole.AUDITOR])
    def test_the_rest_of_the_staff_may_not(self, store: Store, role: StaffRole) -> None:
        self.may_not(store, employee(store, "personal", role))

    def test_a_desk_may_not(self, store: Store, empresasis: Person) -> None:
        self.may_not(store, empresasis)

    def may_not(self, store: Store, person: Person) -> None:
        before = contents(store)
        with refused(NOT_ALLOWED, NotAllowed):
            issue(store, person)
        with refused(NOT_ALLOWED, NotAllowed):
            import_keys(store, person, [new_key().grouped()], "TIMBRES-50")
        assert contents(store) == before


class TestLastDay:
    """«Podía confirmarse hasta el …»."""

    def test_it_is_read_as_people_write_it(self) -> None:
        assert read_redeem_by("31/12/2020") == date(2020, 12, 31)
        assert read_redeem_by(None) is None

    @pytest.mark.parametrize("text", ["", "mañana", "2020-12-31"])
    def test_anything_else_is_said_back(self, text: str) -> None:
        with refused(
            f"«{text}» no es una fecha; escríbela como 14/07/2020.", Mistyped, field="redeem_by"
        ):
            read_redeem_by(text)
