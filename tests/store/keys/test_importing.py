"""Importing keys that were issued elsewhere: a CSV, a line at a time."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from store.accounts.person import Person
from store.audit.chain import broken_links
from store.audit.tables import AuditEvent
from store.demo import GOOD_50
from store.errors import Mistyped, NotAllowed, NotFound
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys import importing
from store.keys.code import new_key
from store.keys.importing import ImportReport, RefusedLine, import_keys
from store.keys.lots import add_keys
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.settings import Settings
from tests.store.contents import contents, kept, rows
from tests.store.lots import CONSOLE, activated
from tests.store.processes import die, finish, start, was_killed
from tests.store.refusals import NOT_ALLOWED, refused


class TestImporting:
    """`escritorio keys import`: a CSV of keys that were issued elsewhere."""

    KEYS = [new_key().grouped() for _key in range(4)]

    def takes(self, store: Store, *lines: str) -> ImportReport:
        return import_keys(store, CONSOLE, lines, "TIMBRES-50")

    @pytest.mark.parametrize(
        "lines",
        [
            KEYS,
            [f"{key}\n" for key in KEYS],
            [f"{key}\r\n" for key in KEYS],
            [f'"{key}"' for key in KEYS],
            [key.lower().replace("-", " ") for key in KEYS],
            ["\ufeff" + KEYS[0], *KEYS[1:]],
            ["Clave,Cantidad", *(f"{key},50" for key in KEYS)],
            ["Cantidad;Clave", *(f"50;{key}" for key in KEYS)],
            ["\ufeffCLAVE", "", *KEYS, "", " "],
            [f"{key};50;x" for key in KEYS],
        ],
        ids=[
            "plain",
            "newlines",
            "windows",
            "quoted",
            "lower",
            "bom",
            "headed",
            "semicolons",
            "blank lines",
            "first column",
        ],
    )
    def test_a_file_is_read_as_programs_write_it(self, store: Store, lines: list[str]) -> None:
        assert self.takes(store, *lines) == ImportReport("L-000001", taken=4, refused=[])
        for key in self.KEYS:
            assert kept(store, key).state is KeyState.ISSUED
        lot = rows(store, KeyLot)[-1]
        assert (lot.folio, lot.quantity, lot.vendor_length) == ("L-000001", 4, None)

    def test_what_cannot_be_taken_is_told_by_its_line_and_the_rest_goes_on(
        self, store: Store
    ) -> None:
        report = self.takes(
            store,
            "Clave",
            self.KEYS[0],
            "38SQ-Y7AU-NS7R-UHBF",
            self.KEYS[0].lower(),
            "38SQ-Y7AU",
            GOOD_50,
            "38SQ-Y7OU-NS7R-UHBE",
            self.KEYS[1],
        )
        assert report.taken == 2
        assert report.refused == [
            RefusedLine(3, "La clave no está bien escrita; revísala."),
            RefusedLine(4, "La clave se repite en el archivo."),
            RefusedLine(5, "La clave tiene 16 caracteres; escribiste 8."),
            RefusedLine(6, "La clave ya está en el almacén."),
            RefusedLine(7, "Las claves no usan 0, 1, I, L ni O: revisa el carácter 7."),
        ]
        event = rows(store, AuditEvent)[-1]
        assert event.action == "lot.imported"
        assert event.detail == (
            '{"folio":"L-000001","product":"TIMBRES-50","quantity":2,"refused":5}'
        )

    def test_a_refused_line_never_repeats_a_key(self, store: Store) -> None:
        report = self.takes(store, GOOD_50, "38SQ-Y7AU-NS7R-UHBF")
        assert "Y7AU" not in repr(report)

    def test_importing_a_file_again_adds_nothing(self, store: Store) -> None:
        self.takes(store, *self.KEYS)
        again = self.takes(store, *self.KEYS)
        assert (again.taken, len(again.refused)) == (0, 4)
        assert rows(store, KeyLot)[-1].quantity == 0

    def test_a_key_that_a_desk_holds_is_in_the_store(
        self, store: Store, empresasis: Person
    ) -> None:
        activated(store, empresasis, GOOD_50)
        before = kept(store, GOOD_50)
        assert self.takes(store, GOOD_50).taken == 0
        assert kept(store, GOOD_50) == before

    def test_many_keys_go_in_batches(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "BATCH", 10)
        keys = [new_key().grouped() for _key in range(25)]
        report = self.takes(store, *keys[:15], keys[0], *keys[15:], GOOD_50)
        assert report.taken == 25
        assert [refusal.line for refusal in report.refused] == [16, 27]
        assert rows(store, KeyLot)[-1].quantity == 25

    def test_a_desk_may_not_import(self, store: Store, empresasis: Person) -> None:
        before = contents(store)
        with refused(NOT_ALLOWED, NotAllowed):
            import_keys(store, empresasis, self.KEYS, "TIMBRES-50")
        assert contents(store) == before

    def test_an_empty_file_is_an_empty_lot(self, store: Store) -> None:
        assert self.takes(store) == ImportReport("L-000001", taken=0, refused=[])

    def test_an_unknown_product_leaves_no_lot(self, store: Store) -> None:
        before = contents(store)
        with pytest.raises(NotFound):
            import_keys(store, CONSOLE, self.KEYS, "NADA")
        assert contents(store) == before


class TestVendorKeys:
    """Keys of another form, without a check symbol, live beside our own."""

    def test_they_are_taken_by_their_length(self, store: Store, empresasis: Person) -> None:
        report = import_keys(
            store,
            CONSOLE,
            ["abcd-0123-4567", "ABCD-0123-456", "ABCD-0123-456Ñ", GOOD_50],
            "TIMBRES-500",
            vendor_length=12,
            redeem_by=date(2020, 7, 14),
        )
        assert report.taken == 1
        assert report.refused == [
            RefusedLine(line, "La clave no tiene 12 letras o números.") for line in (2, 3, 4)
        ]
        lot = rows(store, KeyLot)[-1]
        assert (lot.vendor_length, lot.redeem_by) == (12, date(2020, 7, 14))
        assert activated(store, empresasis, "ABCD01234567").units == 500

    @pytest.mark.parametrize("length", [0, 11, 41])
    def test_too_short_they_would_be_half_told_by_their_mask(
        self, store: Store, length: int
    ) -> None:
        before = contents(store)
        with refused(
            "Las claves de proveedor llevan de 12 a 40 caracteres.",
            Mistyped,
            field="vendor_length",
        ):
            import_keys(store, CONSOLE, [], "TIMBRES-50", vendor_length=length)
        assert contents(store) == before

    @pytest.mark.parametrize("length", [12, 40])
    def test_the_shortest_and_the_longest_are_kept(
        self, store: Store, empresasis: Person, length: int
    ) -> None:
        typed = ("0123456789ABCDEFGHIJ" * 2)[:length]
        import_keys(store, CONSOLE, [typed], "TIMBRES-50", vendor_length=length)
        confirmed = activated(store, empresasis, typed)
        assert str(confirmed.masked) == f"0123-••••-••••-{typed[-4:]}"


def imports(address: str, keys: list[str]) -> None:
    """Import keys from another process, ten at a time."""
    importing.BATCH = 10
    import_keys(open_store(Settings(store=address)), CONSOLE, keys, "TIMBRES-50")


def imports_and_dies(address: str, keys: list[str], after: int) -> None:
    """Import keys, and kill -9 oneself at the batch after so many."""
    batches = iter(range(after))

    def insert_or_die(*arguments: Any) -> None:
        add_keys(*arguments)
        if next(batches, None) is None:
            die()

    pytest.MonkeyPatch().setattr(importing, "add_keys", insert_or_die)
    imports(address, keys)


def test_four_imports_of_one_file_at_once_take_each_key_once(address: str, store: Store) -> None:
    keys = [new_key().grouped() for _key in range(100)]
    finish(start(imports, address, keys) for _process in range(4))
    found = Counter(kept(store, key).lot_id for key in keys)
    lots = {lot.id: lot.quantity for lot in rows(store, KeyLot) if lot.folio.startswith("L-")}
    assert len(lots) == 4
    assert sum(lots.values()) == 100
    assert all(found[lot] == quantity for lot, quantity in lots.items())
    with store.reading() as session:
        assert not list(broken_links(session))


def test_an_import_that_was_cut_is_finished_by_importing_again(address: str, store: Store) -> None:
    keys = [new_key().grouped() for _key in range(50)]
    assert was_killed(start(imports_and_dies, address, keys, 2))
    lot = rows(store, KeyLot)[-1]
    assert lot.quantity == 20
    assert sum(key.lot_id == lot.id for key in rows(store, PrepaidKey)) == 20
    report = import_keys(store, CONSOLE, keys, "TIMBRES-50")
    assert report.taken == 30
    assert [refusal.line for refusal in report.refused] == list(range(1, 21))
    assert all(kept(store, key).state is KeyState.ISSUED for key in keys)
