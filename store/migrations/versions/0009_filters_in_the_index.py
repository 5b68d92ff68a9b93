"""Lists are filtered in the index that gives their order, and only what is shown is looked at."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORDERS: dict[str, tuple[str, ...]] = {
    "confirmed": (),
    "signs": ("signs",),
    "units": ("units",),
    "activated": ("activated_on",),
    "state": ("state",),
    "client": ("client_sort_key",),
}
_FILTERED = ("confirmed_on", "state", "units", "signs", "client_id")


def upgrade() -> None:
    """Bring the store one version on."""
    in_desk = sa.text("desk_id IS NOT NULL")
    # By days, the index of instants finds what this one did.
    op.drop_index("ix_prepaid_key_day", "prepaid_key")
    for name, first in _ORDERS.items():
        columns = (
            "desk_id",
            *first,
            "confirmed_at",
            "id",
            *(each for each in _FILTERED if each not in first),
        )
        op.drop_index(f"ix_prepaid_key_{name}", "prepaid_key")
        op.create_index(
            f"ix_prepaid_key_{name}",
            "prepaid_key",
            columns,
            sqlite_where=in_desk,
            postgresql_where=in_desk,
        )
    op.create_index("ix_client_search", "client", ["desk_id", "search_key"])
