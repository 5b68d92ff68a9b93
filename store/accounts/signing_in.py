"""Signing in: two doors, one login; and the change of a first password (SPEC 1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select, update

from store.accounts.bound_keys import Lacking, lacking
from store.accounts.passwords import check_new_password, hash_password, matches, needs_rehash
from store.accounts.person import Person
from store.accounts.sessions import close_session, open_session
from store.accounts.tables import Account, AccountState, Desk, DeskKind, DeskState, SessionEnd
from store.attempts.limits import GrowingWait, Scope, Try, reserve, settle
from store.attempts.tables import AttemptKind, Verdict
from store.audit.chain import record
from store.errors import Mistyped, SignInRefused, WrongCredentials, WrongDoor
from store.installation.store import Store
from store.text import _, clean

LIMITS = (
    GrowingWait(Scope.SUBJECT, free=5, memory=timedelta(hours=24)),
    GrowingWait(Scope.ORIGIN, free=30, memory=timedelta(hours=1), forgives=False),
)


NOBODY = 0
"""No account's number: what is looked up for an unknown usuario, so that it takes the same steps."""


class Door(StrEnum):
    """The two doors, by the seed's words."""

    CUSTOMERS = "Mi cuenta Aspel"
    DISTRIBUTORS = "Acceso a Distribuidores"


@dataclass(frozen=True)
class SignedIn:
    """Somebody who was let in, and what the desk says to them first."""

    person: Person
    must_change_password: bool
    last_access_at: datetime | None
    last_access_origin: str | None


def sign_in(
    store: Store,
    username: str,
    password: str,
    *,
    door: Door,
    origin: str,
    key: str | None = None,
) -> SignedIn:
    """Let somebody in: by the password, by the public key that their connection came with, or by both.

    The attempt is written down first, in a transaction of its own; an unknown usuario takes the same steps and the
    same time as a wrong password, and so does an account that asks for another key. A key that is enough is no
    attempt: sshd has seen that it is theirs, and nothing is guessed.

    Args:
        key: The fingerprint of the key that sshd let in, if the person came by SSH.

    Raises:
        Mistyped: The usuario or the password is empty.
        TooManyAttempts: This usuario or this origin has to wait.
        WrongCredentials: Unknown usuario or wrong password.
        WrongDoor: The password was right, the door was not.
        SignInRefused: The account is blocked or its desk is closed; said only after a right password.
    """
    username = clean(
        username.strip().lower()
    )  # PostgreSQL takes no NUL, and no database half a sign
    if not username:
        raise Mistyped(_("Escribe tu usuario."), "username")
    with store.reading() as session:
        account = session.exec(select(Account).where(Account.username == username)).first()
        missing = lacking(session, account.id if account else NOBODY, key)
    if account is not None and missing is Lacking.NOTHING:
        return _enter(store, account, door, origin)
    if not password:
        raise Mistyped(_("Escribe tu contraseña."), "password")
    number = reserve_try(store, username, origin)
    right = matches(account.password_hash if account else None, password)
    let_in = right and missing is Lacking.PASSWORD
    with store.writing() as session:
        if account is None or not let_in:
            _refused(session, account, number, origin, missing, store.clock.now())
        else:
            settle(session, number, Verdict.FREE)
    if account is None or not let_in:
        raise WrongCredentials
    return _enter(store, account, door, origin, password)


def reserve_try(store: Store, username: str, origin: str) -> int:
    """Write down that a password is about to be tried, and give the attempt's number.

    Raises:
        TooManyAttempts: This usuario or this origin has to wait.
    """
    # A digest, since people type passwords into the wrong field.
    subject = store.pepper.digest("sign-in", username).hex()
    with store.writing() as session:
        return reserve(session, Try(AttemptKind.SIGN_IN, subject, origin), LIMITS, store.clock)


def _refused(
    session: Session,
    account: Account | None,
    number: int,
    origin: str,
    missing: Lacking,
    now: datetime,
) -> None:
    settle(session, number, Verdict.COUNTED)
    subject = f"account:{account.id}" if account else "account:unknown"
    nobody = Person(None, "", origin)
    record(session, nobody, "account.sign_in_refused", subject, now=now, missing=missing.value)


def _enter(
    store: Store, known: Account, door: Door, origin: str, password: str | None = None
) -> SignedIn:
    """Let in who has shown what the account asks; without a password, by their key alone."""
    rehashed = hash_password(password) if password and needs_rehash(known.password_hash) else None
    by = "password" if password else "key"
    now = store.clock.now()
    with store.writing() as session:
        account = session.exec(select(Account).where(Account.id == known.id)).one()
        desk = session.get(Desk, account.desk_id) if account.desk_id is not None else None
        refuse_closed(account, desk)
        _refuse_wrong_door(desk, door)
        person = Person(
            account.id, account.username, origin, account.desk_id, account.role, account.staff_role
        )
        person = replace(person, session_id=open_session(session, person, now=now))
        signed_in = SignedIn(
            person,
            account.must_change_password,
            account.last_access_at,
            account.last_access_origin,
        )
        account.last_access_at, account.last_access_origin = now, origin
        if rehashed:
            account.password_hash = rehashed
        session.add(account)
        record(session, person, "account.signed_in", f"account:{account.id}", now=now, by=by)
    return signed_in


def refuse_closed(account: Account, desk: Desk | None) -> None:
    """Refuse who may not be in.

    Raises:
        SignInRefused: The account is blocked or its desk is closed.
    """
    if account.state is not AccountState.ACTIVE:
        raise SignInRefused(_("Tu cuenta está bloqueada. Llama a soporte."))
    if desk is not None and desk.state is DeskState.CLOSED:
        raise SignInRefused(_("Tu escritorio está cerrado. Llama a soporte."))


def _refuse_wrong_door(desk: Desk | None, door: Door) -> None:
    """Staff have no desk and may use either door."""
    if desk is None:
        return
    right = Door.DISTRIBUTORS if desk.kind is DeskKind.DISTRIBUTOR else Door.CUSTOMERS
    if door is not right:
        raise WrongDoor(right.value)


def change_password(store: Store, person: Person, password: str, repeated: str) -> None:
    """Set a person's own new password.

    Raises:
        Mistyped: The two differ, the password is too easy, or it is the one in force.
    """
    if password != repeated:
        raise Mistyped(_("Las dos contraseñas no son iguales."), "repeated")
    check_new_password(password, person.username)
    with store.reading() as session:
        kept = session.exec(
            select(Account.password_hash).where(Account.id == person.account_id)
        ).one()
    if matches(kept, password):
        raise Mistyped(_("Elige una contraseña distinta de la actual."), "password")
    hashed = hash_password(password)
    with store.writing() as session:
        session.exec(
            update(Account)
            .where(col(Account.id) == person.account_id)
            .values(password_hash=hashed, must_change_password=False)
        )
        record(
            session,
            person,
            "account.password_changed",
            f"account:{person.account_id}",
            now=store.clock.now(),
        )


def sign_out(store: Store, person: Person, ending: SessionEnd = SessionEnd.LEFT) -> None:
    """Write down that somebody left, and how; whose session was ended from another place has left already."""
    with store.writing() as session:
        if close_session(session, person, ending, now=store.clock.now()):
            record(
                session,
                person,
                "account.signed_out",
                f"account:{person.account_id}",
                now=store.clock.now(),
                by=ending.value,
            )
