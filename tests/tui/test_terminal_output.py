"""What is written to a terminal at once, and what is left to the thread that waits for it."""

import os
import threading
import tty
from collections.abc import Iterator

import pytest

from tui.driver import TerminalOutput

LONG = bytes(range(32, 127)) * 1_000


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: where a person looks, and where the desk writes."""
    looks, writes = os.openpty()
    tty.setraw(writes)
    yield looks, writes
    for end in (looks, writes):
        try:
            os.close(end)
        except OSError:
            continue  # the test closed it


def seen(looks: int, length: int) -> bytes:
    """Read so many bytes."""
    read = b""
    while len(read) < length:
        read += os.read(looks, 65536)
    return read


def test_what_there_is_room_for_is_written_at_once(ends: tuple[int, int]) -> None:
    looks, writes = ends
    output = TerminalOutput(writes, lambda: None)
    assert output.write_at_once(b"uno ") == b""
    assert output.write_at_once(b"dos") == b""
    assert seen(looks, 7) == b"uno dos"


def test_all_arrives_in_order_where_there_is_no_room(ends: tuple[int, int]) -> None:
    looks, writes = ends
    taken = threading.Event()
    output = TerminalOutput(writes, taken.set)
    rest = output.write_at_once(LONG)
    assert 0 < len(rest) < len(LONG)
    assert output.write_at_once(b"al fin") == b"al fin"

    def write() -> None:
        output.write(rest)
        output.write(b"al fin")
        output.flush()

    thread = threading.Thread(target=write)
    thread.start()
    assert seen(looks, len(LONG) + 6) == LONG + b"al fin"
    thread.join(10)
    assert taken.is_set()
    assert output.write_at_once(b"otra vez") == b""
    assert seen(looks, 8) == b"otra vez"


def test_all_arrives_though_somebody_else_set_the_terminal_not_to_wait(
    ends: tuple[int, int],
) -> None:
    looks, writes = ends
    os.set_blocking(writes, False)
    output = TerminalOutput(writes, lambda: None)
    thread = threading.Thread(target=output.write, args=(output.write_at_once(LONG),))
    thread.start()
    assert seen(looks, len(LONG)) == LONG
    thread.join(10)
    assert output.write_at_once(b"otra vez") == b""


def test_a_terminal_that_is_gone_takes_all(ends: tuple[int, int]) -> None:
    looks, writes = ends
    output = TerminalOutput(writes, lambda: None)
    os.close(looks)
    assert output.write_at_once(b"a nadie") == b""
    output.write(b"a nadie")


def test_where_it_cannot_be_opened_again_the_thread_writes_all() -> None:
    looks, writes = os.pipe()  # as a terminal of somebody else, after `su`
    output = TerminalOutput(writes, lambda: None)
    assert output.write_at_once(b"todo") == b"todo"
    output.write(b"todo")
    assert output.write_at_once(b"siempre") == b"siempre"
    assert seen(looks, 4) == b"todo"
    os.close(looks)
    os.close(writes)


def test_nothing_is_written_at_once_after_its_end(ends: tuple[int, int]) -> None:
    _looks, writes = ends
    output = TerminalOutput(writes, lambda: None)
    output.close()
    output.close()
    assert output.write_at_once(b"tarde") == b"tarde"
