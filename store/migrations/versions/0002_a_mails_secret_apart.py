"""A mail keeps its one-time code apart from its words, until it is gone."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CODE = re.compile(r"(Código: +)([0-9A-Z]{4}-[0-9A-Z]{4})\b")
_MASK = "••••-••••"
_GONE = ("sent", "dead")


def upgrade() -> None:
    """Add the column, and take the codes out of the words that are there."""
    with op.batch_alter_table("mail") as table:
        table.add_column(sa.Column("secret", sa.String(length=20), nullable=True))
    _take_codes_out(op.get_bind())
    with op.batch_alter_table("mail") as table:
        table.create_check_constraint(
            op.f("ck_mail_secret_until_it_is_gone"),
            "secret IS NULL OR state NOT IN ('sent', 'dead')",
        )


def _take_codes_out(connection: sa.Connection) -> None:
    mail = sa.table("mail", *map(sa.column, ("id", "fact", "state", "body", "secret")))
    about_an_espacio = sa.select(mail).where(mail.c.fact.like("espacio-%"))
    for row in connection.execute(about_an_espacio).all():
        found = _CODE.search(row.body)
        if found is not None:
            body = _CODE.sub(rf"\g<1>{_MASK}", row.body)
            secret = None if row.state in _GONE else found[2]
            kept = sa.update(mail).where(mail.c.id == row.id)
            connection.execute(kept.values(body=body, secret=secret))
