"""What the desk's tests start from: the demo on a watch that stands still, and a person in front of it.

`desk` is another one: the smallest app on the desk's driver, in a terminal of its own.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from store.accounts import passwords
from store.demo import DISTRIBUTOR
from store.installation.opening import open_store
from store.installation.store import Store
from store.settings import Settings
from tests.e2e.terminal import Terminal
from tests.store.databases import copied, demo_file
from tests.store.watch import Watch
from tests.tui.person import Person, at_the_desk
from tui.mail_carrier import MailCarrier
from tui.session_watch import SessionWatch

TINY_DESK = [sys.executable, "-m", "tests.tui.tiny_desk"]


@pytest.fixture
def desk() -> Iterator[Terminal]:
    with Terminal(TINY_DESK) as terminal:
        terminal.sees("listo")
        yield terminal


@pytest.fixture(scope="package", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Argon2 with its cheapest parameters: nearly every story begins by signing in."""
    cheap = PasswordHasher.from_parameters(CHEAPEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", lambda: cheap)
        passwords._nobodys_hash.cache_clear()
        yield
    passwords._nobodys_hash.cache_clear()


@pytest.fixture(autouse=True)
def _no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody carries the mail behind a test's back, nor after it; nor looks after its session."""
    for thread in (MailCarrier, SessionWatch):
        monkeypatch.setattr(thread, "start", lambda _thread: None)


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as a file, made once."""
    return demo_file(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def watch() -> Watch:
    """The desk's time, which stands still; a test may let it pass."""
    return Watch()


@pytest.fixture
def store(demo: Path, tmp_path: Path, watch: Watch) -> Iterator[Store]:
    """The demo, for this test alone."""
    opened = open_store(Settings(store=str(copied(demo, tmp_path / "escritorio.db"))))
    yield replace(opened, clock=watch.clock)
    opened.close()


@pytest.fixture
async def person(store: Store) -> AsyncIterator[Person]:
    """Somebody at the login page of the demo, in a terminal of 80x24."""
    async with at_the_desk(store) as person:
        yield person


@pytest.fixture
async def distributor(person: Person) -> Person:
    """Somebody who signed in as the titular of the distributor's desk, and sees its keys."""
    await person.signs_in(DISTRIBUTOR)
    return person
