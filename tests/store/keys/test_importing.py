"""Importing keys that were issued elsewhere: a CSV of any size, in steps."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from store.accounts.person import Person
from store.audit.chain import broken_links
from store.audit.tables import AuditEvent
from store.demo import GOOD_50, GOOD_200
from store.errors import LoadRelieved, Mistyped, NotAllowed, NotFound, Refusal, StoreFull
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.code import new_key
from store.keys.importing import ImportReport, import_keys
from store.keys.loading import pace, portions
from store.keys.loading.pace import Pace
from store.keys.loading.progress import Progress
from store.keys.loading.refusals import RefusalFile, RefusedLine
from store.keys.loading.tables import KeyLoad
from store.keys.lots import LotForm
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.settings import Settings
from tests.store.contents import contents, kept, rows
from tests.store.crashes import crashes, dies_at
from tests.store.lots import CONSOLE, activated, imported
from tests.store.processes import finish, start
from tests.store.refusals import NOT_ALLOWED, refused

FORM = LotForm("TIMBRES-50")
HERE = "La clave ya está en el almacén."
REPEATED = "La clave se repite en el archivo."


def keys_in_clear(count: int) -> list[str]:
    """Draw keys that no store has."""
    return [new_key().grouped() for _key in range(count)]


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten lines a portion, and four keys a step however quick they are."""
    monkeypatch.setattr(portions, "LONGEST", 10)
    for bound in ("LEAST", "MOST"):
        monkeypatch.setattr(pace, bound, 4)


class TestReading:
    """`escritorio keys import`: which files are read, and what of them is taken."""

    KEYS = keys_in_clear(4)

    @pytest.mark.parametrize(
        "lines",
        [
            KEYS,
            [f"{key}\r" for key in KEYS],
            [f'"{key}"' for key in KEYS],
            [key.lower().replace("-", " ") for key in KEYS],
            ["\ufeff" + KEYS[0], *KEYS[1:]],
            ["Clave,Cantidad", *(f"{key},50" for key in KEYS)],
            ["Cantidad;Clave", *(f"50;{key}" for key in KEYS)],
            ["Cantidad\tClave", *(f"50\t{key}" for key in KEYS)],
            ["\ufeffCLAVE", "", *KEYS, "", " "],
            [f"{key};50;x" for key in KEYS],
        ],
        ids=[
            "plain",
            "windows",
            "quoted",
            "lower",
            "bom",
            "headed",
            "semicolons",
            "tabs",
            "blank lines",
            "first column",
        ],
    )
    def test_a_file_is_read_as_programs_write_it(
        self, sqlite_store: Store, lines: list[str]
    ) -> None:
        assert imported(sqlite_store, lines) == (ImportReport("L-000001", 4, 0), [])
        for key in self.KEYS:
            assert kept(sqlite_store, key).state is KeyState.ISSUED
        lot = rows(sqlite_store, KeyLot)[-1]
        assert (lot.folio, lot.quantity, lot.vendor_length) == ("L-000001", 4, None)

    def test_what_cannot_be_taken_is_told_by_its_line_and_the_rest_goes_on(
        self, store: Store
    ) -> None:
        report, told = imported(
            store,
            [
                "Clave",
                self.KEYS[0],
                "38SQ-Y7AU-NS7R-UHBF",
                self.KEYS[0].lower(),
                "38SQ-Y7AU",
                GOOD_50,
                "38SQ-Y7OU-NS7R-UHBE",
                self.KEYS[1],
            ],
        )
        assert report == ImportReport("L-000001", taken=2, refused=5)
        assert told == [
            RefusedLine(3, "La clave no está bien escrita; revísala."),
            RefusedLine(4, REPEATED),
            RefusedLine(5, "La clave tiene 16 caracteres; escribiste 8."),
            RefusedLine(6, HERE),
            RefusedLine(7, "Las claves no usan 0, 1, I, L ni O: revisa el carácter 7."),
        ]
        assert "Y7AU" not in repr(told)
        event = rows(store, AuditEvent)[-1]
        assert event.action == "lot.imported"
        assert event.detail == (
            '{"folio":"L-000001","product":"TIMBRES-50","quantity":2,"refused":5}'
        )

    @pytest.mark.usefixtures("small_steps")
    def test_many_keys_go_in_steps(self, store: Store) -> None:
        keys = keys_in_clear(25)
        report, told = imported(store, [*keys[:15], keys[0], *keys[15:], GOOD_50])
        assert report == ImportReport("L-000001", taken=25, refused=2)
        assert told == [RefusedLine(16, REPEATED), RefusedLine(27, HERE)]
        assert rows(store, KeyLot)[-1].quantity == 25
        assert not rows(store, KeyLoad)

    @pytest.mark.usefixtures("small_steps")
    @pytest.mark.parametrize(
        ("lines", "bad"), [([], 0), (["clave", "", " "], 0), ([GOOD_50, "x"], 2), (["x"] * 25, 25)]
    )
    def test_a_file_without_a_good_key_makes_no_lot(
        self, store: Store, lines: list[str], bad: int
    ) -> None:
        before = contents(store)
        assert imported(store, lines)[0] == ImportReport(None, 0, bad)
        assert contents(store) == before
        assert imported(store, self.KEYS)[0].folio == "L-000001"

    def test_a_key_that_a_desk_holds_is_in_the_store(
        self, store: Store, empresasis: Person
    ) -> None:
        activated(store, empresasis, GOOD_50)
        before = kept(store, GOOD_50)
        assert imported(store, [GOOD_50])[1] == [RefusedLine(1, HERE)]
        assert kept(store, GOOD_50) == before

    def test_a_line_without_an_end_is_read_in_pieces(self, sqlite_store: Store) -> None:
        report, told = imported(sqlite_store, ["x" * 200_000, self.KEYS[0]])
        assert (report.taken, len(told)) == (1, 4)


