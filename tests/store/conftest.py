"""What the store's tests start from: a fresh copy of the demo, on a watch that stands still.

A test that takes `store` runs on SQLite, and on PostgreSQL where there is a server. Hashing passwords is made cheap.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import settings

from store.accounts import passwords
from store.accounts.person import Person
from store.demo import CUSTOMER, DISTRIBUTOR
from store.installation.opening import open_store
from store.installation.store import Store
from store.settings import Settings
from tests.store.databases import Server, copied, demo_file
from tests.store.people import admin, member
from tests.store.stories import LONG
from tests.store.watch import Watch

# The same examples on every run and no limit of time for one: a red test is a bug, never a slow machine.
settings.register_profile("store", derandomize=True, deadline=None)
settings.register_profile(LONG, deadline=None, max_examples=500, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "store"))

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="package", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Argon2 with its cheapest parameters: the suite hashes hundreds of passwords."""
    cheap = PasswordHasher.from_parameters(CHEAPEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", lambda: cheap)
        passwords._nobodys_hash.cache_clear()
        yield
    passwords._nobodys_hash.cache_clear()


@pytest.fixture(scope="package")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo stands that is made once and copied for each test."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="package")
def server(postgres_url: str) -> Iterator[Server]:
    """A PostgreSQL server on which databases come and go."""
    server = Server(postgres_url)
    yield server
    server.close()


@pytest.fixture
def demo_copy(shelf: Path, tmp_path: Path) -> Path:
    """The demo as a SQLite file of this test's own."""
    return copied(demo_file(shelf), tmp_path / "escritorio.db")


@pytest.fixture(params=DATABASES)
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a demo store of this test's own is, on either database."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield str(request.getfixturevalue("demo_copy"))
        else:
            yield stack.enter_context(request.getfixturevalue("server").demo())


@pytest.fixture(params=DATABASES)
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store can be made, on either database; nothing is there yet."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield str(tmp_path / "escritorio.db")
        else:
            yield stack.enter_context(request.getfixturevalue("server").empty())


@pytest.fixture
def watch() -> Watch:
    """The desk's time; a test may let it pass."""
    return Watch()


@pytest.fixture
def store(address: str, watch: Watch) -> Iterator[Store]:
    """The demo store, open."""
    opened = open_store(Settings(store=address))
    yield replace(opened, clock=watch.clock)
    opened.close()


@pytest.fixture
def sqlite_store(demo_copy: Path, watch: Watch) -> Iterator[Store]:
    """The demo store on SQLite alone, for what only a file can suffer."""
    opened = open_store(Settings(store=str(demo_copy)))
    yield replace(opened, clock=watch.clock)
    opened.close()


@pytest.fixture
def empresasis(store: Store) -> Person:
    """The titular of the distributor's desk."""
    return member(store, DISTRIBUTOR)


@pytest.fixture
def kemper(store: Store) -> Person:
    """The titular of a customer's desk."""
    return member(store, CUSTOMER)


@pytest.fixture
def staff(store: Store) -> Person:
    """An admin of the staff, signed in."""
    return admin(store)
