"""A store in which somebody else is writing and does not come to an end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from store.database import make_engine
from store.installation.store import Store

# Others may still read, as beside any writer.
LOCKED = "LOCK TABLE attempt, audit_head, counter, mail, prepaid_key IN EXCLUSIVE MODE"


@contextmanager
def occupied(store: Store) -> Iterator[None]:
    """Hold the write lock from a connection of one's own."""
    engine = make_engine(store.settings.store).execution_options(sqlite_begin="IMMEDIATE")
    try:
        with engine.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text(LOCKED))
            else:
                connection.execute(text("SELECT 1"))
            yield
    finally:
        engine.dispose()
