"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


_SQLITE_TRIGGERS = (
    "CREATE TRIGGER audit_event_keep BEFORE DELETE ON audit_event"
    " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
    "CREATE TRIGGER audit_event_freeze BEFORE UPDATE ON audit_event"
    " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
)
_POSTGRESQL_TRIGGERS = (
    "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = '23000'; END $$",
    "CREATE TRIGGER audit_event_keep BEFORE DELETE OR UPDATE ON audit_event"
    " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
    "CREATE TRIGGER audit_event_keep_all BEFORE TRUNCATE ON audit_event"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
)


def _make_audit_append_only() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_TRIGGERS if sqlite else _POSTGRESQL_TRIGGERS:
        op.execute(statement)


def upgrade() -> None:
    """Bring the store one version on."""
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "desk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=254), nullable=False),
        sa.Column("search_key", sa.String(length=600), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=200).with_variant(sa.VARCHAR(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("rfc", sa.String(length=13), nullable=False),
        sa.Column("handle", sa.String(length=30), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "customer",
                "distributor",
                name="deskkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "suspended",
                "closed",
                name="deskstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(handle) BETWEEN 4 AND 30", name=op.f("ck_desk_handle_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 254", name=op.f("ck_desk_name_length")),
        sa.CheckConstraint("length(rfc) IN (12, 13)", name=op.f("ck_desk_rfc_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk")),
        sa.UniqueConstraint("handle", name=op.f("uq_desk_handle")),
    )
    op.create_index("ix_desk_order", "desk", ["sort_key"], unique=False)
    op.create_index(
        "uq_desk_rfc",
        "desk",
        ["rfc"],
        unique=True,
        sqlite_where=sa.text("rfc NOT IN ('XAXX010101000', 'XEXX010101000')"),
        postgresql_where=sa.text("rfc NOT IN ('XAXX010101000', 'XEXX010101000')"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pepper_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("clock_offset_seconds", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "legal_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "prepaid-licence",
                name="legalkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_legal_text_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_text")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_legal_text_kind_version")),
    )
    op.create_table(
        "product",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "stamps", name="productkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("units BETWEEN 1 AND 1000000", name=op.f("ck_product_units_range")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_product")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=30), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "titular",
                "operador",
                "consulta",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "staff_role",
            sa.Enum(
                "soporte",
                "caja",
                "auditor",
                "admin",
                name="staffrole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "blocked",
                name="accountstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("last_access_at", UTCDateTime(), nullable=True),
        sa.Column("last_access_origin", sa.String(length=100), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("password_hash LIKE '$argon2id$%'", name=op.f("ck_account_argon2id")),
        sa.CheckConstraint(
            "(desk_id IS NULL) <> (staff_role IS NULL)", name=op.f("ck_account_desk_or_staff")
        ),
        sa.CheckConstraint(
            "(desk_id IS NULL) = (role IS NULL)", name=op.f("ck_account_role_in_desk")
        ),
        sa.CheckConstraint(
            "length(username) BETWEEN 4 AND 30", name=op.f("ck_account_username_length")
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_account_desk_id_desk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_index(
        "uq_account_titular",
        "account",
        ["desk_id"],
        unique=True,
        sqlite_where=sa.text("role = 'titular'"),
        postgresql_where=sa.text("role = 'titular'"),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sign-in",
                "key",
                "typo",
                name="attemptkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "pending",
                "counted",
                "free",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_attempt_desk_id_desk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_desk", "attempt", ["kind", "desk_id", "at"], unique=False)
    op.create_index("ix_attempt_origin", "attempt", ["kind", "origin", "at"], unique=False)
    op.create_index("ix_attempt_subject", "attempt", ["kind", "subject", "at"], unique=False)
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=254), nullable=False),
        sa.Column("search_key", sa.String(length=600), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=200).with_variant(sa.VARCHAR(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 254", name=op.f("ck_client_name_length")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_client_desk_id_desk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("desk_id", "name", name=op.f("uq_client_desk_id_name")),
        sa.UniqueConstraint("id", "desk_id", name=op.f("uq_client_id_desk_id")),
    )
    op.create_index("ix_client_order", "client", ["desk_id", "sort_key"], unique=False)
    op.create_table(
        "key_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=16), nullable=False),
        sa.Column("product_code", sa.String(length=32), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("vendor_length", sa.Integer(), nullable=True),
        sa.Column("redeem_by", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_key_lot_quantity_range")),
        sa.CheckConstraint(
            "vendor_length IS NULL OR vendor_length BETWEEN 12 AND 40",
            name=op.f("ck_key_lot_vendor_length_range"),
        ),
        sa.ForeignKeyConstraint(
            ["product_code"], ["product.code"], name=op.f("fk_key_lot_product_code_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_lot")),
        sa.UniqueConstraint("folio", name=op.f("uq_key_lot_folio")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=100), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "dead",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UTCDateTime(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL)",
            name=op.f("ck_mail_lease_while_sending"),
        ),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_mail_sent_has_time")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_mail_attempts_range")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_mail_desk_id_desk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("fact", name=op.f("uq_mail_fact")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    op.create_index("ix_mail_due", "mail", ["state", "next_at"], unique=False)
    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legal_text_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("accepted_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_acceptance_account_id_account")
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_acceptance_desk_id_desk")),
        sa.ForeignKeyConstraint(
            ["legal_text_id"],
            ["legal_text.id"],
            name=op.f("fk_acceptance_legal_text_id_legal_text"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
    )
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "length(previous_hash) = 64 AND length(hash) = 64", name=op.f("ck_audit_event_hashes")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_audit_event_account_id_account")
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_audit_event_desk_id_desk")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_audit_event_previous_hash")),
    )
    op.create_index("ix_audit_event_subject", "audit_event", ["subject", "seq"], unique=False)
    op.create_table(
        "preference",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=4000), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_preference_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("pk_preference")),
    )
    op.create_table(
        "prepaid_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column(
            "signs",
            sa.String(length=8).with_variant(sa.VARCHAR(length=8, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "emitida",
                "bloqueada",
                "vencida",
                "disponible",
                "retenida",
                "utilizada",
                "anulada",
                name="keystate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("acceptance_id", sa.Integer(), nullable=True),
        sa.Column("activated_on", sa.Date(), nullable=True),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column(
            "client_sort_key",
            sa.String(length=200).with_variant(sa.VARCHAR(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "(client_id IS NULL) = (client_sort_key = '')", name=op.f("ck_prepaid_key_client_sorts")
        ),
        sa.CheckConstraint(
            "(state = 'utilizada') = (activated_on IS NOT NULL)",
            name=op.f("ck_prepaid_key_used_has_date"),
        ),
        sa.CheckConstraint(
            "(state = 'utilizada') = (client_id IS NOT NULL)",
            name=op.f("ck_prepaid_key_used_has_client"),
        ),
        sa.CheckConstraint(
            "(state IN ('bloqueada', 'retenida', 'anulada')) = (reason IS NOT NULL)",
            name=op.f("ck_prepaid_key_has_reason"),
        ),
        sa.CheckConstraint(
            "NOT (state IN ('disponible', 'utilizada', 'retenida')) OR desk_id IS NOT NULL",
            name=op.f("ck_prepaid_key_has_desk"),
        ),
        sa.CheckConstraint(
            "NOT (state IN ('emitida', 'bloqueada', 'vencida')) OR desk_id IS NULL",
            name=op.f("ck_prepaid_key_has_no_desk"),
        ),
        sa.CheckConstraint(
            "(desk_id IS NULL) = (confirmed_at IS NULL) AND (desk_id IS NULL) = (confirmed_on IS NULL) AND (desk_id IS NULL) = (confirmed_by IS NULL) AND (desk_id IS NULL) = (acceptance_id IS NULL)",
            name=op.f("ck_prepaid_key_confirmed_all_or_nothing"),
        ),
        sa.CheckConstraint(
            "activated_on IS NULL OR activated_on >= confirmed_on",
            name=op.f("ck_prepaid_key_used_after_confirmed"),
        ),
        sa.CheckConstraint("length(mac) = 32", name=op.f("ck_prepaid_key_mac_length")),
        sa.CheckConstraint("length(signs) = 8", name=op.f("ck_prepaid_key_signs_length")),
        sa.CheckConstraint("units BETWEEN 1 AND 1000000", name=op.f("ck_prepaid_key_units_range")),
        sa.ForeignKeyConstraint(
            ["acceptance_id"],
            ["acceptance.id"],
            name=op.f("fk_prepaid_key_acceptance_id_acceptance"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "desk_id"],
            ["client.id", "client.desk_id"],
            name=op.f("fk_prepaid_key_client_id_desk_id_client"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_prepaid_key_confirmed_by_account")
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_prepaid_key_desk_id_desk")),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["key_lot.id"], name=op.f("fk_prepaid_key_lot_id_key_lot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepaid_key")),
        sa.UniqueConstraint("mac", name=op.f("uq_prepaid_key_mac")),
    )
    op.create_index(
        "ix_prepaid_key_activated",
        "prepaid_key",
        ["desk_id", "activated_on", "confirmed_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_prepaid_key_client",
        "prepaid_key",
        ["desk_id", "client_sort_key", "confirmed_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_prepaid_key_confirmed", "prepaid_key", ["desk_id", "confirmed_at", "id"], unique=False
    )
    op.create_index(
        "ix_prepaid_key_day",
        "prepaid_key",
        ["desk_id", "confirmed_on", "confirmed_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_prepaid_key_signs",
        "prepaid_key",
        ["desk_id", "signs", "confirmed_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_prepaid_key_state",
        "prepaid_key",
        ["desk_id", "state", "confirmed_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_prepaid_key_units",
        "prepaid_key",
        ["desk_id", "units", "confirmed_at", "id"],
        unique=False,
    )
    _make_audit_append_only()
