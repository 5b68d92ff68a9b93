"""A line that is slow in both directions.

`python -m tests.bench.relay to HOST PORT` is one from its standard streams to an address, as ssh's `ProxyCommand`;
`python -m tests.bench.relay run PROGRAM …` is one between its own terminal and the program's.
"""

from __future__ import annotations

import fcntl
import os
import pty
import socket
import sys
import termios
import time
import tty
from queue import Queue
from threading import Event, Thread

DELAY = 0.15
"""Seconds that a byte is underway."""
RATE = 8 * 1024
"""Bytes a second that fit through, in each direction."""
PIECE = 256
"""Bytes that travel together."""
MOST_UNDERWAY = 64
"""Pieces that the line holds; with more it takes no more."""
STDIN, STDOUT = 0, 1


class Direction:
    """Carries bytes from one descriptor to another, each as late as such a line does."""

    def __init__(self, source: int, sink: int, ended: Event) -> None:
        self._source, self._sink, self._ended = source, sink, ended
        self._underway: Queue[tuple[float, bytes]] = Queue(MOST_UNDERWAY)

    def start(self) -> None:
        """Begin to carry, until one end is closed."""
        for work in (self._take, self._deliver):
            Thread(target=work, daemon=True).start()

    def _take(self) -> None:
        free = 0.0
        while piece := _read(self._source):
            free = max(time.monotonic(), free) + len(piece) / RATE
            self._underway.put((free + DELAY, piece))
        self._underway.put((free + DELAY, b""))

    def _deliver(self) -> None:
        due, piece = self._underway.get()
        while piece:
            time.sleep(max(0.0, due - time.monotonic()))
            while piece:
                piece = piece[os.write(self._sink, piece) :]
            due, piece = self._underway.get()
        self._ended.set()


def _read(source: int) -> bytes:
    """Give what there is to carry; nothing once the end is closed, which a terminal tells by a fault."""
    try:
        return os.read(source, PIECE)
    except OSError:
        return b""


def relay(source: int, sink: int) -> None:
    """Carry between the standard streams and another place until one of them is closed."""
    ended = Event()
    Direction(STDIN, sink, ended).start()
    Direction(source, STDOUT, ended).start()
    ended.wait()


def to_address(host: str, port: str) -> None:
    """Be the line to an address."""
    with socket.create_connection((host, int(port))) as connection:
        relay(connection.fileno(), connection.fileno())


def to_program(argv: list[str]) -> None:
    """Be the line to a program, which gets a terminal of the size of this one."""
    size = fcntl.ioctl(STDIN, termios.TIOCGWINSZ, bytes(8))
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(STDIN, termios.TIOCSWINSZ, size)
        os.execvp(argv[0], argv)
    tty.setraw(STDIN)
    relay(terminal, terminal)


if __name__ == "__main__":
    if sys.argv[1] == "to":
        to_address(*sys.argv[2:])
    else:
        to_program(sys.argv[2:])
