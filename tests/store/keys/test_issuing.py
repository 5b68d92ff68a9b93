"""Issuing lots of keys into a file, in steps."""

import csv
import resource
import signal
from datetime import date
from pathlib import Path

import pytest

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.audit.tables import AuditEvent
from store.errors import Mistyped, NotAllowed, NotFound, Refusal
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.code import read_key
from store.keys.issuing import IssuedLot, issue_keys
from store.keys.loading import pace
from store.keys.loading.progress import Progress
from store.keys.loading.tables import KeyLoad
from store.keys.lots import LotForm, key_mac, read_redeem_by
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.settings import Settings
from tests.store.contents import contents, kept, rows
from tests.store.crashes import crashes, dies_at
from tests.store.lots import CONSOLE, activated, imported, unknown
from tests.store.people import employee
from tests.store.processes import finish, start
from tests.store.refusals import NOT_ALLOWED, refused

FORM = LotForm("timbres-200", date(2020, 12, 31))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the keys go."""
    return tmp_path / "claves.csv"


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten keys a step, however quick they are."""
    for bound in ("LEAST", "MOST"):
        monkeypatch.setattr(pace, bound, 10)


def issue(store: Store, out: Path, count: int = 3, person: Person = CONSOLE) -> IssuedLot:
    """Issue a lot that may be confirmed until the end of the year."""
    return issue_keys(store, person, FORM, count, out)


def keys_in(file: Path) -> list[str]:
    """Give the keys of a file."""
    with file.open(newline="") as lines:
        return [row["clave"] for row in csv.DictReader(lines)]


def part(out: Path) -> Path:
    """What the file is called while it grows."""
    return out.with_name(out.name + ".part")


class TestIssuing:
    """`escritorio keys issue`."""

    def test_a_lot_gives_its_keys_in_clear_this_once(self, store: Store, out: Path) -> None:
        lot = issue(store, out)
        assert lot == IssuedLot("L-000001", "TIMBRES-200", 3)
        with out.open(newline="") as lines:
            table = list(csv.DictReader(lines))
        assert len({row["clave"] for row in table}) == 3
        for row in table:
            assert read_key(row["clave"]).grouped() == row["clave"]
            assert list(row.values())[1:] == ["TIMBRES-200", "200", "L-000001", "31/12/2020"]
        assert out.stat().st_mode & 0o777 == 0o600
        assert [path.name for path in out.parent.glob("claves*")] == ["claves.csv"]

    def test_the_store_keeps_the_lot_and_no_key_in_clear(self, store: Store, out: Path) -> None:
        issue(store, out)
        row = rows(store, KeyLot)[-1]
        assert (row.folio, row.quantity, row.vendor_length) == ("L-000001", 3, None)
        assert (row.redeem_by, row.created_by) == (date(2020, 12, 31), "console")
        assert row.created_at == store.clock.now()
        for typed in keys_in(out):
            key, found = read_key(typed), kept(store, typed)
            assert found.lot_id == row.id
            assert (found.state, found.units) == (KeyState.ISSUED, 200)
            assert found.signs == key.reveal()[:4] + key.reveal()[-4:]
            assert found.mac == key_mac(store.pepper, key)
        assert not rows(store, KeyLoad)

    def test_the_audit_tells_it(self, store: Store, out: Path) -> None:
        issue(store, out)
        event = rows(store, AuditEvent)[-1]
        assert event.action == "lot.issued"
        assert event.detail == '{"folio":"L-000001","product":"TIMBRES-200","quantity":3}'

    def test_folios_go_on_without_a_gap(self, store: Store, out: Path) -> None:
        assert issue(store, out).folio == "L-000001"
        with pytest.raises(Refusal, match="ya existe"):
            issue(store, out)
        with pytest.raises(Refusal, match="no existe"):
            issue(store, out.parent / "nada" / "claves.csv")
        assert issue(store, out.with_name("otras.csv")).folio == "L-000002"

    def test_its_keys_can_be_confirmed(self, store: Store, empresasis: Person, out: Path) -> None:
        issue(store, out, count=1)
        assert activated(store, empresasis, keys_in(out)[0]).units == 200

    @pytest.mark.parametrize("count", [-1, 0, 10_000_001])
    def test_a_lot_has_a_size(self, sqlite_store: Store, out: Path, count: int) -> None:
        before = contents(sqlite_store)
        with refused("Un lote lleva de 1 a 10,000,000 claves.", Mistyped, field="count"):
            issue(sqlite_store, out, count)
        assert contents(sqlite_store) == before

    def test_an_unknown_product_is_told_the_known_ones(self, store: Store, out: Path) -> None:
        with refused(
            "No hay un producto «TIMBRES-7»; los que hay: TIMBRES-50, TIMBRES-200, TIMBRES-500.",
            NotFound,
        ):
            issue_keys(store, CONSOLE, LotForm("TIMBRES-7"), 1, out)

    def test_a_last_day_that_has_passed_is_refused(self, sqlite_store: Store, out: Path) -> None:
        form, before = LotForm("TIMBRES-50", date(2020, 7, 13)), contents(sqlite_store)
        sentence = "El último día para confirmarlas ya pasó: 13/07/2020."
        with refused(sentence, Mistyped, field="redeem_by"):
            issue_keys(sqlite_store, CONSOLE, form, 1, out)
        assert contents(sqlite_store) == before
        assert not part(out).exists()

    @pytest.mark.parametrize("role", [StaffRole.SOPORTE, StaffRole.ADMIN])
    def test_soporte_and_admins_may_issue(self, store: Store, role: StaffRole, out: Path) -> None:
        issue(store, out, person=employee(store, "personal", role))
        assert rows(store, KeyLot)[-1].created_by == "personal"

    @pytest.mark.parametrize("role", [StaffRole.CAJA, StaffRole.AUDITOR])
    def test_the_rest_of_the_staff_may_not(self, store: Store, role: StaffRole, out: Path) -> None:
        self.may_not(store, employee(store, "personal", role), out)

    def test_a_desk_may_not(self, store: Store, empresasis: Person, out: Path) -> None:
        self.may_not(store, empresasis, out)

    def may_not(self, store: Store, person: Person, out: Path) -> None:
        before = contents(store)
        with refused(NOT_ALLOWED, NotAllowed):
            issue(store, out, person=person)
        with refused(NOT_ALLOWED, NotAllowed):
            imported(store, [unknown()], person=person)
        assert contents(store) == before
        assert not part(out).exists()


