"""The store's versions: alembic revisions that travel inside the package."""

SCHEMA_REVISION = "0010"
"""The revision that this program reads and writes; a test holds it to the newest file in `versions/`."""