class TestRefusing:
    """What an import does not even begin with."""

    KEYS = keys_in_clear(2)

    def test_a_desk_may_not_import(self, store: Store, empresasis: Person) -> None:
        before = contents(store)
        with refused(NOT_ALLOWED, NotAllowed):
            imported(store, self.KEYS, person=empresasis)
        assert contents(store) == before

    def test_an_unknown_product(self, store: Store) -> None:
        before = contents(store)
        with pytest.raises(NotFound):
            imported(store, self.KEYS, "NADA")
        assert contents(store) == before

    def test_a_last_day_that_has_passed(self, sqlite_store: Store) -> None:
        before = contents(sqlite_store)
        sentence = "El último día para confirmarlas ya pasó: 13/07/2020."
        with refused(sentence, Mistyped, field="redeem_by"):
            imported(sqlite_store, self.KEYS, redeem_by=date(2020, 7, 13))
        assert contents(sqlite_store) == before

    def test_a_folder_or_nothing(self, sqlite_store: Store, tmp_path: Path) -> None:
        report = RefusalFile(tmp_path / "rechazadas.csv")
        with pytest.raises(Refusal, match="no es un archivo"):
            import_keys(sqlite_store, CONSOLE, tmp_path, FORM, report)
        with pytest.raises(Refusal, match="no existe"):
            import_keys(sqlite_store, CONSOLE, tmp_path / "claves.csv", FORM, report)

    def test_a_report_that_cannot_be_written_stops_it_until_there_is_a_place(
        self, sqlite_store: Store, tmp_path: Path
    ) -> None:
        file = tmp_path / "claves.csv"
        file.write_text("\n".join(["x", *self.KEYS]))
        nowhere = RefusalFile(tmp_path / "nada" / "rechazadas.csv")
        with pytest.raises(Refusal, match="--report"):
            import_keys(sqlite_store, CONSOLE, file, FORM, nowhere)
        assert not rows(sqlite_store, KeyLoad)[0].line
        report = RefusalFile(tmp_path / "rechazadas.csv")
        assert import_keys(sqlite_store, CONSOLE, file, FORM, report).taken == 2