def issues(address: str, out: Path, point: int) -> None:
    """Issue from another process, ten keys at a time, and kill -9 oneself at a point."""
    pace.LEAST = pace.MOST = 10
    store = open_store(Settings(store=address))
    dies_at(store.engine, point)
    issue(store, out, 30)


def issues_on_a_full_disk(address: str, out: Path) -> None:
    """Issue from a process whose files may not grow beyond some keys."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit(_progress: Progress) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    with pytest.raises(Refusal, match="la misma orden continúa"):
        issue_keys(open_store(Settings(store=address)), CONSOLE, FORM, 30, out, limit)


class TestBeingCut:
    """Whatever cuts it, the file gets its name only when the store knows all its keys; the same command goes on."""

    def test_at_any_point_the_file_has_what_the_store_has(
        self, address: str, store: Store, out: Path
    ) -> None:
        for _point in crashes(issues, address, out, step=7):
            lots = [lot for lot in rows(store, KeyLot) if lot.folio[0] == "L"]
            held = {
                key.mac for key in rows(store, PrepaidKey) if key.lot_id in {lot.id for lot in lots}
            }
            assert len(held) == sum(lot.quantity for lot in lots)
            file = out if out.exists() else part(out)
            lines = keys_in(file) if file.exists() else []
            written = {key_mac(store.pepper, read_key(key)) for key in lines}
            assert held <= written
            assert held == written or not out.exists()
        assert len(keys_in(out)) == 30
        for typed in keys_in(out):
            assert kept(store, typed).state is KeyState.ISSUED
        assert [lot.folio for lot in rows(store, KeyLot) if lot.folio[0] == "L"] == ["L-000001"]
        assert not rows(store, KeyLoad)
        assert not part(out).exists()

    def cut(self, store: Store, out: Path) -> None:
        """Issue twenty of thirty keys."""

        def interrupt(progress: Progress) -> None:
            if progress.taken == 20:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            issue_keys(store, CONSOLE, FORM, 30, out, interrupt)

    def test_what_the_store_does_not_know_is_cut_off(
        self, sqlite_store: Store, out: Path, small_steps: None
    ) -> None:
        self.cut(sqlite_store, out)
        with part(out).open("a") as file:
            file.write(f"{unknown()},TIMBRES-200,200,L-000001,\r\nAAAA-")
        told: list[Progress] = []
        issue_keys(sqlite_store, CONSOLE, FORM, 30, out, told.append)
        assert (told[0].folio, told[0].taken) == ("L-000001", 20)
        keys = keys_in(out)
        assert len(keys) == len(set(keys)) == 30
        assert all(kept(sqlite_store, key) for key in keys)

    @pytest.mark.parametrize("left", [None, "clave\r\n"])
    def test_a_file_that_was_lost_is_said(
        self, sqlite_store: Store, out: Path, small_steps: None, left: str | None
    ) -> None:
        self.cut(sqlite_store, out)
        part(out).unlink()
        if left:
            part(out).write_text(left)
        with pytest.raises(Refusal, match="con 20 claves ya emitidas del lote L-000001"):
            issue(sqlite_store, out, 30)

    def test_another_lot_does_not_go_on_in_its_file(
        self, sqlite_store: Store, out: Path, small_steps: None
    ) -> None:
        self.cut(sqlite_store, out)
        before = part(out).read_bytes()
        with pytest.raises(Refusal, match="otra emisión sin terminar"):
            issue(sqlite_store, out, 31)
        assert part(out).read_bytes() == before
        assert issue(sqlite_store, out, 30).quantity == 30

    def test_what_others_left_under_its_name_is_not_touched(
        self, sqlite_store: Store, out: Path
    ) -> None:
        part(out).write_text("mío")
        with pytest.raises(Refusal, match="ya existe"):
            issue(sqlite_store, out)
        assert part(out).read_text() == "mío"

    def test_two_at_once_do_not_write_into_one_file(
        self, sqlite_store: Store, out: Path, small_steps: None
    ) -> None:
        def again(_progress: Progress) -> None:
            with pytest.raises(Refusal, match="otro proceso"):
                issue(sqlite_store, out, 30)

        assert issue_keys(sqlite_store, CONSOLE, FORM, 30, out, again).quantity == 30

    def test_a_full_disk_is_said_and_it_goes_on_with_room(
        self, sqlite_store: Store, out: Path, small_steps: None
    ) -> None:
        finish([start(issues_on_a_full_disk, sqlite_store.settings.store, out)])
        assert not out.exists()
        assert issue(sqlite_store, out, 30).quantity == 30
        assert all(kept(sqlite_store, key) for key in keys_in(out))


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
