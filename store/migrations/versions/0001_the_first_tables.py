"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


_APPEND_ONLY = ("audit_event", "balance_entry")
_REFUSE = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23000'; END $$"
)


def _make_append_only() -> None:
    """Refuse, in the database itself, to change or delete what was written once."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _APPEND_ONLY:
            for change in ("DELETE", "UPDATE"):
                op.execute(
                    f"CREATE TRIGGER {table}_{change.lower()} BEFORE {change} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(_REFUSE)
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_keep BEFORE DELETE OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def upgrade() -> None:
    """Bring the store one version on."""
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
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
        sa.Column("tax_rate_bp", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(handle) BETWEEN 3 AND 30", name=op.f("ck_desk_handle_length")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 254", name=op.f("ck_desk_name_length")),
        sa.CheckConstraint("length(rfc) IN (12, 13)", name=op.f("ck_desk_rfc_length")),
        sa.CheckConstraint("tax_rate_bp BETWEEN 0 AND 10000", name=op.f("ck_desk_tax_rate_range")),
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
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
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
                "espacio-conditions",
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
        "price_list",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("tax_rate_bp", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_price_list_only_one")),
        sa.CheckConstraint(
            "tax_rate_bp BETWEEN 0 AND 10000", name=op.f("ck_price_list_tax_rate_range")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_list")),
    )
    op.create_table(
        "product",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "stamps",
                "espacio",
                name="productkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'stamps') = (units IS NOT NULL)", name=op.f("ck_product_stamps_have_units")
        ),
        sa.CheckConstraint("units BETWEEN 1 AND 1000000", name=op.f("ck_product_units_range")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_product")),
    )
    op.create_table(
        "statement_columns",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bank", sa.String(length=60), nullable=False),
        sa.Column("day", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.String(length=60), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("concept", sa.String(length=60), nullable=False),
        sa.Column("tracking", sa.String(length=60), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_statement_columns_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_columns")),
    )
    op.create_table(
        "term",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("discount_bp", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "seed",
                "sample",
                "operator",
                name="pricesource",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("discount_bp BETWEEN 0 AND 9999", name=op.f("ck_term_discount_range")),
        sa.CheckConstraint("months > 0", name=op.f("ck_term_months_range")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_term")),
        sa.UniqueConstraint("months", name=op.f("uq_term_months")),
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
            "length(username) BETWEEN 3 AND 30", name=op.f("ck_account_username_length")
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
                "espacio",
                "espacio-code",
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
        "espacio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column(
            "naming",
            sa.Enum(
                "rfc",
                "username",
                name="naming",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("renamed_at", UTCDateTime(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("users_in_use", sa.Integer(), nullable=False),
        sa.Column("storage_in_use_mb", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 3 AND 30", name=op.f("ck_espacio_name_length")),
        sa.CheckConstraint(
            "users_in_use >= 1 AND storage_in_use_mb >= 0", name=op.f("ck_espacio_use_range")
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_espacio_desk_id_desk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_espacio")),
        sa.UniqueConstraint("desk_id", name=op.f("uq_espacio_desk_id")),
        sa.UniqueConstraint("name", name=op.f("uq_espacio_name")),
    )
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
        "plan",
        sa.Column("product_code", sa.String(length=32), nullable=False),
        sa.Column("modality", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("max_users", sa.Integer(), nullable=True),
        sa.Column("storage_gb", sa.Integer(), nullable=False),
        sa.Column("cfdi_years", sa.Integer(), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.CheckConstraint("max_users > 0", name=op.f("ck_plan_users_range")),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_plan_rank_range")),
        sa.CheckConstraint("storage_gb > 0 AND cfdi_years > 0", name=op.f("ck_plan_sizes")),
        sa.ForeignKeyConstraint(
            ["product_code"], ["product.code"], name=op.f("fk_plan_product_code_product")
        ),
        sa.PrimaryKeyConstraint("product_code", name=op.f("pk_plan")),
        sa.UniqueConstraint("rank", name=op.f("uq_plan_rank")),
    )
    op.create_table(
        "price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_code", sa.String(length=32), nullable=False),
        sa.Column("centavos", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "seed",
                "sample",
                "operator",
                name="pricesource",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("centavos >= 0", name=op.f("ck_price_centavos_range")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_price_days")
        ),
        sa.ForeignKeyConstraint(
            ["product_code"], ["product.code"], name=op.f("fk_price_product_code_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
        sa.UniqueConstraint(
            "product_code", "valid_from", name=op.f("uq_price_product_code_valid_from")
        ),
    )
    op.create_index(
        "uq_price_open",
        "price",
        ["product_code"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
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
        "espacio_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("espacio_id", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(mac) = 32", name=op.f("ck_espacio_code_mac_length")),
        sa.ForeignKeyConstraint(
            ["espacio_id"], ["espacio.id"], name=op.f("fk_espacio_code_espacio_id_espacio")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_espacio_code")),
        sa.UniqueConstraint("mac", name=op.f("uq_espacio_code_mac")),
    )
    op.create_index(
        op.f("ix_espacio_code_espacio_id"), "espacio_code", ["espacio_id"], unique=False
    )
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
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("read_by", sa.Integer(), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["read_by"], ["account.id"], name=op.f("fk_statement_read_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("sha256", name=op.f("uq_statement_sha256")),
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
    op.create_table(
        "sale_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "carrito",
                "por_pagar",
                "en_revision",
                "pagado",
                "surtido",
                "cancelado",
                "vencido",
                "reembolsado",
                name="orderstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tax_rate_bp", sa.Integer(), nullable=False),
        sa.Column("gross_centavos", sa.BigInteger(), nullable=True),
        sa.Column("discount_centavos", sa.BigInteger(), nullable=True),
        sa.Column("credit_centavos", sa.BigInteger(), nullable=True),
        sa.Column("subtotal_centavos", sa.BigInteger(), nullable=True),
        sa.Column("tax_centavos", sa.BigInteger(), nullable=True),
        sa.Column("total_centavos", sa.BigInteger(), nullable=True),
        sa.Column("paid_centavos", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("acceptance_id", sa.Integer(), nullable=True),
        sa.Column("licence_acceptance_id", sa.Integer(), nullable=True),
        sa.Column("placed_by", sa.Integer(), nullable=True),
        sa.Column("placed_at", UTCDateTime(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("paid_at", UTCDateTime(), nullable=True),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelado') = (reason IS NOT NULL)",
            name=op.f("ck_sale_order_cancelled_has_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'carrito') = (placed_at IS NULL) AND (state = 'carrito') = (number IS NULL) AND (state = 'carrito') = (acceptance_id IS NULL) AND (state = 'carrito') = (due_on IS NULL) AND (state = 'carrito') = (token IS NULL) AND (state = 'carrito') = (placed_by IS NULL)",
            name=op.f("ck_sale_order_placed_all_or_nothing"),
        ),
        sa.CheckConstraint(
            "(state IN ('pagado', 'surtido', 'reembolsado')) = (paid_at IS NOT NULL)",
            name=op.f("ck_sale_order_paid_has_time"),
        ),
        sa.CheckConstraint(
            "state <> 'surtido' OR delivered_at IS NOT NULL",
            name=op.f("ck_sale_order_delivered_has_time"),
        ),
        sa.CheckConstraint(
            "state = 'carrito' OR coalesce(gross_centavos >= 0 AND discount_centavos BETWEEN 0 AND gross_centavos AND credit_centavos BETWEEN 0 AND gross_centavos - discount_centavos AND subtotal_centavos = gross_centavos - discount_centavos - credit_centavos AND tax_centavos = (subtotal_centavos * tax_rate_bp + 5000) / 10000 AND total_centavos = subtotal_centavos + tax_centavos, false)",
            name=op.f("ck_sale_order_sums"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('pagado', 'surtido', 'reembolsado') OR paid_centavos = total_centavos",
            name=op.f("ck_sale_order_paid_in_full"),
        ),
        sa.CheckConstraint(
            "delivered_at IS NULL OR paid_at IS NOT NULL",
            name=op.f("ck_sale_order_delivered_after_paid"),
        ),
        sa.CheckConstraint("number BETWEEN 1 AND 999999", name=op.f("ck_sale_order_number_range")),
        sa.CheckConstraint(
            "paid_centavos BETWEEN 0 AND coalesce(total_centavos, 0)",
            name=op.f("ck_sale_order_paid_range"),
        ),
        sa.CheckConstraint(
            "tax_rate_bp BETWEEN 0 AND 10000", name=op.f("ck_sale_order_tax_rate_range")
        ),
        sa.ForeignKeyConstraint(
            ["acceptance_id"],
            ["acceptance.id"],
            name=op.f("fk_sale_order_acceptance_id_acceptance"),
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_sale_order_desk_id_desk")),
        sa.ForeignKeyConstraint(
            ["licence_acceptance_id"],
            ["acceptance.id"],
            name=op.f("fk_sale_order_licence_acceptance_id_acceptance"),
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"], ["account.id"], name=op.f("fk_sale_order_placed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_order")),
        sa.UniqueConstraint("number", name=op.f("uq_sale_order_number")),
        sa.UniqueConstraint("token", name=op.f("uq_sale_order_token")),
    )
    op.create_index("ix_order_list", "sale_order", ["desk_id", "placed_at", "id"], unique=False)
    op.create_index("ix_order_state", "sale_order", ["state", "due_on"], unique=False)
    op.create_index(
        "uq_order_cart",
        "sale_order",
        ["desk_id"],
        unique=True,
        sqlite_where=sa.text("state = 'carrito'"),
        postgresql_where=sa.text("state = 'carrito'"),
    )
    op.create_table(
        "order_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("product_code", sa.String(length=32), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_centavos", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("discount_bp", sa.Integer(), nullable=False),
        sa.Column("gross_centavos", sa.BigInteger(), nullable=False),
        sa.Column("discount_centavos", sa.BigInteger(), nullable=False),
        sa.Column("credit_centavos", sa.BigInteger(), nullable=False),
        sa.Column("espacio_line", sa.Boolean(), nullable=True),
        sa.Column("term_code", sa.String(length=16), nullable=True),
        sa.Column(
            "change",
            sa.Enum(
                "contract",
                "renewal",
                "upgrade",
                "downgrade",
                name="change",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "naming",
            sa.Enum(
                "rfc",
                "username",
                name="naming",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(espacio_line IS NULL) = (change IS NULL) AND (espacio_line IS NULL) = (naming IS NULL) AND (espacio_line IS NULL) = (term_code IS NULL)",
            name=op.f("ck_order_item_espacio_all_or_nothing"),
        ),
        sa.CheckConstraint(
            "credit_centavos BETWEEN 0 AND gross_centavos - discount_centavos",
            name=op.f("ck_order_item_credit_range"),
        ),
        sa.CheckConstraint(
            "discount_bp BETWEEN 0 AND 9999", name=op.f("ck_order_item_discount_range")
        ),
        sa.CheckConstraint(
            "discount_centavos = (gross_centavos * discount_bp + 5000) / 10000",
            name=op.f("ck_order_item_discount"),
        ),
        sa.CheckConstraint(
            "espacio_line IS NULL OR (espacio_line AND quantity = 1)",
            name=op.f("ck_order_item_one_espacio"),
        ),
        sa.CheckConstraint(
            "gross_centavos = unit_centavos * months * quantity", name=op.f("ck_order_item_gross")
        ),
        sa.CheckConstraint("quantity BETWEEN 1 AND 999", name=op.f("ck_order_item_quantity_range")),
        sa.CheckConstraint(
            "unit_centavos >= 0 AND months >= 1", name=op.f("ck_order_item_price_range")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sale_order.id"], name=op.f("fk_order_item_order_id_sale_order")
        ),
        sa.ForeignKeyConstraint(
            ["product_code"], ["product.code"], name=op.f("fk_order_item_product_code_product")
        ),
        sa.ForeignKeyConstraint(
            ["term_code"], ["term.code"], name=op.f("fk_order_item_term_code_term")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_item")),
        sa.UniqueConstraint(
            "order_id", "espacio_line", name=op.f("uq_order_item_order_id_espacio_line")
        ),
        sa.UniqueConstraint(
            "order_id", "product_code", name=op.f("uq_order_item_order_id_product_code")
        ),
    )
    op.create_index(op.f("ix_order_item_order_id"), "order_item", ["order_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "spei",
                "deposito",
                "cheque",
                "efectivo",
                "terminal",
                "saldo",
                name="paymentmethod",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount_centavos", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "declarado",
                "registrado",
                "confirmado",
                "rechazado",
                "devuelto",
                name="paymentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("movement", sa.String(length=100), nullable=True),
        sa.Column("bank", sa.String(length=60), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("tracking_key", sa.String(length=40), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("four_eyes", sa.Boolean(), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "(method = 'saldo') = (movement IS NULL)", name=op.f("ck_payment_has_movement")
        ),
        sa.CheckConstraint(
            "(state = 'rechazado') = (reason IS NOT NULL)",
            name=op.f("ck_payment_rejected_has_reason"),
        ),
        sa.CheckConstraint(
            "(state IN ('confirmado', 'rechazado', 'devuelto')) = (decided_at IS NOT NULL) AND (decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_payment_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "NOT four_eyes OR method = 'saldo' OR state NOT IN ('confirmado', 'devuelto') OR coalesce(decided_by <> recorded_by, false)",
            name=op.f("ck_payment_four_eyes"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('registrado', 'confirmado', 'devuelto') OR method = 'saldo' OR recorded_by IS NOT NULL",
            name=op.f("ck_payment_recorded_by_somebody"),
        ),
        sa.CheckConstraint("amount_centavos > 0", name=op.f("ck_payment_amount_range")),
        sa.CheckConstraint(
            "declared_by IS NOT NULL OR recorded_by IS NOT NULL",
            name=op.f("ck_payment_brought_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_payment_decided_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["account.id"], name=op.f("fk_payment_declared_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sale_order.id"], name=op.f("fk_payment_order_id_sale_order")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_payment_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index("ix_payment_inbox", "payment", ["state", "id"], unique=False)
    op.create_index(op.f("ix_payment_order_id"), "payment", ["order_id"], unique=False)
    op.create_index("ix_payment_tracking", "payment", ["tracking_key"], unique=False)
    op.create_index(
        "uq_payment_movement",
        "payment",
        ["movement"],
        unique=True,
        sqlite_where=sa.text("movement IS NOT NULL AND state <> 'rechazado'"),
        postgresql_where=sa.text("movement IS NOT NULL AND state <> 'rechazado'"),
    )
    op.create_table(
        "refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "solicitado",
                "aprobado",
                "rechazado",
                name="refundstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount_centavos", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'solicitado') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_refund_decided_by_somebody"),
        ),
        sa.CheckConstraint("amount_centavos > 0", name=op.f("ck_refund_amount_range")),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_refund_two_persons")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name=op.f("fk_refund_asked_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_refund_decided_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sale_order.id"], name=op.f("fk_refund_order_id_sale_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
    )
    op.create_index(op.f("ix_refund_order_id"), "refund", ["order_id"], unique=False)
    op.create_index(
        "uq_refund_order",
        "refund",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'rechazado'"),
        postgresql_where=sa.text("state <> 'rechazado'"),
    )
    op.create_table(
        "balance_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("delta_centavos", sa.BigInteger(), nullable=False),
        sa.Column("balance_centavos", sa.BigInteger(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "excedente",
                "prorrateo",
                "reembolso",
                "aplicado",
                "devuelto",
                name="ledgerreason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(reason IN ('excedente', 'prorrateo', 'reembolso') AND delta_centavos > 0) OR (reason IN ('aplicado', 'devuelto') AND delta_centavos < 0)",
            name=op.f("ck_balance_entry_delta_sign"),
        ),
        sa.CheckConstraint("balance_centavos >= 0", name=op.f("ck_balance_entry_never_negative")),
        sa.CheckConstraint(
            "place > 1 OR balance_centavos = delta_centavos",
            name=op.f("ck_balance_entry_begins_at_zero"),
        ),
        sa.CheckConstraint("place >= 1", name=op.f("ck_balance_entry_place_range")),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["desk.id"], name=op.f("fk_balance_entry_desk_id_desk")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sale_order.id"], name=op.f("fk_balance_entry_order_id_sale_order")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_balance_entry_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balance_entry")),
        sa.UniqueConstraint("desk_id", "place", name=op.f("uq_balance_entry_desk_id_place")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_balance_entry_payment_id")),
    )
    op.create_index(
        "uq_balance_refund",
        "balance_entry",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("reason = 'reembolso'"),
        postgresql_where=sa.text("reason = 'reembolso'"),
    )
    op.create_table(
        "espacio_contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("espacio_id", sa.Integer(), nullable=False),
        sa.Column("plan_code", sa.String(length=32), nullable=False),
        sa.Column("term_code", sa.String(length=16), nullable=True),
        sa.Column("order_item_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "programado",
                "activo",
                "gracia",
                "suspendido",
                "vencido",
                "reemplazado",
                "cancelado",
                name="contractstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("anchor_on", sa.Date(), nullable=True),
        sa.Column("paid_centavos", sa.BigInteger(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'reemplazado') = (replaced_by IS NOT NULL)",
            name=op.f("ck_espacio_contract_replaced_by_another"),
        ),
        sa.CheckConstraint(
            "(term_code IS NULL) = (ends_on IS NULL) AND (term_code IS NULL) = (order_item_id IS NULL) AND (term_code IS NULL) = (anchor_on IS NULL)",
            name=op.f("ck_espacio_contract_free_has_no_end"),
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_espacio_contract_days")
        ),
        sa.CheckConstraint(
            "paid_centavos >= 0 AND (term_code IS NOT NULL OR paid_centavos = 0)",
            name=op.f("ck_espacio_contract_paid"),
        ),
        sa.ForeignKeyConstraint(
            ["espacio_id"], ["espacio.id"], name=op.f("fk_espacio_contract_espacio_id_espacio")
        ),
        sa.ForeignKeyConstraint(
            ["order_item_id"],
            ["order_item.id"],
            name=op.f("fk_espacio_contract_order_item_id_order_item"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_code"], ["plan.product_code"], name=op.f("fk_espacio_contract_plan_code_plan")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"],
            ["espacio_contract.id"],
            name=op.f("fk_espacio_contract_replaced_by_espacio_contract"),
        ),
        sa.ForeignKeyConstraint(
            ["term_code"], ["term.code"], name=op.f("fk_espacio_contract_term_code_term")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_espacio_contract")),
        sa.UniqueConstraint("order_item_id", name=op.f("uq_espacio_contract_order_item_id")),
    )
    op.create_index("ix_contract_due", "espacio_contract", ["state", "ends_on"], unique=False)
    op.create_index(
        "uq_contract_current",
        "espacio_contract",
        ["espacio_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('activo', 'gracia', 'suspendido')"),
        postgresql_where=sa.text("state IN ('activo', 'gracia', 'suspendido')"),
    )
    op.create_index(
        "uq_contract_free",
        "espacio_contract",
        ["espacio_id"],
        unique=True,
        sqlite_where=sa.text("term_code IS NULL"),
        postgresql_where=sa.text("term_code IS NULL"),
    )
    op.create_index(
        "uq_contract_scheduled",
        "espacio_contract",
        ["espacio_id"],
        unique=True,
        sqlite_where=sa.text("state = 'programado'"),
        postgresql_where=sa.text("state = 'programado'"),
    )
    op.create_table(
        "statement_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_centavos", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("concept", sa.String(length=200), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount_centavos > 0", name=op.f("ck_statement_line_amount_range")),
        sa.CheckConstraint(
            "payment_id IS NULL OR order_id IS NOT NULL",
            name=op.f("ck_statement_line_recorded_for_an_order"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sale_order.id"], name=op.f("fk_statement_line_order_id_sale_order")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_statement_line_payment_id_payment")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_statement_line_statement_id_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_line")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_statement_line_payment_id")),
        sa.UniqueConstraint(
            "statement_id", "line", name=op.f("uq_statement_line_statement_id_line")
        ),
    )
    _make_append_only()
