"""Lists of a million keys: indexes of desks' keys alone, tallies of them, and terms of clients' names."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_FORMER = ("activated", "client", "confirmed", "day", "signs", "state", "units")
_LISTED: dict[str, tuple[str, ...]] = {
    "confirmed": ("confirmed_at", "id", "confirmed_on"),
    "signs": ("signs", "confirmed_at", "id"),
    "last_signs": ("substr(signs, 5, 4)",),
    "inner_signs": ("substr(signs, 2, 3)",),
    "inner_last_signs": ("substr(signs, 6, 3)",),
    "units": ("units", "confirmed_at", "id"),
    "activated": ("activated_on", "confirmed_at", "id"),
    "state": ("state", "confirmed_at", "id"),
    "client": ("client_sort_key", "confirmed_at", "id"),
    "day": ("confirmed_on", "confirmed_at", "id"),
}
_KEY_STATES = (
    "emitida",
    "bloqueada",
    "vencida",
    "disponible",
    "retenida",
    "utilizada",
    "anulada",
)
_COUNTED = "desk_id, confirmed_on, state, units, activated_on, client_id"
"""Columns of a key whose change is a change of its tallies."""


def upgrade() -> None:
    """Bring the store one version on."""
    for name in _FORMER:
        op.drop_index(f"ix_prepaid_key_{name}", "prepaid_key")
    in_desk = sa.text("desk_id IS NOT NULL")
    for name, columns in _LISTED.items():
        op.create_index(
            f"ix_prepaid_key_{name}",
            "prepaid_key",
            ["desk_id", *(sa.text(column) if "(" in column else column for column in columns)],
            sqlite_where=in_desk,
            postgresql_where=in_desk,
        )
    op.create_index("ix_prepaid_key_lot", "prepaid_key", ["lot_id", "state"])
    _make_tally()
    is_file = op.get_bind().dialect.name == "sqlite"
    for statement in _on_sqlite() if is_file else _on_postgresql():
        op.execute(statement)
    if not is_file:
        _find_terms_on_postgresql()


def _make_tally() -> None:
    op.create_table(
        "key_tally",
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", _words("tallykind", "all", "day", "activation", "client"), nullable=False
        ),
        sa.Column(
            "value",
            sa.String(length=20).with_variant(sa.VARCHAR(length=20, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("state", _words("keystate", *_KEY_STATES), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("keys", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_key_tally_desk_id_desk")),
        sa.PrimaryKeyConstraint(
            "desk_id", "kind", "value", "state", "units", name=op.f("pk_key_tally")
        ),
        sqlite_with_rowid=False,
    )


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _cells(day: str) -> dict[str, str]:
    """Give for each kind of tally what it counts apart, of a key that `%` stands for."""
    return {
        "all": "''",
        "day": day.format("%.confirmed_on"),
        "activation": f"coalesce({day.format('%.activated_on')}, '')",
        "client": "coalesce(CAST(%.client_id AS text), '')",
    }


def _count_all(day: str) -> Iterator[str]:
    for kind, value in _cells(day).items():
        yield (
            f"INSERT INTO key_tally (desk_id, kind, value, state, units, keys)"
            f" SELECT desk_id, '{kind}', {value.replace('%.', '')}, state, units, count(*)"
            f" FROM prepaid_key WHERE desk_id IS NOT NULL"
            f" GROUP BY desk_id, {value.replace('%.', '') + ', ' if '%' in value else ''}state, units"
        )


def _step(row: str, day: str) -> str:
    """Count a key in, or out where it is the row as it was."""
    cells = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, {value.replace('%', row)} AS value"
        for kind, value in _cells(day).items()
    )
    return (
        f"INSERT INTO key_tally (desk_id, kind, value, state, units, keys)"
        f" SELECT {row}.desk_id, kind, value, {row}.state, {row}.units, {1 if row == 'NEW' else -1}"
        f" FROM ({cells}) AS cell WHERE {row}.desk_id IS NOT NULL"
        f" ON CONFLICT (desk_id, kind, value, state, units)"
        f" DO UPDATE SET keys = key_tally.keys + excluded.keys"
    )


def _on_sqlite() -> Iterator[str]:
    yield from _count_all("{}")
    for change, rows in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", ("OLD", "NEW"))):
        held = " OR ".join(f"{row}.desk_id IS NOT NULL" for row in rows)
        of = f" OF {_COUNTED}" if change == "UPDATE" else ""
        steps = "; ".join(_step(row, "{}") for row in rows)
        yield (
            f"CREATE TRIGGER prepaid_key_tally_{change.lower()} AFTER {change}{of} ON prepaid_key"
            f" WHEN {held} BEGIN {steps}; END"
        )
    # No trigger may write to it, since a store's schema is not trusted: whoever adds a client does.
    yield (
        "CREATE VIRTUAL TABLE client_term USING fts5"
        "(search_key, content='client', content_rowid='id', tokenize='trigram')"
    )
    yield "INSERT INTO client_term(client_term) VALUES ('rebuild')"


def _on_postgresql() -> Iterator[str]:
    day = "to_char({}, 'YYYY-MM-DD')"
    yield from _count_all(day)
    yield (
        "CREATE FUNCTION tally_key() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'INSERT' THEN {_step('OLD', day)}; END IF;"
        f" IF TG_OP <> 'DELETE' THEN {_step('NEW', day)}; END IF;"
        " RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER prepaid_key_tally AFTER INSERT OR DELETE OR UPDATE OF {_COUNTED}"
        " ON prepaid_key FOR EACH ROW EXECUTE FUNCTION tally_key()"
    )


def _find_terms_on_postgresql() -> None:
    """Index the parts of clients' names where the server has trigrams and lets us; elsewhere they are read through."""
    connection = op.get_bind()
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except sa.exc.DBAPIError as error:
        # undefined_file and feature_not_supported: not installed; insufficient_privilege: not ours to make.
        if getattr(error.orig, "sqlstate", None) not in ("58P01", "0A000", "42501"):
            raise
        return
    op.execute("CREATE INDEX ix_client_term ON client USING gin (search_key gin_trgm_ops)")
