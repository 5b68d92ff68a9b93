"""A program of tomorrow: today's tables, and one migration more.

It does what real ones do: rebuilds a table that others point at, fills a new column, and adds a table.
"""

import shutil
from pathlib import Path

import pytest
from alembic.config import Config

from store import database, migrations
from store.installation import migrating, opening

REVISION = "9999"
MIGRATION = f'''
import sqlalchemy as sa
from alembic import op

revision = "{REVISION}"
down_revision = "{migrations.SCHEMA_REVISION}"
branch_labels = None
depends_on = None


def upgrade():
    rebuild = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("client", recreate=rebuild) as table:
        table.add_column(sa.Column("note", sa.String(20), nullable=False, server_default=""))
    op.execute("UPDATE client SET note = 'tomorrow'")
    op.create_table("tomorrow", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO tomorrow (id) VALUES (1)")
    op.execute("INSERT INTO tomorrow (id) VALUES (2)")
'''


def write_program(folder: Path, migration: str = MIGRATION) -> Path:
    """Write tomorrow's migrations into a folder."""
    scripts = folder / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, scripts)
    (scripts / "versions" / f"{REVISION}_tomorrow.py").write_text(migration)
    return scripts


def be_tomorrow(patch: pytest.MonkeyPatch, scripts: Path) -> None:
    """Let this process be tomorrow's program."""

    def config() -> Config:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.set_main_option("path_separator", "os")
        return config

    patch.setattr(migrating, "_config", config)
    for module in (database, migrating, opening):
        patch.setattr(module, "SCHEMA_REVISION", REVISION)
