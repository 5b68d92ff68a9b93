"""Making a store where there is none, and opening one that exists; a mistyped path does neither."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from store.attempts.limits import COUNTER as ATTEMPT_COUNTER
from store.audit.chain import GENESIS
from store.audit.tables import AuditHead
from store.calendar import Clock
from store.catalogue.products import stock
from store.catalogue.words import read_words
from store.database import is_server, make_engine, reading, refusals, revision_of, writing
from store.errors import Refusal, StoreMissing, StoreNotInitialised
from store.espacio.naming import TURN as ESPACIO_NAME_TURN
from store.installation.counters import take_turn
from store.installation.migrating import migrate
from store.installation.pepper import (
    Pepper,
    configured_pepper,
    find_pepper,
    keep_pepper,
    new_pepper,
)
from store.installation.store import Store
from store.installation.tables import Counter, Installation
from store.keys.lots import LOT_COUNTER
from store.legal.texts import is_up_to_date, publish
from store.migrations import SCHEMA_REVISION
from store.orders.reference import ORDER_COUNTER
from store.settings import Settings, with_demo_account
from store.text import _, clean, said_of_fault

if TYPE_CHECKING:
    from store.catalogue.loading import Catalogue

_COUNTERS = (ATTEMPT_COUNTER, LOT_COUNTER, ESPACIO_NAME_TURN, ORDER_COUNTER)


def open_store(settings: Settings) -> Store:
    """Open the store that the settings name, bringing it to this version first if it is older.

    Raises:
        StoreRefused: It is missing, not a desk's, newer than the program, damaged, or its pepper is not there.
    """
    address = settings.store
    file = None if is_server(address) else Path(address)
    if file is not None and not file.is_file():
        raise StoreMissing(address)
    if file is not None and not _holds_desk(file):
        raise StoreNotInitialised(_said_of(address))
    engine = make_engine(address)
    try:
        _bring_up_to_date(engine, file, settings)
        return _opened(engine, settings)
    except Refusal:
        engine.dispose()
        raise


def _holds_desk(file: Path) -> bool:
    """Look without a trace: the engine would set another program's file to write-ahead logging."""
    ours = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'installation')"
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            return bool(connection.execute(ours).fetchone()[0] == 2)
    except sqlite3.Error:
        return True  # damaged, no database, without permission: the engine finds the words


def _bring_up_to_date(engine: Engine, file: Path | None, settings: Settings) -> None:
    with refusals(), engine.connect() as connection:
        revision = revision_of(connection)
    if revision is None:
        raise StoreNotInitialised(_said_of(settings.store))
    if revision != SCHEMA_REVISION:
        migrate(engine, file=file)


def _opened(engine: Engine, settings: Settings) -> Store:
    words = read_words(settings.words)
    with reading(engine) as session:
        installation = session.exec(select(Installation)).first()
        if (
            installation is None
        ):  # whoever made it on a server was killed between its tables and its rows
            raise StoreNotInitialised(_said_of(settings.store))
        published = is_up_to_date(session)
    clock = Clock(settings.zone_info, timedelta(seconds=installation.clock_offset_seconds))
    pepper = find_pepper(settings, installation.pepper_fingerprint)
    if not published:
        with writing(engine) as session:
            take_turn(session, LOT_COUNTER)  # of several that start at once, one publishes
            publish(session, now=clock.now())
    if installation.is_demo:
        settings = with_demo_account(settings)
    return Store(engine, settings, pepper, clock, installation.is_demo, words)


def create_store(
    settings: Settings,
    *,
    pepper: Pepper | None = None,
    offset: timedelta = timedelta(),
    demo: bool = False,
    furnish: Callable[[Store], None] | None = None,
) -> Store:
    """Make a store with its first rows, and open it.

    A SQLite file is made under another name and takes its own when it is whole, so that a kill leaves no half store.

    Args:
        pepper: The secret of its keys; by default the configured one, else a new one that is kept in its file.
        offset: How far the store lives from real time.
        demo: Whether it says that it is a demo.
        furnish: Puts more into it before a file has its name.

    Raises:
        Refusal: Something is there already; nothing is overwritten.
    """
    refuse_existing(settings)

    def fill(engine: Engine, settings: Settings) -> None:
        try:
            _fill(engine, settings, pepper, offset, demo)
            if furnish is not None:
                furnish(_opened(engine, settings))
        finally:
            engine.dispose()

    if is_server(settings.store):
        fill(make_engine(settings.store), settings)
    else:
        _create_file(settings, fill)
    return open_store(settings)


