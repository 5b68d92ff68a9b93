"""A load knows which keys were there before the lines that it is at."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NEWEST = "SELECT coalesce(max(id), 0) FROM prepaid_key"


def upgrade() -> None:
    """Add the column; up to now a load left whole steps, so that every key was there before."""
    with op.batch_alter_table("key_load") as table:
        table.add_column(sa.Column("newest", sa.Integer(), nullable=True))
    op.execute(f"UPDATE key_load SET newest = ({_NEWEST})")
    with op.batch_alter_table("key_load") as table:
        table.alter_column("newest", existing_type=sa.Integer(), nullable=False)
