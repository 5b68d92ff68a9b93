"""The real program on a demo store of this test's own, made once and copied."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.installed import Installed, installed_desk, reachable_python, require_programs
from tests.e2e.terminal import CHECKOUT, Terminal
from tests.store.databases import copied, demo_file

Sit = Callable[..., Terminal]
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="package")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_file(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="session")
def installed() -> Iterator[Installed]:
    """The desk installed for a user of its own; it takes root, which changes to that user."""
    require_programs("useradd", "runuser", "pgrep")
    python = reachable_python()
    if python is None:
        pytest.skip("the desk's user needs a Python of this version outside of root's home")
    with installed_desk(python) as installed:
        yield installed


@pytest.fixture
def demo(shelf: Path, tmp_path: Path) -> Path:
    """A demo store, as fresh as it was made."""
    return copied(shelf, tmp_path / "demo.db")


@pytest.fixture
def sit(demo: Path) -> Iterator[Sit]:
    """Open a desk on the demo in a terminal of its own; closed at the end, whatever happened."""
    with ExitStack() as stack:

        def at_a_desk(*, cols: int = 80, rows: int = 24, **env: str | None) -> Terminal:
            argv = [sys.executable, "-m", "tui", "demo", "--store", str(demo)]
            terminal = stack.enter_context(Terminal(argv, cols=cols, rows=rows, env=env))
            terminal.sees("Demostración")
            return terminal

        yield at_a_desk


@pytest.fixture
def command(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run `escritorio` with some words on the demo store, without a terminal."""
    monkeypatch.setenv("ESCRITORIO_STORE", str(demo))

    def run(*words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "tui", *words],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            input=typed,
            check=False,
        )

    return run


def outbox(command: Command) -> list[dict[str, str]]:
    """Give the mails as `mail list --json` tells them."""
    mails: list[dict[str, str]] = json.loads(command("mail", "list", "--json").stdout)
    return mails


def enter(desk: Terminal, username: str) -> None:
    """Sign in with the demo's password, through whichever door."""
    desk.type(f"{username}\rdemo2020\r")
    desk.sees("entra por|Claves prepago|Pagos por decidir")
    if "entra por" in desk.text:
        desk.press("enter")
    desk.sees("Claves prepago|Pagos por decidir")
