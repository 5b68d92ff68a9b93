"""The driver on a real terminal: nothing that one sends, or stops sending, hurts the desk."""

import os
import signal
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.e2e.terminal import CHECKOUT, Terminal
from tests.tui.conftest import TINY_DESK


def test_a_forged_size_is_not_believed(desk: Terminal) -> None:
    desk.type("\x1b[48;9999999;9999999;9;9t")
    desk.type("sigue")
    desk.sees("sigue")


@pytest.mark.parametrize("key", ["ctrl+z", "ctrl+p", "ctrl+q", "ctrl+c", "ctrl+s"])
def test_keys_that_would_leave_or_freeze_a_program_do_nothing(desk: Terminal, key: str) -> None:
    desk.press(key)
    desk.type("sigue")
    desk.sees("sigue")


def test_a_stop_signal_does_not_stop_it(desk: Terminal) -> None:
    os.kill(desk.pid, signal.SIGTSTP)
    desk.type("sigue")
    desk.sees("sigue")


def test_leaving_clears_screen_and_scrollback_last(desk: Terminal) -> None:
    desk.type("EMPRESA SISTEMAS")
    desk.sees("EMPRESA SISTEMAS")
    desk.press("f10")
    assert desk.wait_gone() == 0
    assert desk.raw.endswith(b"\x1b[0m\x1b[H\x1b[2J\x1b[3J")
    assert b"\x1b[?1049l" in desk.raw
    assert b"\x1b[?25h" in desk.raw
    assert desk.text.strip() == ""


def test_no_browser_is_opened_and_no_file_is_saved(tmp_path: Path) -> None:
    with Terminal(
        TINY_DESK, env={"BROWSER": f"touch {tmp_path}/%s", "HOME": str(tmp_path)}
    ) as desk:
        desk.sees("listo")
        desk.press("f6")
        desk.sees("tecla f6")
        desk.press("f10")
        desk.wait_gone()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_asked_of_the_terminal_that_an_old_one_would_print(desk: Terminal) -> None:
    desk.press("f10")
    desk.wait_gone()
    for never in (b"\x1b[>", b"\x1b[<", b"\x1b[?1000", b"\x1b[?1003", b"\x1b[?1004", b"\x1b]"):
        assert never not in desk.raw


def test_nothing_is_written_while_nothing_happens(desk: Terminal) -> None:
    desk.type("quieto")
    desk.sees("quieto")
    desk.hears(0.3)
    assert desk.hears(3) == b""


def test_the_size_of_the_window_is_followed(desk: Terminal) -> None:
    desk.resize(40, 10)
    desk.sees(r"(?m)^.{39}\S$")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_in_order(desk: Terminal, number: int, status: int) -> None:
    os.kill(desk.pid, number)
    assert desk.wait_gone(2) == status
    assert desk.raw.endswith(b"\x1b[3J")


@contextmanager
def tiny_desk_on_our_terminal() -> Iterator[tuple[subprocess.Popen[bytes], int, int]]:
    """Start one whose terminal is ours: the process, our end and its end."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        TINY_DESK, cwd=CHECKOUT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    written = b""
    while b"listo" not in written:
        written += os.read(ours, 65536)
    yield process, ours, theirs
    for end in (ours, theirs):
        with suppress(OSError):  # a test may have closed it
            os.close(end)
    process.kill()
    process.wait()


def test_a_line_that_drops_ends_it_at_once() -> None:
    """No SIGHUP here: the terminal does not control the process, as under nohup."""
    with tiny_desk_on_our_terminal() as (process, ours, theirs):
        os.close(theirs)
        os.close(ours)
        assert process.wait(2) == 129


def test_a_terminal_that_is_held_keeps_nothing_alive_that_has_to_go() -> None:
    """Scroll Lock or Ctrl+S at the other end: the process may write, and waits for ever."""
    with tiny_desk_on_our_terminal() as (process, ours, theirs):
        termios.tcflow(theirs, termios.TCOOFF)
        os.write(ours, b"tecla" * 50)
        process.terminate()
        assert process.wait(2) == 143