class TestVendorKeys:
    """Keys of another form, without a check symbol, live beside our own."""

    def test_they_are_taken_by_their_length(self, store: Store, empresasis: Person) -> None:
        report, told = imported(
            store,
            ["abcd-0123-4567", "ABCD-0123-456", "ABCD-0123-456Ñ", GOOD_50],
            "TIMBRES-500",
            vendor_length=12,
            redeem_by=date(2020, 7, 14),
        )
        assert report.taken == 1
        assert told == [
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
            imported(store, [], vendor_length=length)
        assert contents(store) == before

    @pytest.mark.parametrize("length", [12, 40])
    def test_the_shortest_and_the_longest_are_kept(
        self, store: Store, empresasis: Person, length: int
    ) -> None:
        typed = ("0123456789ABCDEFGHIJ" * 2)[:length]
        imported(store, [typed], vendor_length=length)
        confirmed = activated(store, empresasis, typed)
        assert str(confirmed.masked) == f"0123-••••-••••-{typed[-4:]}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Thirty good keys, and each fifth line bad."""
    path = tmp_path / "claves.csv"
    keys = keys_in_clear(30)
    lines = [key if at % 5 else f"{key}\nmal" for at, key in enumerate(keys)]
    path.write_text("\n".join(["clave", *lines, keys[0], GOOD_50]))
    return path


WHOLE = ImportReport("L-000001", taken=30, refused=8)
"""What becomes of that file, in however many runs."""


def report_of(file: Path) -> RefusalFile:
    """The report beside the file."""
    return RefusalFile(file.with_suffix(".rechazadas"))


def imports(address: str, file: Path, tell: Callable[[Progress], None] = lambda _: None) -> None:
    """Import a file from another process, ten lines at a time."""
    portions.LONGEST, pace.LEAST, pace.MOST = 10, 4, 4
    try:
        import_keys(open_store(Settings(store=address)), CONSOLE, file, FORM, report_of(file), tell)
    except LoadRelieved:
        assert rows(open_store(Settings(store=address)), KeyLot)


def is_whole(store: Store, file: Path) -> None:
    """The file is in the store, each key once, and the report tells of each refused line once."""
    (lot,) = [lot for lot in rows(store, KeyLot) if lot.folio.startswith("L-")]
    held = [key for key in rows(store, PrepaidKey) if key.lot_id == lot.id]
    assert (len(held), lot.quantity) == (30, 30)
    told = list(report_of(file).read())
    assert len(told) == 8
    assert [line.line for line in told] == sorted({line.line for line in told})
    assert [line.reason for line in told[-2:]] == [REPEATED, HERE]
    assert not rows(store, KeyLoad)


class TestBeingCut:
    """A kill -9 loses nothing and doubles nothing: the same command goes on."""

    def test_at_any_point_it_leaves_whole_steps_and_goes_on(
        self, address: str, store: Store, file: Path
    ) -> None:
        # One store for all kills: each process goes on where the one before it was killed.
        for _point in crashes(imports_and_dies, address, file, step=9):
            lots = {lot.id: lot.quantity for lot in rows(store, KeyLot) if lot.folio[0] == "L"}
            held = Counter(key.lot_id for key in rows(store, PrepaidKey) if key.lot_id in lots)
            assert dict(held) == lots
            loads = [load.taken for load in rows(store, KeyLoad)]
            if not loads and lots:
                break  # killed behind its last step
            assert sum(loads) == sum(lots.values())
        is_whole(store, file)

    def test_it_says_where_it_goes_on(
        self, sqlite_store: Store, file: Path, small_steps: None
    ) -> None:
        def cut(progress: Progress) -> None:
            if progress.line >= 20:
                raise KeyboardInterrupt

        told: list[Progress] = []
        with pytest.raises(KeyboardInterrupt):
            import_keys(sqlite_store, CONSOLE, file, FORM, report_of(file), cut)
        report = import_keys(sqlite_store, CONSOLE, file, FORM, report_of(file), told.append)
        assert report == WHOLE
        assert (told[0].folio, told[0].line, told[0].taken) == ("L-000001", 20, 16)
        assert told[-1].share == 1.0
        is_whole(sqlite_store, file)

    def test_a_file_that_changed_meanwhile_is_another_one(
        self, sqlite_store: Store, file: Path, small_steps: None
    ) -> None:
        def cut(progress: Progress) -> None:
            if progress.taken:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            import_keys(sqlite_store, CONSOLE, file, FORM, report_of(file), cut)
        taken = rows(sqlite_store, KeyLot)[-1].quantity
        with file.open("a") as more:
            more.write("\n" + keys_in_clear(1)[0])
        report = import_keys(sqlite_store, CONSOLE, file, FORM, report_of(file))
        assert (report.folio, report.taken) == ("L-000002", 30 - taken + 1)

    def test_a_full_disk_stops_it_at_a_step_and_it_goes_on_with_room(
        self, sqlite_store: Store, file: Path, small_steps: None
    ) -> None:
        def fill(progress: Progress) -> None:
            if progress.taken:
                with sqlite_store.engine.connect() as connection:
                    pages = connection.execute(text("PRAGMA page_count")).scalar_one()
                    connection.execute(text(f"PRAGMA max_page_count = {pages}"))

        with pytest.raises(StoreFull):
            import_many(sqlite_store, file.with_name("otras.csv"), fill)
        sqlite_store.close()
        (load,) = rows(sqlite_store, KeyLoad)
        assert rows(sqlite_store, KeyLot)[-1].quantity == load.taken > 0
        assert import_many(sqlite_store, file.with_name("otras.csv")).taken == 2_000

    def test_importing_it_again_when_it_is_done_adds_nothing(
        self, store: Store, file: Path
    ) -> None:
        assert import_keys(store, CONSOLE, file, FORM, report_of(file)) == WHOLE
        again = import_keys(store, CONSOLE, file, FORM, report_of(file))
        assert again == ImportReport(None, taken=0, refused=38)

    def test_four_at_once_take_each_key_once(self, address: str, store: Store, file: Path) -> None:
        finish(start(imports, address, file) for _process in range(4))
        import_keys(store, CONSOLE, file, FORM, report_of(file))
        lots = {lot.id: lot.quantity for lot in rows(store, KeyLot) if lot.folio[0] == "L"}
        assert list(lots.values()) == [30]
        assert Counter(key.lot_id in lots for key in rows(store, PrepaidKey))[True] == 30
        with store.reading() as session:
            assert not list(broken_links(session))

    def test_who_is_relieved_changes_nothing_more(
        self, sqlite_store: Store, file: Path, small_steps: None
    ) -> None:
        def relieve(progress: Progress) -> None:
            if progress.line == 10:
                import_keys(sqlite_store, CONSOLE, file, FORM, report_of(file))

        with pytest.raises(LoadRelieved):
            import_keys(sqlite_store, CONSOLE, file, FORM, report_of(file), relieve)
        is_whole(sqlite_store, file)

    def test_an_operator_confirms_keys_while_it_runs(
        self, store: Store, empresasis: Person, file: Path, small_steps: None
    ) -> None:
        typed = iter([GOOD_50, GOOD_200])

        def confirm(_progress: Progress) -> None:
            if key := next(typed, None):
                activated(store, empresasis, key)

        assert import_keys(store, CONSOLE, file, FORM, report_of(file), confirm) == WHOLE
        assert kept(store, GOOD_200).desk_id == empresasis.desk_id


def imports_and_dies(address: str, file: Path, point: int) -> None:
    """Import a file and kill -9 oneself at a point."""
    store = open_store(Settings(store=address))
    portions.LONGEST, pace.LEAST, pace.MOST = 10, 4, 4
    dies_at(store.engine, point)
    import_keys(store, CONSOLE, file, FORM, report_of(file))


def import_many(
    store: Store, file: Path, tell: Callable[[Progress], None] = lambda _: None
) -> ImportReport:
    """Import a file that is larger than the room that a store's pages have left."""
    if not file.exists():
        file.write_text("\n".join(keys_in_clear(2_000)))
    return import_keys(store, CONSOLE, file, FORM, report_of(file), tell)


def test_a_step_grows_while_it_is_quick_and_shrinks_when_it_is_not() -> None:
    step = Pace()
    for _step in range(20):
        step.took(0.01)
    assert step.size == 20_000
    step.took(0.1)
    assert step.size == 10_000
    step.took(60)
    assert step.size == 1_000
