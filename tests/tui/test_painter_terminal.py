"""The painter on a real terminal, on which others write and which may not keep up."""

import time

from tests.e2e.terminal import Terminal


def test_what_others_write_on_the_screen_is_drawn_over(desk: Terminal) -> None:
    with open(f"/proc/{desk.pid}/fd/1", "wb", buffering=0) as terminal:
        terminal.write(b"\x1b[31;46m\x1b[H" + b"Broadcast message\r\n" * 12)
    desk.sees("Broadcast message")
    desk.press("ctrl+l")
    desk.sees_no("Broadcast message")
    desk.sees("tecla ctrl\\+l")


def test_a_terminal_that_reads_late_is_shown_the_newest(desk: Terminal) -> None:
    """Stock Textual would stand still until it reads, and then show all that has long passed."""
    for width in range(40, 80):
        desk.resize(width, 24)
        time.sleep(0.01)
    before = len(desk.raw)
    desk.type("al fin")
    desk.sees("al fin")
    assert len(desk.raw) - before < 40 * 500
