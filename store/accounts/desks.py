"""Making desks and accounts, and giving an account a new first password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import Session, col, select

from store.accounts.names import Rfc, read_username
from store.accounts.passwords import hash_password
from store.accounts.person import Person, Power, require
from store.accounts.tables import GENERIC_RFCS, Account, Desk, DeskKind, Role, StaffRole
from store.audit.chain import record
from store.catalogue.tables import PriceList
from store.errors import Mistyped, NotFound
from store.text import _, clean, search_key, sort_key

_BORDER_BP = 800
"""Basis points: what a desk at the border pays as IVA."""


@dataclass(frozen=True)
class NewDesk:
    """What is said of a desk when it is made; already read by `store.accounts.names`."""

    name: str
    rfc: Rfc
    email: str
    kind: DeskKind
    username: str
    """Its titular's usuario, and the desk's handle."""
    at_the_border: bool = False
    """Whether its orders bear the border's tax, 8 %, in place of the price list's (SPEC 5)."""


@dataclass(frozen=True)
class AccountRow:
    """An account as a list shows it."""

    id: int
    username: str
    role: str
    desk: str
    state: str
    last_access_at: datetime | None


def add_desk(
    session: Session, person: Person, desk: NewDesk, password: str, *, now: datetime
) -> Desk:
    """Make a desk with its titular, who has to change the password at the first sign-in.

    Raises:
        Mistyped: The RFC or the usuario is somebody else's.
    """
    require(session, person, Power.ADMINISTER)
    if desk.rfc.value not in GENERIC_RFCS and _exists(session, col(Desk.rfc) == desk.rfc.value):
        raise Mistyped(_("Ya hay un escritorio con ese RFC."), "rfc")
    row = Desk(
        name=desk.name,
        search_key=search_key(desk.name),
        sort_key=sort_key(desk.name),
        rfc=desk.rfc.value,
        handle=desk.username,
        kind=desk.kind,
        email=desk.email,
        tax_rate_bp=_BORDER_BP if desk.at_the_border else session.get_one(PriceList, 1).tax_rate_bp,
        created_at=now,
    )
    _refuse_taken(session, desk.username)
    session.add(row)
    session.flush()
    session.add(
        Account(
            username=desk.username,
            password_hash=hash_password(password),
            desk_id=row.id,
            role=Role.TITULAR,
            created_at=now,
        )
    )
    record(session, person, "desk.added", f"desk:{row.id}", now=now, handle=desk.username)
    return row


def add_staff(
    session: Session,
    person: Person,
    username: str,
    password: str,
    role: StaffRole,
    *,
    now: datetime,
    must_change: bool = True,
) -> Account:
    """Make an account of the staff."""
    account = Account(
        username=username,
        password_hash=hash_password(password),
        must_change_password=must_change,
        staff_role=role,
        created_at=now,
    )
    return _add_account(session, person, account)


def add_member(
    session: Session,
    person: Person,
    username: str,
    password: str,
    role: Role,
    handle: str,
    *,
    now: datetime,
) -> Account:
    """Make one more account of a desk, found by its handle.

    Raises:
        Mistyped: The usuario is taken, or the desk has a titular already.
        NotFound: No desk of that handle.
    """
    require(session, person, Power.ADMINISTER)
    desk = session.exec(select(Desk).where(Desk.handle == clean(handle.strip().lower()))).first()
    if desk is None:
        raise NotFound(_("No hay un escritorio «{handle}».").format(handle=clean(handle)))
    if role is Role.TITULAR:
        raise Mistyped(_("El escritorio ya tiene su titular; elige operador o consulta."), "role")
    account = Account(
        username=username,
        password_hash=hash_password(password),
        desk_id=desk.id,
        role=role,
        created_at=now,
    )
    return _add_account(session, person, account)


def _add_account(session: Session, person: Person, account: Account) -> Account:
    require(session, person, Power.ADMINISTER)
    _refuse_taken(session, account.username)
    session.add(account)
    session.flush()
    role = account.role or account.staff_role
    record(
        session,
        person,
        "account.added",
        f"account:{account.id}",
        now=account.created_at,
        username=account.username,
        role=role,
    )
    return account


def reset_password(
    session: Session, person: Person, username: str, password: str, *, now: datetime
) -> None:
    """Give an account a new first password, to be changed at the next sign-in.

    Raises:
        NotFound: No such usuario.
    """
    require(session, person, Power.ADMINISTER)
    account = account_named(session, username)
    account.password_hash = hash_password(password)
    account.must_change_password = True
    session.add(account)
    record(session, person, "account.password_reset", f"account:{account.id}", now=now)


def account_named(session: Session, username: str) -> Account:
    """Give the account of a usuario as somebody typed it.

    Raises:
        NotFound: There is none.
    """
    account = session.exec(
        select(Account).where(Account.username == read_username(username))
    ).first()
    if account is None:
        raise NotFound(_("No hay un usuario «{username}».").format(username=clean(username)))
    return account


def list_accounts(session: Session, person: Person) -> Sequence[AccountRow]:
    """Give all accounts, by usuario."""
    require(session, person, Power.ADMINISTER)
    rows = session.exec(
        select(Account, Desk)
        .join(Desk, col(Account.desk_id) == col(Desk.id), isouter=True)
        .order_by(col(Account.username))
    ).all()
    return [
        AccountRow(
            account.id,
            account.username,
            str(account.role or account.staff_role),
            desk.name if desk else "",
            str(account.state),
            account.last_access_at,
        )
        for account, desk in rows
    ]


def _refuse_taken(session: Session, username: str) -> None:
    if _exists(session, col(Account.username) == username) or _exists(
        session, col(Desk.handle) == username
    ):
        raise Mistyped(_("Ese usuario ya existe; elige otro."), "username")


def _exists(session: Session, condition: ColumnElement[bool]) -> bool:
    return bool(session.exec(select(exists().where(condition))).one())


@dataclass(frozen=True)
class DeskRow:
    """A desk as a list shows it."""

    id: int
    handle: str
    name: str
    rfc: str
    kind: DeskKind


def find_desk(session: Session, person: Person, desk_id: int) -> DeskRow:
    """Give a desk by its number: one's own, or any to the staff.

    Raises:
        NotAllowed: It is not the person's.
    """
    require(session, person, Power.LOOK if desk_id == person.desk_id else Power.LOOK_EVERYWHERE)
    return _desk_row(session.get_one(Desk, desk_id))


def search_desks(session: Session, person: Person, words: str, *, most: int = 50) -> list[DeskRow]:
    """Find desks by any part of their name, RFC or usuario, in Spanish order; for the staff.

    Raises:
        NotAllowed: The person is not of the staff.
    """
    require(session, person, Power.LOOK_EVERYWHERE)
    words = clean(words.strip())
    folded = search_key(words)
    found = session.exec(
        select(Desk)
        .where(
            or_(
                col(Desk.search_key).contains(folded, autoescape=True),
                col(Desk.rfc).contains(words.upper(), autoescape=True),
                col(Desk.handle).contains(folded, autoescape=True),
            )
        )
        .order_by(col(Desk.sort_key), col(Desk.id))
        .limit(most)
    ).all()
    return [_desk_row(desk) for desk in found]


def _desk_row(desk: Desk) -> DeskRow:
    return DeskRow(desk.id, desk.handle, desk.name, desk.rfc, desk.kind)
