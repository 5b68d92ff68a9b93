"""How SQLite reads: by which index, and in how many steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel import Session


@contextmanager
def planned(session: Session) -> Iterator[list[str]]:
    """Collect the plan of each statement; they are there at the end."""
    connection, asked = session.connection(), []

    def keep(*told: Any) -> None:
        asked.append((f"EXPLAIN QUERY PLAN {told[2]}", told[3]))

    plans: list[str] = []
    event.listen(connection, "before_cursor_execute", keep)
    yield plans
    event.remove(connection, "before_cursor_execute", keep)
    for statement in asked:
        plans.append(" ".join(step[3] for step in connection.exec_driver_sql(*statement).all()))


@contextmanager
def counted_steps(session: Session) -> Iterator[list[int]]:
    """Count the steps of SQLite's machine: the same for the same work, however busy this one is."""
    driver: Any = session.connection().connection.driver_connection
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    driver.set_progress_handler(step, 1)
    yield steps
    driver.set_progress_handler(None, 1)
