"""Other processes at the same store: started, killed, waited for.

They are forked from a server that has imported the store and runs no thread, so one costs some milliseconds.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable
from multiprocessing.process import BaseProcess
from typing import Any

PATIENCE = 120
"""Seconds after which a process that does not end is taken for one that hangs."""

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["pytest", "hypothesis", "alembic.command", "psycopg", "store.demo"])


def start(work: Callable[..., None], *arguments: object) -> BaseProcess:
    """Let another process do some work; the function has to stand at the top of its module."""
    environment = dict(os.environ)
    process = _forks.Process(target=_at_work, args=(environment, work, arguments), daemon=True)
    process.start()
    return process


def _at_work(
    environment: dict[str, str], work: Callable[..., None], arguments: tuple[object, ...]
) -> None:
    """Work where the test works: the server that forks has the environment of an earlier one."""
    os.environ.clear()
    os.environ.update(environment)
    work(*arguments)


def shared_numbers(count: int) -> Any:
    """Give numbers that all processes see; without a lock, which a killed one would take to its grave."""
    return _forks.RawArray("i", count)


def kill(process: BaseProcess) -> None:
    """Kill -9, and wait until it is dead."""
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(PATIENCE)


def die() -> None:
    """Kill -9 oneself."""
    os.kill(os.getpid(), signal.SIGKILL)


def finish(processes: Iterable[BaseProcess]) -> None:
    """Wait for processes, all of which have to end well."""
    started = list(processes)
    for process in started:
        process.join(PATIENCE)
    ends = [process.exitcode for process in started]
    for process in started:
        kill(process)
    assert ends == [0] * len(started)


def was_killed(process: BaseProcess) -> bool:
    """Wait for a process; tell whether it killed itself, as against coming to its end."""
    process.join(PATIENCE)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0
