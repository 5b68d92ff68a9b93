"""An installed desk for a user of its own: its wheel, in an environment that the user can read."""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.terminal import CHECKOUT
from tests.store.databases import copied

PLACES = "/usr/sbin:/sbin:" + os.defpath
NOT_OURS = shutil.ignore_patterns("*.pth", "escritorio-*", "_pytest", "mypy*", "hypothesis*")


class Installed:
    """A user without a password, its home, and a venv with the desk in it; all under one folder of root's."""

    def __init__(self, folder: Path, python: str) -> None:
        """Say where; `make` makes it, and `remove` takes it away again.

        Args:
            folder: Root's, and open to others: sshd trusts nothing below a folder that others may write to.
            python: What its environment is made with.
        """
        self.folder, self.home = folder, folder / "home"
        self.user = f"desk-{os.getpid()}"
        self.python = folder / "venv/bin/python"
        self._made_with = python

    def make(self) -> None:
        """Make all of it."""
        run("useradd", "--system", "--home-dir", str(self.home), "--create-home",
            "--shell", "/bin/sh", "--password", "*", self.user)  # fmt: skip
        run(self._made_with, "-m", "venv", "--without-pip", str(self.folder / "venv"))
        self._install()

    def _install(self) -> None:
        (packages,) = (self.folder / "venv/lib").glob("python*/site-packages")
        shutil.copytree(
            sysconfig.get_path("purelib"),
            packages,
            copy_function=_linked,
            ignore=NOT_OURS,
            dirs_exist_ok=True,
        )
        run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(self.folder))
        (wheel,) = self.folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(packages)
        for package in ("tui", "store", "deploy"):
            run(sys.executable, "-m", "compileall", "-q", str(packages / package))

    def desk(self, *words: str, typed: str = "") -> str:
        """Run `escritorio` as the user, and give what it prints."""
        command = shlex.join([str(self.python), "-I", "-m", "tui", *words])
        return run("runuser", "-l", self.user, "-c", command, typed=typed)

    def puts_store(self, shelf: Path) -> Path:
        """Put a demo as it was made where the user's desk looks for its store."""
        folder = self.home / ".local/share/escritorio"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        file = copied(shelf, folder / "escritorio.db")
        for path in (*folder.relative_to(self.home).parents, folder, file):
            shutil.chown(self.home / path, self.user, self.user)
        return file

    def processes(self) -> list[int]:
        """Give the processes of the user's open desks."""
        found = subprocess.run(
            ["pgrep", "-u", self.user, "-f", "[-]m tui"],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(pid) for pid in found.stdout.split()]

    def closes(self, most: int = 0, timeout: float = 10) -> None:
        """Wait until no more desks than so many are open."""
        end = time.monotonic() + timeout
        while len(self.processes()) > most and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.processes()) <= most, f"still open: {self.processes()}"

    def remove(self) -> None:
        """Take user and folder away; what still runs of the user's is ended first."""
        subprocess.run(["pkill", "-KILL", "-u", self.user], check=False)
        subprocess.run(["userdel", "--force", self.user], capture_output=True, check=False)
        shutil.rmtree(self.folder)


@contextmanager
def installed_desk(python: str) -> Iterator[Installed]:
    """Install the desk for a user of its own, and take both away again."""
    folder = Path(tempfile.mkdtemp(prefix="escritorio-", dir="/var/lib"))
    folder.chmod(0o755)
    installed = Installed(folder, python)
    try:
        installed.make()
        yield installed
    finally:
        installed.remove()


def has_programs(*names: str) -> bool:
    """Tell whether this machine has all of the programs, and root to run them."""
    return os.geteuid() == 0 and all(shutil.which(name, path=PLACES) for name in names)


def require_programs(*names: str) -> None:
    """Skip where this machine lacks one of the programs, or root to run them."""
    if not has_programs(*names):
        pytest.skip(f"this needs root and {', '.join(names)}: see .ci/run")


def reachable_python() -> str | None:
    """Give a Python that a plain user can start and that this environment's packages were built for."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for python in (os.path.realpath(sys.executable), f"/usr/bin/python{version}"):
        as_nobody = ["runuser", "-u", "nobody", "--", python, "-c", "import venv"]
        if subprocess.run(as_nobody, capture_output=True, check=False).returncode == 0:
            return python
    return None


def _linked(source: str, target: str) -> None:
    """Copy without copying, where both lie on one file system."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def run(*argv: str, typed: str = "") -> str:
    """Run a program that has to succeed, and give what it printed."""
    done = subprocess.run(
        argv, cwd=CHECKOUT, input=typed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{argv}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout
