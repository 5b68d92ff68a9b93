"""The engine: what it sends, and what each fault of a database becomes: nothing half done, one sentence."""

import os
import resource
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from store import database
from store.accounts.tables import Desk
from store.database import make_engine, reading, writing
from store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreMigrated,
    StoreReadOnly,
    StoreRefused,
    StoreReplaced,
    StoreUnreachable,
)
from store.installation.opening import open_store
from store.installation.store import Store
from store.settings import Settings
from tests.store.contents import contents
from tests.store.databases import Server, copied
from tests.store.lots import issued
from tests.store.occupied import occupied
from tests.store.processes import finish, start
from tests.store.refusals import BUSY, refused
from tests.store.watch import Watch

FULL = "No se guardó: el disco está lleno. No se hizo ningún cambio; avisa a soporte."
READ_ONLY = "No se puede escribir en el almacén: revisa los permisos del archivo y de su carpeta."
DAMAGED = "El almacén está dañado, o no es un almacén: recupera el respaldo más reciente."
REPLACED = (
    "El archivo del almacén fue reemplazado; sal y vuelve a entrar. No se hizo ningún cambio."
)
UNREACHABLE = "No se puede abrir el almacén: revisa que el servidor o la carpeta existan."
MIGRATED = "El almacén se actualizó; sal y vuelve a entrar. No se hizo ningún cambio."


def renames(session: Session, name: str) -> None:
    """Give every desk a name."""
    session.connection().execute(text("UPDATE desk SET name = :name"), {"name": name})


def names(store: Store) -> set[str]:
    """Give the names of the desks."""
    with store.reading() as session:
        return set(session.exec(select(Desk.name)).all())


class TestWriting:
    """The write lock is taken with the first statement, and everything is committed at the end, or nothing."""

    def test_all_of_it_is_kept(self, store: Store) -> None:
        with store.writing() as session:
            renames(session, "uno")
            renames(session, "dos")
        assert names(store) == {"dos"}

    def test_or_nothing(self, store: Store) -> None:
        before = contents(store)
        with pytest.raises(ZeroDivisionError), store.writing() as session:
            self.renames_and_fails(session)
        assert contents(store) == before

    def renames_and_fails(self, session: Session) -> None:
        renames(session, "uno")
        raise ZeroDivisionError

    def test_a_refusal_undoes_it_too(self, store: Store) -> None:
        before = contents(store)
        with refused("no", StoreRefused), store.writing() as session:
            renames(session, "uno")
            raise StoreRefused("no")
        assert contents(store) == before

    def test_sqlite_is_locked_before_anything_is_read(self, sqlite_store: Store) -> None:
        """Or else two would read «emitida» and both confirm."""
        sent: list[str] = []
        event.listen(
            sqlite_store.engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_more: sent.append(statement),
        )
        with sqlite_store.writing() as session:
            session.exec(select(Desk)).all()
        with sqlite_store.reading() as session:
            session.exec(select(Desk)).all()
        assert [statement for statement in sent if "BEGIN" in statement] == [
            "BEGIN IMMEDIATE",
            "BEGIN DEFERRED",
        ]
        assert sent[0] == "BEGIN IMMEDIATE"

    def test_what_was_read_stays_readable_afterwards(self, store: Store) -> None:
        with store.writing() as session:
            desk = session.exec(select(Desk)).first()
        assert desk is not None
        assert desk.name


class TestReading:
    """A reader sees one moment, and never waits for a writer."""

    def test_one_moment(self, store: Store) -> None:
        with store.reading() as session:
            before = session.exec(select(Desk.name)).all()
            with store.writing() as elsewhere:
                renames(elsewhere, "uno")
            assert session.exec(select(Desk.name)).all() == before
        assert names(store) == {"uno"}

    def test_beside_a_writer(self, store: Store) -> None:
        before = names(store)
        with store.writing() as session:
            renames(session, "uno")
            assert names(store) == before

    def test_nothing_is_kept_of_what_it_writes(self, store: Store) -> None:
        before = contents(store)
        with store.reading() as session:
            renames(session, "uno")
        assert contents(store) == before

    def test_it_is_closed_at_the_end(self, store: Store) -> None:
        """An open snapshot would keep the write-ahead log growing."""
        with store.reading() as session:
            session.exec(select(Desk)).all()
        assert store.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


