"""A real terminal for tests: a process on a PTY, its screen kept by pyte, keys pressed by name."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
from pyte.screens import Char

from tests.e2e.keys import KEYS
from tests.e2e.look import Cell
from tests.e2e.screen import Screen

CHECKOUT = Path(__file__).parents[2]

ESCAPE_DELAY = 0.3
"""Seconds: a key that follows Escape sooner would be read as one with Alt."""
SLOWEST_ESCAPE = 2.0
"""Seconds to wait for an answer to Escape on a machine that has much else to do."""


class Terminal:
    """Someone at a terminal: presses keys, types, and looks at the screen until something shows.

    >>> with Terminal([sys.executable, "-m", "tui", "demo"]) as desk:
    ...     desk.sees("Iniciar sesión")
    ...     desk.type("empresasis")
    ...     desk.press("tab")
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cols: int = 80,
        rows: int = 24,
        env: Mapping[str, str | None] | None = None,
    ) -> None:
        """Start a program in the checkout.

        Args:
            argv: The program and its arguments.
            cols: Width of the screen.
            rows: Height of the screen.
            env: Differences from this process's environment; None takes a variable away.
        """
        self.raw = b""
        self._screen = Screen(cols, rows)
        self._process: pexpect.spawn[bytes] = pexpect.spawn(
            argv[0],
            list(argv[1:]),
            dimensions=(rows, cols),
            env=_environment(env or {}),
            cwd=CHECKOUT,
        )
        self._process.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def press(self, *keys: str) -> None:
        """Press keys by their Textual names; one character is itself."""
        for key in keys:
            self.type(KEYS.get(key, key))
            if key == "escape" and not self.hears(ESCAPE_DELAY):
                self._listen(SLOWEST_ESCAPE)

    def type(self, text: str | bytes) -> None:
        """Type a text, or send bytes that no keyboard would."""
        self._process.send(text if isinstance(text, bytes) else text.encode())

    def sees(self, pattern: str, timeout: float = 30) -> str:
        """Wait until the regular expression stands on the screen, and give the text it matched."""
        self._wait(lambda: re.search(pattern, self.text) is not None, timeout)
        found = re.search(pattern, self.text)
        assert found, f"no {pattern!r} on the screen:\n{self.text}"
        return found.group()

    def sees_no(self, pattern: str, timeout: float = 30) -> None:
        """Wait until the regular expression is gone from the screen."""
        self._wait(lambda: re.search(pattern, self.text) is None, timeout)
        assert not re.search(pattern, self.text), f"still {pattern!r} on the screen:\n{self.text}"

    def hears(self, seconds: float) -> bytes:
        """Give all that is written during so many seconds."""
        before = len(self.raw)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._listen(left):
            pass
        return self.raw[before:]

    @property
    def text(self) -> str:
        """The screen now, without spaces at the ends of lines."""
        self._listen(0)
        return self._screen.text

    def cells(self, words: str) -> list[Char]:
        """Give the cells of the first place where the words stand: data, fg, bg, bold, reverse."""
        self._listen(0)
        return self._screen.cells(words)

    @property
    def rows(self) -> list[list[Cell]]:
        """The screen now, cell by cell."""
        self._listen(0)
        return self._screen.rows

    def marks(self, words: str) -> bool:
        """Tell whether the words stand in reverse video, as cursor and focus do."""
        return all(cell.reverse for cell in self.cells(words))

    def sees_marked(self, words: str, timeout: float = 30) -> None:
        """Wait until the words stand in reverse video."""
        self.sees(re.escape(words), timeout)
        self._wait(lambda: self.marks(words), timeout)
        assert self.marks(words), f"{words!r} is not marked:\n{self.text}"

    @property
    def hides_cursor(self) -> bool:
        """Whether the terminal's own cursor cannot be seen."""
        return self._screen.hides_cursor

    def sees_cursor(self, words: str, timeout: float = 30) -> None:
        """Wait until the terminal's own cursor stands where the bar is in the words: `emp|`, `|[x] Clave`."""
        self._wait(lambda: words in self._screen.cursor_line, timeout)
        assert words in self._screen.cursor_line, f"{self._screen.cursor_line!r}"

    def resize(self, cols: int, rows: int) -> None:
        """Give the window another size."""
        self._screen.resize(cols, rows)
        self._process.setwinsize(rows, cols)

    @property
    def pid(self) -> int:
        """The program's process."""
        assert self._process.pid is not None
        return self._process.pid

    def wait_gone(self, timeout: float = 30) -> int:
        """Wait until the program has ended, and give its exit status; 128 + n after signal n."""
        self._wait(lambda: not self._process.isalive(), timeout)
        self._listen(0)
        return self.exit_status

    @property
    def exit_status(self) -> int:
        """The status of a program that has ended; 128 + n after signal n."""
        assert not self._process.isalive(), f"still running:\n{self.text}"
        if self._process.signalstatus is not None:
            return 128 + self._process.signalstatus
        assert self._process.exitstatus is not None
        return self._process.exitstatus

    def kill(self) -> None:
        """End the program as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait_gone()

    def close(self) -> None:
        """Close the window; what still runs in it is ended."""
        self._process.close(force=True)

    def _wait(self, done: Callable[[], bool], timeout: float) -> None:
        """Listen until it is done, the time is up or the program has ended."""
        end = time.monotonic() + timeout
        while not done() and time.monotonic() < end:
            if not self._listen(0.05) and not self._process.isalive():
                return

    def _listen(self, seconds: float) -> bool:
        """Read all that is written; False once the program has closed its terminal.

        Args:
            seconds: How long to wait for the first byte.
        """
        try:
            while True:
                written = self._process.read_nonblocking(65536, timeout=seconds)
                self.raw += written
                self._screen.draw(written)
                seconds = 0
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """Give this process's environment as a terminal window of its own would have it."""
    window = {
        **dict.fromkeys(("NO_COLOR", "COLUMNS", "LINES", "SSH_CONNECTION", "COLORTERM")),
        **dict.fromkeys(("LC_ALL", "LC_CTYPE")),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }
    merged = {**os.environ, **window, **changes}
    return {name: value for name, value in merged.items() if value is not None}
