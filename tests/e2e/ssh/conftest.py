"""One sshd for all of these tests, and a demo store as its desk's own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.installed import Installed, require_programs
from tests.e2e.ssh.server import Server
from tests.e2e.terminal import Terminal

NEEDED = ("sshd", "ssh", "sftp")

Come = Callable[..., Terminal]


@pytest.fixture(scope="session")
def server(installed: Installed) -> Iterator[Server]:
    """A server with the desk installed."""
    require_programs(*NEEDED)
    server = Server(installed)
    yield server
    server.stop()


@pytest.fixture
def store(installed: Installed, shelf: Path) -> Path:
    """The demo as it was made, where the desk's user looks for its store."""
    return installed.puts_store(shelf)


@pytest.fixture
def come(server: Server, store: Path) -> Iterator[Come]:
    """Come to the desk by ssh, in a terminal of one's own; the line is cut at the end, whatever happened."""
    with ExitStack() as stack:

        def by_ssh(
            *more: str, name: str = "ana", cols: int = 80, rows: int = 24, **env: str | None
        ) -> Terminal:
            argv = server.ssh("-tt", *more, name=name)
            return stack.enter_context(Terminal(argv, cols=cols, rows=rows, env=env))

        yield by_ssh
    server.installed.closes()
