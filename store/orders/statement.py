"""Bank statements: read once, compared with the orders that wait, proposed; a person records (facts/domain 4.f)."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, col, select, update

from store.accounts.person import Person, Power, account_of, require
from store.audit.chain import record
from store.calendar import Clock, long_date
from store.errors import Mistyped, NotFound, PaymentRefused
from store.installation.store import Store
from store.orders.movement import Money, names_a_bank
from store.orders.payments import record_payment
from store.orders.settling import PaymentOutcome
from store.orders.statement_file import Columns, Income, read_income
from store.orders.tables import (
    PaymentMethod,
    Statement,
    StatementColumns,
    StatementLine,
)
from store.text import _, clean, normal


def columns_of(session: Session) -> Columns | None:
    """Give the columns that were said once; `None` where nobody has yet."""
    kept = session.get(StatementColumns, 1)
    return None if kept is None else Columns(**kept.model_dump(exclude={"id"}))


def remember_columns(session: Session, person: Person, columns: Columns, *, now: datetime) -> None:
    """Keep how the bank heads its columns, for every statement from now on.

    Raises:
        Mistyped: The bank has no name, or none with letters, or the column of day, amount or reference has none.
    """
    require(session, person, Power.RECORD_PAYMENT)
    if not names_a_bank(columns.bank):
        raise Mistyped(_("Escribe el nombre del banco que da el estado de cuenta."), "bank")
    for field in ("day", "amount", "reference"):
        if not normal(getattr(columns, field)):
            raise Mistyped(_("Di las columnas de fecha, importe y referencia."), field)
    said = {name: clean(normal(value), 60) for name, value in asdict(columns).items()}
    session.merge(StatementColumns.model_validate(said))
    record(session, person, "statement.columns", "statement:columns", now=now, **said)


def read_statement(
    session: Session, person: Person, name: str, content: bytes, clock: Clock
) -> int:
    """Keep the income of a bank's CSV, to be proposed; give the statement's number. Nothing is paid by it.

    Raises:
        PaymentRefused: This very file was read before, or nobody has said what its columns are.
        Mistyped: It is no table, or its columns are other ones.
    """
    require(session, person, Power.RECORD_PAYMENT)
    # Two who read the same file at once queue up here; the UNIQUE digest stands behind it.
    session.get(StatementColumns, 1, with_for_update=True, populate_existing=True)
    columns = columns_of(session)
    if columns is None:
        raise PaymentRefused(_("Di primero qué columnas tiene el estado de cuenta."))
    digest = hashlib.sha256(content).hexdigest()
    _refuse_read(session, digest, clock)
    now, income = clock.now(), list(read_income(content, columns))
    statement = Statement(
        sha256=digest, name=clean(name, 200), read_by=account_of(person), read_at=now
    )
    session.add(statement)
    session.flush()
    session.add_all(_line(statement.id, found) for found in income)
    said = {"name": statement.name, "sha256": digest, "lines": len(income)}
    record(session, person, "statement.read", f"statement:{statement.id}", now=now, **said)
    return statement.id


def _refuse_read(session: Session, digest: str, clock: Clock) -> None:
    former = session.exec(select(Statement).where(Statement.sha256 == digest)).first()
    if former is not None:
        raise PaymentRefused(
            _("Ese archivo ya se leyó el {day}.").format(
                day=long_date(clock.date_of(former.read_at))
            )
        )


def _line(statement_id: int, income: Income) -> StatementLine:
    return StatementLine(
        statement_id=statement_id,
        line=income.line,
        paid_on=income.paid_on,
        amount_centavos=income.amount_centavos,
        reference=income.reference,
        concept=income.concept,
        tracking=income.tracking,
    )


def record_line(
    session: Session,
    person: Person,
    line_id: int,
    order_id: int,
    store: Store,
    *,
    is_other: bool = False,
) -> PaymentOutcome:
    """Let a person record a line's money for an order, the proposed one or another; it is confirmed by somebody else.

    Raises:
        PaymentRefused: The line was recorded already.
        MovementTaken, MovementAlike: Its movement was.
    """
    require(session, person, Power.RECORD_PAYMENT)
    line = session.get(StatementLine, line_id)
    if line is None:
        raise NotFound(_("No hay esa línea."))
    money = money_of(session, line)
    outcome = record_payment(session, person, order_id, money, store, is_other=is_other)
    taken = session.exec(
        update(StatementLine)
        .where(col(StatementLine.id) == line_id, col(StatementLine.payment_id).is_(None))
        .values(order_id=order_id, payment_id=outcome.payment_id)
        .returning(col(StatementLine.id))
    ).first()
    if taken is None:
        raise PaymentRefused(_("Esa línea ya se registró."))
    return outcome


def money_of(session: Session, line: StatementLine) -> Money:
    """Describe a line's money as caja would."""
    columns = columns_of(session)
    bank = columns.bank if columns else ""
    return Money(PaymentMethod.SPEI, line.amount_centavos, line.paid_on, bank, line.tracking)
