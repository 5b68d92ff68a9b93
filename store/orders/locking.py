"""Who changes a desk's cart, orders, payments or balance queues up at the desk's row: one lock, taken first.

SQLite has one writer anyway. On PostgreSQL the row is locked without hindering whoever only refers to the desk.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.accounts.tables import Desk


def lock_desk(session: Session, desk_id: int) -> Desk:
    """Wait until nobody else changes the desk's orders, and give the desk as it is then."""
    return session.exec(
        select(Desk)
        .where(col(Desk.id) == desk_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
