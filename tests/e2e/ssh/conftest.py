"""One sshd for all of these tests, and a demo store as its desk's own."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.ssh.installed import Installed, reachable_python
from tests.e2e.ssh.server import Server
from tests.e2e.terminal import Terminal
from tests.store.databases import copied

NEEDED = ("sshd", "ssh", "sftp", "useradd", "runuser", "pgrep")
ROOTS_OWN = Path("/var/lib")

Come = Callable[..., Terminal]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server with the desk installed; only root can start one, since it changes to the desk's user."""
    places = "/usr/sbin:/sbin:" + os.defpath
    missing = [name for name in NEEDED if shutil.which(name, path=places) is None]
    if os.geteuid() != 0 or missing:
        pytest.skip(f"a real sshd needs root and {', '.join(NEEDED)}: see .ci/run")
    python = reachable_python()
    if python is None:
        pytest.skip("the desk's user needs a Python of this version outside of root's home")
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="escritorio-", dir=ROOTS_OWN))
        folder.chmod(0o755)
        installed = Installed(folder, python)
        stack.callback(installed.remove)
        installed.make()
        server = Server(installed)
        stack.callback(server.stop)
        yield server


@pytest.fixture
def store(server: Server, shelf: Path) -> Path:
    """The demo as it was made, where the desk's user looks for its store."""
    folder = server.installed.home / ".local/share/escritorio"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = copied(shelf, folder / "escritorio.db")
    for path in (*folder.relative_to(server.installed.home).parents, folder, file):
        shutil.chown(server.installed.home / path, server.installed.user, server.installed.user)
    return file


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
