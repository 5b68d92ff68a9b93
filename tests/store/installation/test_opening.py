"""Making a store where there is none, and opening one that exists; a mistyped path does neither."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlmodel import col, select

from store.calendar import system_time
from store.database import make_engine, reading
from store.demo import START
from store.errors import (
    Refusal,
    StoreDamaged,
    StoreMissing,
    StoreNotInitialised,
    StoreUnreachable,
)
from store.installation import opening
from store.installation.opening import create_store, open_store
from store.installation.store import Store
from store.legal import texts
from store.legal.tables import LegalText
from store.settings import Settings, config_folder
from tests.store.contents import contents, rows
from tests.store.crashes import crashes, dies_at
from tests.store.databases import Server
from tests.store.lots import issued
from tests.store.processes import finish, start
from tests.store.refusals import refused


class TestMaking:
    """`escritorio init`."""

    def test_a_new_store_is_made_and_open(self, new_address: str) -> None:
        store = create_store(Settings(store=new_address))
        assert not store.is_demo
        assert abs(store.clock.now() - system_time()) < timedelta(minutes=1)
        assert len(issued(store)) == 1
        assert rows(store, LegalText)
        store.close()

    def test_it_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        """Whatever the umask: the files beside it take the mode of the store."""
        before = os.umask(0o000)
        try:
            path = tmp_path / "data" / "deep" / "escritorio.db"
            store = create_store(Settings(store=str(path)))
            issued(store)
            beside = {
                file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()
            }
        finally:
            os.umask(before)
        assert beside == {
            "escritorio.db": 0o600,
            "escritorio.db-wal": 0o600,
            "escritorio.db-shm": 0o600,
        }
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        store.close()

    def test_nothing_else_is_left_beside_it(self, tmp_path: Path) -> None:
        create_store(Settings(store=str(tmp_path / "escritorio.db"))).close()
        left = {path.name for path in tmp_path.iterdir()} - {"config"}
        assert left == {"escritorio.db"}

    def test_its_clock_stays_as_far_from_real_time_as_it_was_told(self, new_address: str) -> None:
        create_store(Settings(store=new_address), offset=START - system_time()).close()
        for _time in range(2):
            store = open_store(Settings(store=new_address))
            assert abs(store.clock.now() - START) < timedelta(minutes=1)
            assert store.clock.today() == START.date()
            store.close()

    def test_what_is_there_is_never_overwritten(self, address: str, store: Store) -> None:
        before = contents(store)
        place = address.split("@")[-1]
        with pytest.raises(Refusal, match=r"^Ya hay algo en .*; no se sobrescribe\.$") as refusal:
            create_store(Settings(store=address))
        assert place in refusal.value.sentence
        assert contents(store) == before

    @pytest.mark.parametrize("content", [b"", b"una lista de compras\n"])
    def test_nor_a_file_of_any_other_kind(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "escritorio.db"
        file.write_bytes(content)
        with refused(f"Ya hay algo en {file}; no se sobrescribe."):
            create_store(Settings(store=str(file)))
        assert file.read_bytes() == content
        assert not config_folder().exists()

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        path = tmp_path / "file" / "escritorio.db"
        with pytest.raises(Refusal) as refusal:
            create_store(Settings(store=str(path)))
        assert refusal.value.sentence.startswith(f"No se puede crear {path}: ")

    def test_of_four_made_at_once_in_one_place_one_is(
        self, new_address: str, tmp_path: Path
    ) -> None:
        diary = tmp_path / "diary"
        finish(start(makes, new_address, diary) for _process in range(4))
        assert sorted(diary.read_text().split()) == ["Refusal", "Refusal", "Refusal", "made"]
        store = open_store(Settings(store=new_address))
        assert len(issued(store)) == 1
        store.close()

    def test_a_kill_at_any_moment_leaves_no_half_store(self, new_address: str) -> None:
        """It is not there, or it is whole; and where it is not it can be made."""
        points = 0
        for _point in crashes(makes_and_dies, new_address, step=37):
            points += 1
            try:
                store = open_store(Settings(store=new_address))
            except (StoreMissing, StoreNotInitialised):
                continue
            assert len(issued(store)) == 1
            store.close()
            return
        assert points > 3
        store = open_store(Settings(store=new_address))
        assert len(issued(store)) == 1
        store.close()

    def test_a_kill_before_the_first_rows_leaves_no_half_store(self, new_address: str) -> None:
        """The tables are there already; that is another transaction."""
        process = start(dies_before_the_first_rows, new_address)
        process.join()
        with pytest.raises((StoreMissing, StoreNotInitialised)):
            open_store(Settings(store=new_address))
        create_store(Settings(store=new_address)).close()


def makes(address: str, diary: Path) -> None:
    """Make a store from another process, and note what came of it."""
    try:
        create_store(Settings(store=address)).close()
        answer = "made"
    except Refusal as refusal:
        answer = type(refusal).__name__
    with diary.open("a") as notes:
        print(answer, file=notes)


def makes_and_dies(address: str, point: int) -> None:
    """Make a store, and kill -9 oneself at the n-th statement."""
    patch = pytest.MonkeyPatch()

    def make_mortal_engine(address: str) -> object:
        engine = make_engine(address)
        dies_at(engine, point)
        return engine

    patch.setattr(opening, "make_engine", make_mortal_engine)
    create_store(Settings(store=address)).close()


def dies_before_the_first_rows(address: str) -> None:
    """Make the tables of a store, and no more."""
    pytest.MonkeyPatch().setattr(opening, "_first_rows", lambda *_arguments: os._exit(1))
    create_store(Settings(store=address))


class TestNothingThere:
    """A mistyped path is refused and makes nothing."""

    def test_a_missing_file_says_what_to_run(self, tmp_path: Path) -> None:
        path = tmp_path / "escritorioo.db"
        before = list(tmp_path.iterdir())
        with refused(
            f"No hay un almacén en {path}. "
            "Créalo con «escritorio init» o prueba con «escritorio demo».",
            StoreMissing,
        ):
            open_store(Settings(store=str(path)))
        assert list(tmp_path.iterdir()) == before

    def test_a_folder_is_no_store(self, tmp_path: Path) -> None:
        with pytest.raises(StoreMissing):
            open_store(Settings(store=str(tmp_path)))

    def test_an_empty_file_is_no_store(self, tmp_path: Path) -> None:
        file = tmp_path / "escritorio.db"
        file.touch()
        with refused(
            f"{file} no contiene un escritorio. Créalo con «escritorio init».",
            StoreNotInitialised,
        ):
            open_store(Settings(store=str(file)))
        assert file.read_bytes() == b""

    def test_another_programs_database_is_no_store(self, tmp_path: Path) -> None:
        file = tmp_path / "recetas.db"
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE desk (id INTEGER)")
            connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
            connection.commit()
        before = file.read_bytes()
        with pytest.raises(StoreNotInitialised):
            open_store(Settings(store=str(file)))
        assert file.read_bytes() == before

    def test_a_file_of_another_kind_is_no_store(self, tmp_path: Path) -> None:
        file = tmp_path / "escritorio.db"
        file.write_text("una lista de compras\n" * 100)
        with refused(
            "El almacén está dañado, o no es un almacén: recupera el respaldo más reciente.",
            StoreDamaged,
        ):
            open_store(Settings(store=str(file)))
        assert file.read_text() == "una lista de compras\n" * 100

    def test_a_path_in_any_script_is_a_path(self, tmp_path: Path) -> None:
        path = tmp_path / "año 2020 #1?%20" / "ñandú's.db"
        create_store(Settings(store=str(path))).close()
        store = open_store(Settings(store=str(path)))
        assert len(issued(store)) == 1
        store.close()
        assert path.is_file()

    def test_a_path_may_be_relative(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        store = create_store(Settings(store="escritorio.db"))
        monkeypatch.chdir("/")
        assert len(issued(store)) == 1
        store.close()


class TestServer:
    """A `postgresql://` address."""

    @pytest.fixture
    def empty_server(self, server: Server) -> Iterator[str]:
        """An empty database."""
        with server.empty() as address:
            yield address

    def test_an_empty_database_is_no_store_and_its_password_is_not_said(
        self, empty_server: str
    ) -> None:
        url = make_url(empty_server).set(password="muy-secreta")
        with pytest.raises(StoreNotInitialised) as refusal:
            open_store(Settings(store=url.render_as_string(hide_password=False)))
        assert "muy-secreta" not in refusal.value.sentence
        assert refusal.value.sentence.endswith("Créalo con «escritorio init».")

    def test_a_database_that_does_not_exist_is_unreachable(self, postgres_url: str) -> None:
        nowhere = make_url(postgres_url).set(database="escritorio_nowhere")
        self.is_unreachable(nowhere.render_as_string(hide_password=False))

    def test_so_is_a_server_that_does_not_answer(self) -> None:
        self.is_unreachable("postgresql://nobody@127.0.0.1:1/escritorio")

    def is_unreachable(self, address: str) -> None:
        sentence = "No se puede abrir el almacén: revisa que el servidor o la carpeta existan."
        for attempt in (open_store, create_store):
            with refused(sentence, StoreUnreachable):
                attempt(Settings(store=address))


class TestLicence:
    """The text that a newer package ships is in force from its first start."""

    def publishes(self, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
        monkeypatch.setattr(texts, "files", lambda _package: Shipped(body))

    def test_a_new_text_is_the_next_version_and_the_old_one_stays(
        self, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = self.published(address)
        self.publishes(monkeypatch, "Otra licencia.")
        for _start in range(3):
            open_store(Settings(store=address)).close()
        after = self.published(address)
        assert after[: len(before)] == before
        new = after[len(before) :]
        assert {text.kind for text in new} == {text.kind for text in before}
        assert {(text.version, text.body) for text in new} == {(2, "Otra licencia.")}

    def test_of_eight_that_start_at_once_one_publishes(self, address: str) -> None:
        shipped = len(self.published(address))
        for version in (2, 3):
            licence = f"Licencia número {version}."
            finish(start(opens_with, address, licence) for _process in range(8))
            assert len(self.published(address)) == version * shipped

    def published(self, address: str) -> list[LegalText]:
        """Look without opening, which publishes."""
        engine = make_engine(address)
        with reading(engine) as session:
            found = list(session.exec(select(LegalText).order_by(col(LegalText.id))).all())
        engine.dispose()
        return found


class Shipped:
    """A package that ships another text."""

    def __init__(self, body: str) -> None:
        self.body = body

    def joinpath(self, _name: str) -> "Shipped":
        """Give whatever file is asked for."""
        return self

    def read_text(self, _encoding: str) -> str:
        """Give the text."""
        return self.body


def opens_with(address: str, licence: str) -> None:
    """Start a newer package."""
    pytest.MonkeyPatch().setattr(texts, "files", lambda _package: Shipped(licence))
    open_store(Settings(store=address)).close()


def opens(address: str) -> None:
    """Start the program, and look."""
    store = open_store(Settings(store=address))
    with store.reading() as session:
        assert session.connection().execute(text("SELECT count(*) FROM desk")).scalar()
    store.close()


def test_eight_may_open_it_at_once(address: str) -> None:
    finish(start(opens, address) for _process in range(8))
