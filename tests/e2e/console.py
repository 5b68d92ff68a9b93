"""A real Linux console for tests: one of the kernel's virtual terminals, nobody in front of it.

Keys are put into it as the keyboard would (TIOCSTI), the screen is read from `/dev/vcsu` and `/dev/vcsa`: the signs,
and the sixteen colours that the kernel chose for them (facts/terminals 3.1). It takes root.
"""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from tests.e2e.keys import KEYS
from tests.e2e.look import Cell
from tests.e2e.terminal import CHECKOUT

NUMBERS = range(20, 60)
"""Consoles that nobody uses; the first that no other test holds is taken."""
VT_DISALLOCATE = 0x5608
SENT = KEYS | {"f1": "\x1b[[A", "f2": "\x1b[[B", "f3": "\x1b[[C", "f4": "\x1b[[D", "f5": "\x1b[[E"}
"""What this kind of terminal sends."""


def lacking() -> str | None:
    """Say why there can be no console here; `None` where there can."""
    if os.geteuid() != 0 or not os.path.exists("/dev/tty0") or not os.path.exists("/dev/vcsa"):
        return "a real console needs root, /dev/tty0 and /dev/vcsa"
    return None


class Console:
    """Someone in front of a console."""

    def __init__(self, number: int) -> None:
        self.number, self.tty = number, f"tty{number}"
        self.wipe()
        self._read(
            "vcsu"
        )  # from now on the kernel keeps the signs themselves, not only their glyphs

    def wipe(self) -> None:
        """Begin with an empty screen in UTF-8."""
        with self._opened() as terminal:
            os.write(terminal, b"\x1bc\x1b%G\x1b[3J")

    def starts(self, argv: Sequence[str], **env: str) -> subprocess.Popen[bytes]:
        """Start a program that has the console for its terminal."""
        with self._opened() as terminal:
            return subprocess.Popen(
                ["setsid", "--ctty", *argv],
                cwd=CHECKOUT,
                env={**_plain_environment(), "TERM": "linux", **env},
                stdin=terminal,
                stdout=terminal,
                stderr=terminal,
            )

    def press(self, *keys: str) -> None:
        """Press keys by their Textual names; one character is itself."""
        for key in keys:
            self.type(SENT.get(key, key))
            if key == "escape":
                time.sleep(0.15)  # longer than the desk waits for the rest of a sequence

    def type(self, text: str | bytes) -> None:
        """Type a text, or send bytes that no keyboard would."""
        with self._opened() as terminal:
            for byte in text if isinstance(text, bytes) else text.encode():
                fcntl.ioctl(terminal, termios.TIOCSTI, bytes([byte]))

    def sees(self, pattern: str, timeout: float = 30) -> str:
        """Wait until the regular expression stands on the screen, and give the text it matched."""
        end = time.monotonic() + timeout
        while not (found := re.search(pattern, self.text)):
            assert time.monotonic() < end, f"no {pattern!r} on the console:\n{self.text}"
            time.sleep(0.01)
        return found.group()

    def sees_no(self, pattern: str, timeout: float = 30) -> None:
        """Wait until the regular expression is gone from the screen."""
        end = time.monotonic() + timeout
        while re.search(pattern, self.text):
            assert time.monotonic() < end, f"still {pattern!r} on the console:\n{self.text}"
            time.sleep(0.01)

    @property
    def text(self) -> str:
        """The screen now, without spaces at the ends of lines."""
        return "\n".join("".join(cell.sign for cell in row).rstrip() for row in self.rows)

    @property
    def rows(self) -> list[list[Cell]]:
        """What stands where, and in which colours."""
        attributes = self._read("vcsa")
        rows, columns = attributes[:2]
        signs = self._read("vcsu").decode("utf-32-le", "replace")
        cells = [
            Cell(sign, attribute & 0x0F, attribute >> 4)
            for sign, attribute in zip(signs, attributes[5::2], strict=True)
        ]
        return [cells[row * columns : (row + 1) * columns] for row in range(rows)]

    def _read(self, view: str) -> bytes:
        with open(f"/dev/{view}{self.number}", "rb") as screen:
            return screen.read()

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Open it for a moment only: whoever takes it over hangs up on all others."""
        terminal = os.open(f"/dev/{self.tty}", os.O_RDWR | os.O_NOCTTY)
        try:
            yield terminal
        finally:
            os.close(terminal)


@contextmanager
def a_console() -> Iterator[Console]:
    """Give a console that nobody else uses, and give it back to the kernel."""
    for number in NUMBERS:
        with open(f"/run/lock/escritorio-test-tty{number}", "w", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            console = Console(number)
            try:
                yield console
            finally:
                console.wipe()
                _give_back(number)
            return
    raise AssertionError("no console is free")


def _give_back(number: int) -> None:
    kernel = os.open("/dev/tty0", os.O_RDWR | os.O_NOCTTY)
    with suppress(OSError):  # something still holds it; it stays for the next test
        fcntl.ioctl(kernel, VT_DISALLOCATE, number)
    os.close(kernel)


def _plain_environment() -> dict[str, str]:
    unwanted = ("NO_COLOR", "COLUMNS", "LINES", "SSH_CONNECTION", "COLORTERM")
    return {name: value for name, value in os.environ.items() if name not in unwanted}
