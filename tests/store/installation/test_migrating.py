"""Bringing a store to the program's version: alone, after a backup, all or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from store.database import is_server, make_engine, revision_of
from store.demo import GOOD_50
from store.errors import StoreMigrated, StoreNewer
from store.installation import migrating
from store.installation.migrating import KEPT_BACKUPS, back_up, migrate
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.tables import PrepaidKey
from store.migrations import SCHEMA_REVISION
from store.settings import Settings
from store.tables import Base
from tests.store.contents import contents, rows
from tests.store.crashes import crashes, dies_at
from tests.store.databases import Server
from tests.store.installation.tomorrow import MIGRATION, REVISION, be_tomorrow, write_program
from tests.store.lots import activated
from tests.store.people import member
from tests.store.processes import finish, start
from tests.store.refusals import refused

STRUCTURE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1, 2"


@pytest.fixture
def engine(new_address: str) -> Iterator[Engine]:
    """A database that holds nothing."""
    if not is_server(new_address):
        Path(new_address).touch()
    engine = make_engine(new_address)
    yield engine
    engine.dispose()


@pytest.fixture(params=("sqlite", "postgresql"))
def old_address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a demo of today is; tomorrow's program may do to it what it likes."""
    if request.param == "sqlite":
        yield str(request.getfixturevalue("demo_copy"))
        return
    server: Server = request.getfixturevalue("server")
    with server.own_demo() as address:
        yield address


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The migrations of tomorrow's program."""
    return write_program(tmp_path)


@pytest.fixture
def tomorrow(old_address: str, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tomorrow, and the store was made today."""
    assert old_address
    be_tomorrow(monkeypatch, scripts)


def file_of(address: str) -> Path | None:
    """Give the file of a SQLite store."""
    return None if is_server(address) else Path(address)


def revision(address: str) -> str | None:
    """Give the revision at which a store stands."""
    engine = make_engine(address)
    with engine.connect() as connection:
        found = revision_of(connection)
    engine.dispose()
    return found


def backups(address: str) -> list[Path]:
    """Give the backups beside a store, oldest first."""
    file = file_of(address)
    return sorted(file.parent.glob(f"{file.name}.*.backup")) if file else []


# --- What the migrations make is what the models say ---

COLUMNS = """
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, collation_name,
       column_default IS NOT NULL
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"
TABLES = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
OF_ONE_DATABASE = ("client_term", "ix_client_term")
"""What finds the parts of a client's name: a table of its own on SQLite, an index on PostgreSQL."""


def structure(engine: Engine) -> dict[Any, Any]:
    """Write down every column, CHECK, key and index of a database, but for alembic's own table."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(text(TABLES)).all()
            return {
                name: _lines(sql)
                for name, sql in found
                if not name.startswith(("alembic_version", *OF_ONE_DATABASE))
            }
        return {
            tuple(row[:2]): row[2:]
            for query in (COLUMNS, CONSTRAINTS, INDEXES)
            for row in connection.execute(text(query))
            if "alembic_version" not in str(row[0]) and row[1] not in OF_ONE_DATABASE
        }


def _lines(sql: str) -> list[str]:
    """Give the columns and constraints of a table, whatever their order; a rebuilt one has its name quoted."""
    return sorted(line.strip().rstrip(",") for line in sql.replace('"', "").splitlines())


def test_migrations_from_nothing_make_the_tables_of_the_models(
    engine: Engine,
) -> None:
    """Alembic's own comparison sees neither a CHECK nor the words of an enum."""
    migrate(engine, file=None)
    migrated = structure(engine)
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)
    modelled = structure(engine)
    assert sorted(migrated) == sorted(modelled)
    assert migrated == modelled
    assert len(modelled) > len(Base.metadata.tables)


def test_the_programs_revision_is_the_newest() -> None:
    scripts = ScriptDirectory.from_config(migrating._config())
    assert scripts.get_heads() == [SCHEMA_REVISION]
    assert scripts.get_bases() == ["0001"]


def test_migrating_what_is_up_to_date_does_nothing(address: str, store: Store) -> None:
    before = contents(store)
    migrate(store.engine, file=file_of(address))
    assert contents(store) == before
    assert backups(address) == []


