"""What reaches the terminal, and what comes from it.

Textual's driver trusts its terminal. The desk's own lives with bytes in another encoding, with
sequences that mean nothing and with lines that drop, and leaves no customer's data on the screen
(facts/terminals 1.2, 2, 3.3).
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import termios
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, TextIO, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.charset import SPEAK_AS_BEFORE, SPEAK_UTF_8
from tui.keyboard import LenientParser
from tui.leaving import end_soon
from tui.terminal import this_terminal

NEVER_WRITTEN = (
    "\x1b[>",  # kitty's keyboard protocol, pushed …
    "\x1b[<",  # … and popped
    "\x1b[?1004",  # reports of the window's focus, which take the focus from a field
    "\x1b]22;",  # the shape of the mouse pointer
)

CLEAR = "\x1b[0m\x1b[H\x1b[2J\x1b[3J"
"""Plain style, cursor home, no text on the screen, none in the scrollback."""

GIVE_BACK = "\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h" + CLEAR
"""No marks around pastes, lines that wrap, the first screen, a cursor, and nothing on it."""

TICK = 0.1
"""Seconds between two looks for a lone Escape; a character not whole by then is broken."""

STDERR = 2

HANGUP = 128 + signal.SIGHUP

MOST_WAITING = 6
"""Pieces written that the terminal may still have to take; with more, drawing waits. Textual's queue blocks at 30."""
LONGEST_SILENCE = 600.0
"""Seconds that a terminal may take nothing of what it is sent; then nobody sits there any more."""
LAST_WORDS = 1.0
"""Seconds that it has to take the last of it."""


class TerminalOutput:
    """Writes what there is room for at once, the rest in a thread; a terminal that is gone takes it without complaint.

    It keeps no buffer: the thread may hang on a terminal that reads no more, and at the end of the process Python would
    wait for a buffer's lock.
    """

    def __init__(self, descriptor: int, taken: Callable[[], None]) -> None:
        """Write to a terminal.

        Args:
            descriptor: The terminal.
            taken: Called, in the thread that writes, whenever the terminal has taken all there was.
        """
        self._descriptor, self._taken = descriptor, taken
        self._impatient = _opened_without_waiting(descriptor)
        self._left_over = self._written = 0
        """How many pieces were left for the thread, and how many of them it has written."""

    def write_at_once(self, piece: bytes) -> bytes:
        """Write what there is room for behind all that came before; give what is left, for the thread."""
        if self._impatient is not None and self._left_over == self._written:
            with suppress(BlockingIOError):
                piece = piece[_write(self._impatient, piece) :]
        self._left_over += bool(piece)
        return piece

    def write(self, piece: bytes) -> None:
        """Write, in the thread, however long the terminal takes."""
        while piece:
            try:
                piece = piece[_write(self._descriptor, piece) :]
            except BlockingIOError:  # whoever shares this descriptor set it not to wait
                select.select([], [self._descriptor], [])
        self._written += 1

    def flush(self) -> None:
        """Tell that all is taken."""
        self._taken()

    def close(self) -> None:
        """Write no more at once."""
        if self._impatient is not None:
            os.close(self._impatient)
            self._impatient = None


def _write(descriptor: int, piece: bytes) -> int:
    """Write to a terminal as far as it takes it; where nobody is there any more, to nowhere."""
    try:
        return os.write(descriptor, piece)
    except BlockingIOError:
        raise
    except OSError:
        return len(piece)


def _opened_without_waiting(terminal: int) -> int | None:
    """Open a terminal once more, for writes that never wait: the one that is there, the shell shares."""
    try:
        return os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None  # it belongs to somebody else, as after `su`


