"""Every list is read a window at a time, each by an index in its own order."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_PARTS = (
    ("ix_order_waiting", "sale_order", ["placed_at", "id"],
     "state NOT IN ('carrito', 'surtido', 'cancelado', 'vencido', 'reembolsado')"),
    ("ix_payment_undecided", "payment", ["id"], "state IN ('declarado', 'registrado')"),
    ("ix_refund_asked", "refund", ["id"], "state = 'solicitado'"),
)  # fmt: skip


def upgrade() -> None:
    """Bring the store one version on."""
    op.drop_index("ix_payment_inbox", table_name="payment")
    for name, table, columns, part in _PARTS:
        where = sa.text(part)
        op.create_index(
            name, table, columns, unique=False, sqlite_where=where, postgresql_where=where
        )
    op.create_index("ix_mail_list", "mail", ["created_at", "id"], unique=False)
    op.create_index("ix_audit_event_at", "audit_event", ["at", "seq"], unique=False)
    op.create_index("ix_audit_event_who", "audit_event", ["account_id", "at", "seq"], unique=False)
