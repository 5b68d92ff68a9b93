"""What every table shares: names of constraints, and one column type per idea.

Instants are SQLModel's own aware UTC `datetime`; local dates are `date`. SQLModel tables do not validate what they are
given unless told to, so `Base` tells them.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import VARCHAR, Index, MetaData, String, Table
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql.compiler import DDLCompiler
from sqlmodel import SQLModel
from sqlmodel._compat import SQLModelConfig

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


if TYPE_CHECKING:
    RowId = int
    """A row's own number: the database sets it when the row is flushed, and nobody asks for it before."""
else:
    RowId = int | None


class Base(SQLModel):
    """The parent of every table."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=CONSTRAINT_NAMES)
    model_config = SQLModelConfig(validate_assignment=True)


@compiles(CreateIndex, "postgresql")
def _narrowed(create: CreateIndex, compiler: DDLCompiler, **options: Any) -> str:
    """Let an index hold the same rows on PostgreSQL as on SQLite.

    An index that said it itself, by `postgresql_where`, would load that dialect into every desk, 3 MB.
    """
    there, here = (create.element.dialect_options[name] for name in ("sqlite", "postgresql"))
    if here["where"] is None:
        here["where"] = there["where"]
    written: str = compiler.visit_create_index(create, **options)  # type: ignore[no-untyped-call]
    return written


def table_of(model: type[Base]) -> Table:
    """Give the table that a model describes."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def index_of(model: type[Base], name: str) -> Index:
    """Give an index of a model's table."""
    return next(index for index in table_of(model).indexes if index.name == name)


def states(kind: type[StrEnum]) -> Any:
    """Keep an enum as its own words, with a CHECK on both databases (SQLAlchemy's default keeps the Python names)."""
    return SqlEnum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=kind.__name__.lower(),
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


def ordered_text(length: int) -> Any:
    """Keep text that is ordered byte by byte on both databases, whatever the server's locale."""
    return String(length).with_variant(VARCHAR(length, collation="C"), "postgresql")