class DeskDriver(LinuxDriver):
    """A terminal that is kept apart from everything but keys, pastes and its size."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """Take the terminal over; the mouse is never asked for, and keys are never logged."""
        super().__init__(app, debug=False, mouse=False, size=size)
        self._terminal = this_terminal()
        self._output = TerminalOutput(STDERR, self._tell_taken)
        # Textual's writer needs no more of it than to write and to flush.
        self._file = cast(Any, self._output)
        self._patience: asyncio.TimerHandle | None = None
        self._when_taken: Callable[[], None] | None = None
        for number in (signal.SIGHUP, signal.SIGTERM):
            # Not the loop's own way: the loop may be waiting for a terminal that takes nothing.
            signal.signal(number, self._signalled)

    @property
    def can_suspend(self) -> bool:
        """Never: a session without a shell has nothing that could wake it again."""
        return False

    def _sigtstp_application(self, *_: object) -> None:
        """Stay awake."""

    def _sigcont_application(self, *_: object) -> None:
        """Go on as before: the desk never gave the terminal back."""

    def _query_in_band_window_resize(self) -> None:
        """Ask for no reports of the size: the signal tells, also through SSH."""

    def write(self, data: str) -> None:
        """Write to the terminal, if it is still there, what it may see."""
        if self._writer_thread is None or data.startswith(NEVER_WRITTEN):
            return
        left = self._output.write_at_once(data.encode(self._terminal.charset, errors="replace"))
        if left:
            self._writer_thread._queue.put(cast(Any, left))

    @property
    def is_behind(self) -> bool:
        """Whether the terminal does not keep up with what is written to it."""
        writer = self._writer_thread
        return writer is not None and writer._queue.qsize() > MOST_WAITING

    def await_terminal(self, when_taken: Callable[[], None]) -> None:
        """Call back once the terminal has taken all; leave if it takes nothing for long."""
        self._when_taken = when_taken
        if self._patience is None:
            self._patience = self._loop.call_later(LONGEST_SILENCE, self._leave, HANGUP)

    def _tell_taken(self) -> None:
        with suppress(RuntimeError):  # the loop ended first
            self._loop.call_soon_threadsafe(self._taken)

    def _taken(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        if self._when_taken is not None:
            when_taken, self._when_taken = self._when_taken, None
            when_taken()

    def close(self) -> None:
        """Let the terminal take the rest, but wait no longer than for a moment: it may never."""
        if self._writer_thread is not None:
            self._writer_thread._queue.put(None)
            self._writer_thread.join(LAST_WORDS)
        self._output.close()

    def start_application_mode(self) -> None:
        """Take the terminal over: in UTF-8, if it can, and with its own cursor where somebody wants to see it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._terminal.is_asked_for_utf_8:
            self.write(SPEAK_UTF_8)
        if self._terminal.shows_cursor:
            self.write("\x1b[?25h")

    def stop_application_mode(self) -> None:
        """Give the terminal back empty."""
        super().stop_application_mode()
        if self._terminal.is_asked_for_utf_8:
            self.write(SPEAK_AS_BEFORE)
        # Many consoles have no second screen: there the last frame would stay, with its data.
        self.write(CLEAR)

    def run_input_thread(self) -> None:
        """Read keys until the app stops or the terminal is gone."""
        decoder = self._terminal.decoder()
        parser = LenientParser()
        while not self.exit_event.is_set():
            typed = self._read()
            if typed == b"":
                self._leave_at_once(HANGUP)
                return
            for message in parser.read(decoder.decode(typed or b"", final=typed is None)):
                self.process_message(message)

    def _read(self) -> bytes | None:
        """Give what was typed: None if nothing was for a tick, empty once nobody is there."""
        try:
            ready, _, _ = select.select([self.fileno], [], [], TICK)
            return os.read(self.fileno, 4096) if ready else None
        except OSError:
            return b""

    def process_message(self, message: Message) -> None:
        """Pass on only what a person does, and the one answer the desk asked for."""
        if isinstance(message, (Key, Paste, TerminalSupportsSynchronizedOutput)):
            super().process_message(message)

    def send_message(self, message: Message) -> None:
        """Send what a person does to the app, by the shortest way."""
        with suppress(RuntimeError):  # the app stopped first
            self._loop.call_soon_threadsafe(self._app.post_message, message)

    def _signalled(self, number: int, _frame: object) -> None:
        self._leave_at_once(128 + number)

    def _leave_at_once(self, return_code: int) -> None:
        end_soon(return_code, self._give_back)
        with suppress(RuntimeError):  # the app stopped first
            self._loop.call_soon_threadsafe(self._leave, return_code)

    def _give_back(self) -> None:
        """Restore the terminal past the thread that writes to it, which may be stuck."""
        with suppress(OSError, termios.error):
            termios.tcflush(self.fileno, termios.TCOFLUSH)
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            encoding = SPEAK_AS_BEFORE if self._terminal.is_asked_for_utf_8 else ""
            os.write(STDERR, f"{encoding}{GIVE_BACK}".encode())

    def _leave(self, return_code: int) -> None:
        self._app.exit(return_code=return_code)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing: on a console a browser is a way to a shell."""

    def deliver_binary(self, binary: BinaryIO | TextIO, **_options: Any) -> None:
        """Save nothing on the machine that runs the desk."""
        binary.close()
