"""Alembic's way in: runs on the connection that `store.installation.migrating` hands over, in its transaction."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from store.tables import Base


def _render(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write SQLModel's own types as plain SQLAlchemy, or with the import they need."""
    if kind == "type" and isinstance(item, UTCDateTime):
        autogen_context.imports.add("from sqlmodel.sql.sqltypes import UTCDateTime")
        return "UTCDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
