"""An account may be bound to public keys."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the store one version on."""
    op.create_table(
        "account_key",
        sa.Column("fingerprint", sa.String(length=50), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "use",
            sa.Enum(
                "beside",
                "instead",
                name="keyuse",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("comment", sa.String(length=100), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "fingerprint LIKE 'SHA256:%' AND length(fingerprint) = 50",
            name=op.f("ck_account_key_fingerprint_form"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_key_account_id_account")
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_account_key")),
    )
    op.create_index(op.f("ix_account_key_account_id"), "account_key", ["account_id"], unique=False)