# --- From today to tomorrow ---


@pytest.mark.usefixtures("tomorrow")
class TestTomorrow:
    """A store of today is opened by tomorrow's program."""

    def test_opening_brings_it_to_the_new_version(self, old_address: str) -> None:
        store = open_store(Settings(store=old_address))
        with store.reading() as session:
            connection = session.connection()
            notes = connection.execute(text("SELECT note FROM client")).scalars().all()
            assert set(notes) == {"tomorrow"}
            assert connection.execute(text("SELECT count(*) FROM tomorrow")).scalar() == 2
        assert revision(old_address) == REVISION
        store.close()

    def test_rebuilding_a_table_does_not_take_those_that_point_at_it(
        self, old_address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as yesterday:
            for module in ("store.database", "store.installation.opening"):
                yesterday.setattr(f"{module}.SCHEMA_REVISION", SCHEMA_REVISION)
            store = open_store(Settings(store=old_address))
            before = rows(store, PrepaidKey)
            store.close()
        store = open_store(Settings(store=old_address))
        assert rows(store, PrepaidKey) == before
        assert any(key.client_id is not None for key in before)
        with store.reading() as session:
            enforced = session.connection().dialect.name != "sqlite" or (
                session.connection().execute(text("PRAGMA foreign_keys")).scalar() == 1
            )
        assert enforced
        store.close()

    def test_work_goes_on_afterwards(self, old_address: str) -> None:
        store = open_store(Settings(store=old_address))
        assert activated(store, member(store, "empresasis"), GOOD_50).units == 50
        store.close()

    def test_a_backup_was_made_before(self, old_address: str) -> None:
        open_store(Settings(store=old_address)).close()
        if is_server(old_address):
            assert backups(old_address) == []
            return
        (backup,) = backups(old_address)
        assert backup.name.endswith(f"-{SCHEMA_REVISION}.backup")
        assert backup.stat().st_mode & 0o777 == 0o600
        assert revision(str(backup)) == SCHEMA_REVISION
        with closing(sqlite3.connect(backup)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("SELECT count(*) FROM prepaid_key").fetchone()[0] > 60

    def test_of_four_that_start_at_once_one_migrates(self, old_address: str, scripts: Path) -> None:
        finish(start(opens_tomorrow, old_address, scripts) for _process in range(4))
        assert revision(old_address) == REVISION
        assert len(backups(old_address)) == (0 if is_server(old_address) else 1)
        engine = make_engine(old_address)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM tomorrow")).scalar() == 2
        engine.dispose()

    def test_a_kill_at_any_statement_leaves_the_old_store_whole(
        self, old_address: str, scripts: Path
    ) -> None:
        before = everything(old_address)
        points = 0
        for _point in crashes(migrates_and_dies, old_address, scripts, step=2):
            after = everything(old_address)
            if after["revision"] == REVISION:
                break  # the kill came after the commit
            assert after == before
            points += 1
        assert points > 8
        assert revision(old_address) == REVISION
        open_store(Settings(store=old_address)).close()


def opens_tomorrow(address: str, scripts: Path) -> None:
    """Start tomorrow's program."""
    be_tomorrow(pytest.MonkeyPatch(), scripts)
    open_store(Settings(store=address)).close()


def migrates_and_dies(address: str, scripts: Path, point: int) -> None:
    """Start tomorrow's program, and kill -9 it at its n-th statement."""
    be_tomorrow(pytest.MonkeyPatch(), scripts)
    engine = make_engine(address)
    dies_at(engine, point)
    migrate(engine, file=None)


def everything(address: str) -> dict[str, Any]:
    """Give a database's structure and rows."""
    engine = make_engine(address)
    with engine.connect() as connection:
        tables = engine.dialect.get_table_names(connection)
        found: dict[str, Any] = {
            table: sorted(map(str, connection.execute(text(f"SELECT * FROM {table}"))))
            for table in tables
        }
        found["revision"] = revision_of(connection)
    found["structure"] = structure(engine)
    engine.dispose()
    return found


def makes_tables_and_dies(address: str, point: int) -> None:
    """Make the tables of a new store, and kill -9 oneself at the n-th statement."""
    engine = make_engine(address)
    dies_at(engine, point)
    migrate(engine, file=None)


def test_a_kill_while_the_first_tables_are_made_leaves_none(
    engine: Engine, new_address: str
) -> None:
    for _point in crashes(makes_tables_and_dies, new_address, step=41):
        if revision(new_address) is not None:
            break
        assert structure(engine) == {}
    migrate(engine, file=None)
    assert revision(new_address) == SCHEMA_REVISION


class TestGoesWrong:
    """A migration that fails leaves the store as it was."""

    def fails(self, address: str, folder: Path, upgrade: str, error: type[Exception]) -> None:
        scripts = write_program(folder, MIGRATION + f"    {upgrade}\n")
        before = everything(address)
        with pytest.MonkeyPatch.context() as patch:
            be_tomorrow(patch, scripts)
            engine = make_engine(address)
            with pytest.raises(error):
                migrate(engine, file=None)
            engine.dispose()
        assert everything(address) == before

    def test_at_its_last_statement(self, old_address: str, tmp_path: Path) -> None:
        repeat = 'op.execute("INSERT INTO tomorrow (id) VALUES (1)")'
        self.fails(old_address, tmp_path, repeat, IntegrityError)

    def test_by_breaking_a_foreign_key(self, demo_copy: Path, tmp_path: Path) -> None:
        """SQLite is told not to look while tables are rebuilt; so it is looked at afterwards."""
        self.fails(str(demo_copy), tmp_path, 'op.execute("DELETE FROM client")', RuntimeError)


class TestNewer:
    """A store of tomorrow is refused by today's program."""

    def test_it_is_not_opened(
        self, old_address: str, scripts: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            be_tomorrow(patch, scripts)
            open_store(Settings(store=old_address)).close()
        before = everything(old_address)
        with refused(
            "Este almacén es de una versión más nueva del programa: actualiza escritorio.",
            StoreNewer,
        ):
            open_store(Settings(store=old_address))
        assert everything(old_address) == before

    def test_a_session_that_was_open_writes_nothing_more(
        self, old_address: str, scripts: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = open_store(Settings(store=old_address))
        person = member(store, "empresasis")
        with monkeypatch.context() as patch:
            be_tomorrow(patch, scripts)
            open_store(Settings(store=old_address)).close()
        before = everything(old_address)
        with refused(
            "El almacén se actualizó; sal y vuelve a entrar. No se hizo ningún cambio.",
            StoreMigrated,
        ):
            activated(store, person, GOOD_50)
        assert everything(old_address) == before
        store.close()


class TestBackUp:
    """A sound copy beside the store, for its owner alone; five are kept."""

    def test_what_was_written_last_is_in_it(self, sqlite_store: Store) -> None:
        file = Path(sqlite_store.settings.store)
        activated(sqlite_store, member(sqlite_store, "empresasis"), GOOD_50)
        copy = back_up(file, SCHEMA_REVISION)
        settings = Settings(store=str(copy))
        backed_up = replace(open_store(settings), clock=sqlite_store.clock)
        assert contents(backed_up) == contents(sqlite_store)
        backed_up.close()

    def test_it_is_made_while_somebody_writes(self, sqlite_store: Store) -> None:
        file = Path(sqlite_store.settings.store)
        with sqlite_store.writing() as session:
            session.connection().execute(text("UPDATE desk SET name = 'half done'"))
            copy = back_up(file, SCHEMA_REVISION)
        with closing(sqlite3.connect(copy)) as connection:
            names = connection.execute("SELECT DISTINCT name FROM desk").fetchall()
        assert ("half done",) not in names

    def test_the_five_newest_are_kept(self, demo_copy: Path) -> None:
        made = [back_up(demo_copy, f"000{number}") for number in range(8)]
        assert sorted(demo_copy.parent.glob("*.backup")) == made[-KEPT_BACKUPS:]
        assert len(made[-KEPT_BACKUPS:]) == 5
        assert not list(demo_copy.parent.glob("*.part"))

    def test_other_stores_backups_are_left_alone(self, demo_copy: Path, tmp_path: Path) -> None:
        other = tmp_path / "otro.db.20200714T180000000000-0001.backup"
        other.touch()
        for number in range(8):
            back_up(demo_copy, f"000{number}")
        assert other.exists()