def refuse_existing(settings: Settings) -> None:
    """Refuse to make a store where there is something already.

    Raises:
        Refusal: The file exists, or the database holds a desk.
    """
    if not is_server(settings.store):
        if Path(settings.store).exists():
            raise _exists(settings.store)
        return
    engine = make_engine(settings.store)
    try:
        with refusals(), engine.connect() as connection:
            if _is_installed(connection):
                raise _exists(settings.store)
    finally:
        engine.dispose()


def _is_installed(connection: Connection) -> bool:
    if revision_of(connection) is None:
        return False
    return connection.execute(select(col(Installation.id))).first() is not None


def _create_file(settings: Settings, fill: Callable[[Engine, Settings], None]) -> None:
    path = Path(settings.store)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made here, and for its owner alone: the -wal and -shm files take its mode.
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise Refusal(
            _("No se puede crear {path}: {problem}.").format(
                path=clean(path), problem=said_of_fault(error)
            )
        ) from None
    try:
        fill(_hasty(make_engine(str(draft))), for_store(settings, str(draft)))
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a rename, it never replaces a store made meanwhile
    except FileExistsError:
        raise _exists(settings.store) from None
    finally:
        for leftover in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def _hasty(engine: Engine) -> Engine:
    """Write each page once, and wait for no disk: what a kill leaves of a draft, nobody opens."""

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute("PRAGMA synchronous=OFF")

    return engine


def for_store(settings: Settings, address: str) -> Settings:
    """Give the same settings for another store."""
    return settings.model_copy(update={"store": address})


def _fill(
    engine: Engine, settings: Settings, pepper: Pepper | None, offset: timedelta, demo: bool
) -> None:
    """Make the tables and the first rows; the pepper is kept before anything could need it."""
    # Only a new store needs it; opening one does not wait for it.
    from store.catalogue.loading import read_catalogue

    catalogue = read_catalogue(settings.catalogue)
    migrate(engine, file=None)
    with writing(engine) as session:
        _begin_chain(session, settings)
        pepper = pepper or configured_pepper(settings) or _kept_pepper(settings)
        _first_rows(session, pepper, Clock(settings.zone_info, offset), catalogue, demo)


def _begin_chain(session: Session, settings: Settings) -> None:
    """Put the very first row in; of several who make a store on a server, the others wait here and find it."""
    session.add(AuditHead(hash=GENESIS))
    try:
        session.flush()
    except IntegrityError:
        raise _exists(settings.store) from None


def _kept_pepper(settings: Settings) -> Pepper:
    pepper = new_pepper()
    keep_pepper(settings, pepper)
    return pepper


def _first_rows(
    session: Session, pepper: Pepper, clock: Clock, catalogue: Catalogue, demo: bool
) -> None:
    now = clock.now()
    session.add(
        Installation(
            pepper_fingerprint=pepper.fingerprint,
            clock_offset_seconds=int(clock.offset.total_seconds()),
            is_demo=demo,
            created_at=now,
        )
    )
    session.add_all(Counter(name=name, value=0) for name in _COUNTERS)
    stock(session, catalogue, clock.today())
    publish(session, now=now)


def _exists(address: str) -> Refusal:
    return Refusal(_("Ya hay algo en {place}; no se sobrescribe.").format(place=_said_of(address)))


def _said_of(address: str) -> str:
    """Write a store's place without the password that a server's address may hold."""
    if not is_server(address):
        return clean(address)
    from sqlalchemy import make_url

    return clean(make_url(address).render_as_string(hide_password=True))