class TestSqlite:
    """How a file is kept."""

    @pytest.mark.parametrize(
        ("pragma", "value"),
        [
            ("journal_mode", "wal"),
            ("synchronous", 2),  # FULL: a power cut loses nothing that was told
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
        ],
    )
    def test_every_connection_is_careful(
        self, sqlite_store: Store, pragma: str, value: object
    ) -> None:
        for session in (sqlite_store.reading(), sqlite_store.writing()):
            with session as opened:
                found = opened.connection().execute(text(f"PRAGMA {pragma}")).scalar()
                assert found == value

    def test_a_missing_file_is_not_made(self, tmp_path: Path) -> None:
        engine = make_engine(str(tmp_path / "escritorioo.db"))
        with refused(UNREACHABLE, StoreUnreachable), reading(engine) as session:
            session.connection()
        assert not list(tmp_path.iterdir())
        engine.dispose()


@pytest.fixture
def impatient(address: str, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store that waits a fifth of a second where others wait for five."""
    monkeypatch.setattr(database, "BUSY_AFTER", 0.2)
    opened = open_store(Settings(store=address))
    yield replace(opened, clock=watch.clock)
    opened.close()


class TestBusy:
    """Somebody else is writing and does not come to an end."""

    def test_it_waits_for_five_seconds(self) -> None:
        assert database.BUSY_AFTER == 5

    def test_then_it_says_so_and_others_read_on(self, impatient: Store) -> None:
        before = contents(impatient)
        with occupied(impatient):
            with refused(BUSY, StoreBusy):
                issued(impatient)
            assert contents(impatient) == before
        assert len(issued(impatient)) == 1

    def test_who_waits_for_less_notices_nothing(self, store: Store) -> None:
        with occupied(store):
            done: list[str] = []
            thread = threading.Thread(target=lambda: done.extend(issued(store)))
            thread.start()
            thread.join(0.3)
            assert thread.is_alive()
        thread.join()
        assert len(done) == 1

    def test_two_who_wait_for_each_other_are_told_that_it_is_busy(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each holds a row that the other wants; on SQLite there is one writer at a time."""
        monkeypatch.setattr(database, "BUSY_AFTER", 0.2)
        with server.demo() as address:
            store = open_store(Settings(store=address))
            before = contents(store)
            with refused(BUSY, StoreBusy), store.writing() as one:
                one.connection().execute(text("UPDATE desk SET name = 'a' WHERE id = 1"))
                with store.writing() as other:
                    other.connection().execute(text("UPDATE desk SET name = 'b' WHERE id = 2"))
                    one.connection().execute(text("UPDATE desk SET name = 'a' WHERE id = 2"))
            assert contents(store) == before
            store.close()


class TestFull:
    """No room is left."""

    def test_nothing_is_half_kept_and_it_works_again_with_room(self, sqlite_store: Store) -> None:
        before = contents(sqlite_store)
        with refused(FULL, StoreFull), sqlite_store.writing() as session:
            connection = session.connection()
            pages = connection.execute(text("PRAGMA page_count")).scalar()
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))
            fills(session)
        sqlite_store.close()
        assert contents(sqlite_store) == before
        assert len(issued(sqlite_store)) == 1

    def test_so_is_the_end_of_a_quota(self, sqlite_store: Store) -> None:
        before = contents(sqlite_store)
        finish([start(fills_the_disk, sqlite_store.settings.store)])
        assert contents(sqlite_store) == before


def fills_the_disk(address: str) -> None:
    """Write more than this process has been granted, as where a quota ends."""
    store = open_store(Settings(store=address))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = Path(address).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    with refused(FULL, StoreFull), store.writing() as session:
        fills(session)


def fills(session: Session) -> None:
    """Write a megabyte."""
    rows = [{"name": f"{number:032}"} for number in range(20_000)]
    insert = text("INSERT INTO counter (name, value) VALUES (:name, 0)")
    session.connection().execute(insert, rows)


class TestReplaced:
    """The file was deleted or replaced while it was open: a write would reach nobody."""

    @pytest.mark.parametrize("replace_it", [True, False], ids=["replaced", "deleted"])
    def test_nothing_is_written(self, sqlite_store: Store, shelf: Path, replace_it: bool) -> None:
        file = Path(sqlite_store.settings.store)
        assert len(issued(sqlite_store)) == 1
        other = copied(shelf / "demo.db", file.with_name("other.db"))
        before = other.read_bytes()
        file.unlink()
        if replace_it:
            other.rename(file)
        for _time in range(2):
            with refused(REPLACED, StoreReplaced):
                issued(sqlite_store)
        if replace_it:
            assert file.read_bytes() == before
        else:
            assert not file.exists()


class TestReadOnly:
    """The file or its folder cannot be written."""

    @pytest.mark.parametrize("what", ["file", "folder"])
    def test_it_is_told_and_nothing_is_changed(self, demo_copy: Path, what: str) -> None:
        # Not under pytest's own folder, into which only its owner may look.
        with TemporaryDirectory(dir="/tmp") as folder:
            file = copied(demo_copy, Path(folder) / "escritorio.db")
            before = file.read_bytes()
            finish([start(writes_without_rights, file, what)])
            assert file.read_bytes() == before

    def test_so_is_a_server_that_only_reads(self, server: Server) -> None:
        with server.own_demo() as address:
            name = make_url(address).database
            server.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
            store = open_store(Settings(store=address))
            with refused(READ_ONLY, StoreReadOnly):
                issued(store)
            store.close()


def writes_without_rights(file: Path, what: str) -> None:
    """Try to write what may only be read; root may write everything, so it becomes nobody."""
    store = open_store(Settings(store=str(file)))
    store.close()
    file.parent.chmod(0o555 if what == "folder" else 0o777)
    file.chmod(0o444 if what == "file" else 0o666)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    with refused(READ_ONLY, StoreReadOnly):
        issued(store)


class TestDamaged:
    """The file is no database, or a page of it holds nonsense."""

    def test_a_header_that_is_none(self, demo_copy: Path) -> None:
        content = demo_copy.read_bytes()
        demo_copy.write_bytes(b"x" * 100 + content[100:])
        with refused(DAMAGED, StoreDamaged):
            open_store(Settings(store=str(demo_copy)))

    def test_a_page_of_nonsense(self, demo_copy: Path) -> None:
        with closing(sqlite3.connect(demo_copy)) as connection:
            root, size = connection.execute(
                "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
                " WHERE name = 'prepaid_key'"
            ).fetchone()
        content = bytearray(demo_copy.read_bytes())
        content[(root - 1) * size : root * size] = b"\xff" * size
        demo_copy.write_bytes(content)
        store = open_store(Settings(store=str(demo_copy)))
        with refused(DAMAGED, StoreDamaged):
            contents(store)
        with refused(DAMAGED, StoreDamaged):
            issued(store)
        store.close()

    def test_a_file_that_was_cut(self, demo_copy: Path, sqlite_store: Store) -> None:
        sqlite_store.close()
        content = demo_copy.read_bytes()
        demo_copy.write_bytes(content[: len(content) // 8192 * 4096])
        with refused(DAMAGED, StoreDamaged):
            contents(sqlite_store)


class TestGone:
    """The server stops, or throws the session out."""

    def test_in_the_middle_of_a_transaction(self, server: Server) -> None:
        with server.own_demo() as address:
            store = open_store(Settings(store=address))
            before = contents(store)
            with refused(UNREACHABLE, StoreUnreachable), store.writing() as session:
                renames(session, "uno")
                server.throw_out(address)
                renames(session, "dos")
            assert contents(store) == before
            assert len(issued(store)) == 1
            store.close()

    def test_between_two(self, server: Server) -> None:
        """Nobody notices: a connection is tried before it is handed out."""
        with server.own_demo() as address:
            store = open_store(Settings(store=address))
            server.throw_out(address)
            assert len(issued(store)) == 1
            store.close()


class TestMigratedMeanwhile:
    """Another process brought the store to another version; see installation/test_migrating."""

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE alembic_version SET version_num = '9999'", "DELETE FROM alembic_version"],
    )
    def test_nothing_more_is_written(self, store: Store, statement: str) -> None:
        with store.engine.begin() as connection:
            connection.execute(text(statement))
        before = contents(store)
        with refused(MIGRATED, StoreMigrated):
            issued(store)
        assert contents(store) == before


class TestBugs:
    """What is nobody's fault but ours stays an error, and tells no secret."""

    def test_a_broken_rule_is_an_error(self, store: Store) -> None:
        with pytest.raises(IntegrityError), store.writing() as session:
            session.connection().execute(text("UPDATE desk SET handle = 'same'"))

    @pytest.mark.parametrize("statement", ["SELECT * FROM desk WHERE name = :name AND nonsense"])
    def test_an_error_does_not_repeat_what_was_asked_with(
        self, store: Store, statement: str
    ) -> None:
        with pytest.raises(DBAPIError) as error, store.reading() as session:
            session.connection().execute(text(statement), {"name": "muy-secreto"})
        assert "muy-secreto" not in str(error.value)
        assert "hide_parameters" in str(error.value)


def test_an_address_is_told_from_a_path() -> None:
    assert database.is_server("postgresql://user@db.example/escritorio")
    assert not database.is_server("/var/lib/escritorio/escritorio.db")
    assert not database.is_server("escritorio.db")


def test_each_session_may_write_in_turn(address: str, store: Store) -> None:
    engines = [make_engine(address) for _engine in range(5)]
    for number, engine in enumerate(engines):
        with writing(engine) as session:
            renames(session, f"nombre {number}")
    assert names(store) == {"nombre 4"}
    for engine in engines:
        engine.dispose()
