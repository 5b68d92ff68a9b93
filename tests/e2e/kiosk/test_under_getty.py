"""The kiosk on a console of this machine: no way out, and nothing left of whoever was there."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR, GOOD_50, PASSWORD
from tests.e2e.console import Console, a_console, lacking
from tests.e2e.installed import Installed, require_programs, run
from tests.e2e.kiosk.getty import Getty
from tui.kiosk import LEFT_BY_CODE

CODE = "caballo-bateria"
PATIENT, IMPATIENT = 30, 8
"""Seconds without a key until the first page is back: more than a slow machine takes to answer; and as few as that."""
PERSONS = re.compile(f"EMPRESA|Timbres|38SQ|{PASSWORD}|Salir de")
"""What only somebody who is in sees."""
HATCHES: tuple[str | bytes, ...] = (
    *(f"\x1b[{number}~" for number in (11, 12, 13, 14, 15, 17, 18, 19, 20, 23, 24, 25, 31, 34)),
    *(f"\x1b[[{letter}" for letter in "BCDE"),
    *(chr(number) for number in (0, 1, 2, 3, 5, 6, 7, 14, 15, 16, 17, 18, 19, 20, 22, 24, 25, 26)),
    "\x1c", "\x1d", "\x1e", "\x1f",
    "\x1b[200~!sh\nexit\n\x1b[201~", "\x1b]52;c;cHduZWQ=\x07", "\x1b[?1049l", "\x1b[24;1R",
    b"a \xf1 b",
)  # fmt: skip
"""Every key of facts/terminals 6.3 that is not the desk's own, a paste, what a terminal answers, and Latin-1."""


class Kiosk:
    """Somebody at the kiosk."""

    def __init__(self, console: Console, installed: Installed, getty: Getty) -> None:
        self.console, self.installed, self.getty = console, installed, getty

    @property
    def desk(self) -> int:
        """The process of the desk that is open."""
        (process,) = self.installed.processes()
        return process

    def signs_in(self) -> None:
        """Sign in, and begin to type a key."""
        self.console.type(f"{DISTRIBUTOR}\r{PASSWORD}\r")
        self.console.sees("1-1[0-9] de")
        self.console.type("a38SQ")
        self.console.sees("Llevas 4 de 16")

    def sees_first_page(self, timeout: float = 30) -> int:
        """Wait for a first page that nobody has touched, and give its process."""
        self.console.sees("Demostración", timeout)
        screen = self.console.text
        assert not PERSONS.search(screen.replace(PASSWORD, "", 1)), screen
        assert re.search(r"Usuario .*\n[│ ]+\n", screen), screen
        return self.desk


@pytest.fixture(scope="module")
def running(
    installed: Installed, shelf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kiosk]:
    """A kiosk at its first page, as `escritorio deploy kiosk` sets it up."""
    if reason := lacking():
        pytest.skip(reason)
    require_programs("agetty", "setpriv", "setsid")
    with ExitStack() as stack:
        console = stack.enter_context(a_console())
        installed.puts_store(shelf)
        out = tmp_path_factory.mktemp("kiosk") / "out"
        getty = Getty(console.tty, str(_launcher(installed, console.tty, out)))
        _settle(installed, PATIENT)
        getty.start()
        stack.callback(getty.stop)
        yield Kiosk(console, installed, getty)


@pytest.fixture
def kiosk(running: Kiosk) -> Kiosk:
    """The kiosk at its first page; whoever was there before is gone."""
    running.sees_first_page()
    return running


def _launcher(installed: Installed, tty: str, out: Path) -> Path:
    """Write the files for this console, and give the launcher; its home is where this test may write."""
    words = ("deploy", "kiosk", "--tty", tty, "--user", installed.user, "--out", str(out))
    run(str(installed.python), "-I", "-m", "tui", *words)
    launcher = out / "usr/local/lib/escritorio/kiosk"
    written = launcher.read_text().replace(f"/var/lib/{installed.user}", str(installed.home))
    launcher.write_text(written)
    return launcher


