"""The loads of keys that have not come to their end."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the store one version on."""
    op.create_table(
        "key_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("runner", sa.String(length=32), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("began_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_key_load_fingerprint_length")),
        sa.CheckConstraint(
            "line >= 0 AND taken >= 0 AND refused >= 0", name=op.f("ck_key_load_counts_range")
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["key_lot.id"], name=op.f("fk_key_load_lot_id_key_lot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_load")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_key_load_fingerprint")),
    )
