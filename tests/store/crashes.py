"""Crash points: kill -9 at the n-th thing that a process says to its database."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from tests.store.processes import die, start, was_killed


def dies_at(engine: Engine, point: int) -> None:
    """Kill -9 this process at its n-th point: before and behind each statement, before and behind each commit."""
    points = count(1)

    def reach(*_arguments: Any, **_more: Any) -> None:
        if next(points) == point:
            die()

    event.listen(engine, "before_cursor_execute", reach)
    event.listen(engine, "after_cursor_execute", reach)
    event.listen(engine, "commit", reach)  # comes right before the COMMIT …
    event.listen(engine, "checkin", reach)  # … and this right after it, or after a rollback


def crashes(work: Callable[..., None], *arguments: object, step: int = 1) -> Iterator[int]:
    """Run some work again and again and kill it one point later each time, until it comes to its end.

    The work is given its point, and has to call `dies_at` with it. Yields after each kill.
    """
    for point in count(1, step):
        if not was_killed(start(work, *arguments, point)):
            return
        yield point