def _settle(installed: Installed, patience: int) -> None:
    line = installed.desk("kiosk", "--hash-code", typed=f"{CODE}\n{CODE}\n")
    file = installed.home / ".config/escritorio/config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"idle_warning_seconds = 2\nkiosk_idle_seconds = {patience}\n{line}")
    file.chmod(0o600)
    run("chown", "-R", installed.user, str(installed.home))


def _state(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def _tries_every_hatch(kiosk: Kiosk) -> None:
    before = kiosk.desk
    for keys in HATCHES:
        kiosk.console.type(keys)
    kiosk.console.press("escape", "escape")
    kiosk.console.press("f1")
    kiosk.console.sees("─ Ayuda ─")
    kiosk.console.press("escape")
    kiosk.console.sees_no("─ Ayuda ─")
    assert kiosk.desk == before
    assert _state(before) in "SR"
    assert Path(f"/proc/{before}/task/{before}/children").read_text() == ""


def test_every_hatch_is_closed(kiosk: Kiosk) -> None:
    _tries_every_hatch(kiosk)
    kiosk.console.press("f10")
    kiosk.console.sees("Dejar el kiosco")
    kiosk.console.type("equivocado\r")
    kiosk.console.sees("El código no es correcto.")
    kiosk.console.press("escape")
    kiosk.console.sees_no("Dejar el kiosco")
    os.kill(kiosk.desk, signal.SIGTERM)
    kiosk.console.sees_no("Demostración")
    kiosk.sees_first_page()
    kiosk.console.type(f"{DISTRIBUTOR}\r{PASSWORD}\r")
    kiosk.console.sees("1-1[0-9] de")
    _tries_every_hatch(kiosk)
    kiosk.console.press("m")
    kiosk.console.sees("Mis Servicios")
    assert "Comprar" not in kiosk.console.text
    os.kill(kiosk.desk, signal.SIGTERM)
    kiosk.console.sees_no("Mis Servicios")


def leaves(kiosk: Kiosk) -> None:
    kiosk.console.press("f10")
    kiosk.console.sees("¿Salir sin terminar")
    kiosk.console.press("enter")


def is_killed(kiosk: Kiosk) -> None:
    """With keys typed that it has not read: they were its person's."""
    desk = kiosk.desk
    os.kill(desk, signal.SIGSTOP)
    kiosk.console.type("zzz")
    os.kill(desk, signal.SIGKILL)


def crashes(kiosk: Kiosk) -> None:
    os.kill(kiosk.desk, signal.SIGSEGV)


def confirms_a_key(kiosk: Kiosk) -> None:
    kiosk.console.type(f"{GOOD_50[4:]}\r")
    kiosk.console.sees("válida")
    kiosk.console.type(" \r")
    kiosk.console.sees("Aviso")
    kiosk.console.press("enter")


@pytest.mark.parametrize("ends", [leaves, is_killed, crashes, confirms_a_key])
def test_nothing_survives(kiosk: Kiosk, ends: Callable[[Kiosk], None]) -> None:
    first = kiosk.desk
    kiosk.signs_in()
    ends(kiosk)
    end = time.monotonic() + 10
    while PERSONS.search(kiosk.console.text.replace(PASSWORD, "", 1)):
        assert time.monotonic() < end, kiosk.console.text
    assert kiosk.sees_first_page() != first


def test_nothing_survives_of_who_goes_away(kiosk: Kiosk) -> None:
    _settle(kiosk.installed, IMPATIENT)
    os.kill(kiosk.desk, signal.SIGTERM)
    kiosk.console.sees_no("Demostración")
    second = kiosk.sees_first_page()
    kiosk.signs_in()
    kiosk.console.sees("La sesión terminará en 2 segundos; pulsa una tecla", IMPATIENT)
    _settle(kiosk.installed, PATIENT)
    kiosk.console.sees("Demostración")
    assert kiosk.sees_first_page() != second


def test_the_code_leaves_it_and_nobody_starts_it_again(kiosk: Kiosk) -> None:
    kiosk.console.press("f10")
    kiosk.console.sees("Dejar el kiosco")
    kiosk.console.type(f"{CODE}\r")
    kiosk.getty.join(10)
    assert kiosk.getty.statuses[-1] == LEFT_BY_CODE
    assert kiosk.console.text.strip() == ""
    assert kiosk.installed.processes() == []
