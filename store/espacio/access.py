"""The Espacio's own login, apart from the desk's: a password set with a one-time code, attempts and limits of its own.

Each try is written down in a transaction of its own before it is checked, so these procedures take the `Store`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, select

from store.accounts.passwords import check_new_password, hash_password, matches
from store.accounts.person import Person
from store.accounts.tables import Desk
from store.attempts.limits import GrowingWait, Scope, Try, Window, reserve, settle
from store.attempts.tables import AttemptKind, Verdict
from store.audit.chain import record
from store.errors import Mistyped, WrongCode, WrongEspacioCredentials
from store.espacio.codes import AccessCode, use_code
from store.espacio.summary import EspacioSummary, summary_of_desk
from store.espacio.tables import Espacio
from store.installation.store import Store
from store.text import _

SIGN_IN_LIMITS = (
    GrowingWait(Scope.SUBJECT, free=5, memory=timedelta(hours=24)),
    GrowingWait(Scope.ORIGIN, free=30, memory=timedelta(hours=1), forgives=False),
)
"""As at the desk's doors."""
CODE_LIMITS = (
    Window(Scope.SUBJECT, most=5, length=timedelta(minutes=15)),
    Window(Scope.ORIGIN, most=30, length=timedelta(hours=1)),
)


@dataclass(frozen=True)
class _Found:
    """An Espacio by its name, and its desk."""

    espacio: Espacio
    desk: Desk


def sign_in(
    store: Store, name: str, username: str, password: str, *, origin: str
) -> EspacioSummary:
    """Let somebody into an Espacio, and give what is to be seen inside: its characteristics, as it holds no files here.

    An unknown Espacio takes the same steps and the same time as a wrong password.

    Raises:
        Mistyped: A field is empty.
        TooManyAttempts: This Espacio or this origin has to wait.
        WrongEspacioCredentials: Unknown Espacio or usuario, or wrong password.
    """
    name, username = _typed_name(name), username.strip().lower()
    if not username:
        raise Mistyped(_("Escribe tu usuario."), "username")
    if not password:
        raise Mistyped(_("Escribe tu contraseña."), "password")
    attempt = _attempt(store, AttemptKind.ESPACIO, name, origin)
    with store.writing() as session:
        number = reserve(session, attempt, SIGN_IN_LIMITS, store.clock)
    with store.reading() as session:
        found = _find(session, name)
    right = matches(found.espacio.password_hash if found else None, password)
    allowed = found is not None and right and username == found.desk.handle
    with store.writing() as session:
        settle(session, number, Verdict.FREE if allowed else Verdict.COUNTED)
        action = "espacio.signed_in" if allowed else "espacio.sign_in_refused"
        _record(session, store, found, action, origin)
    if found is None or not allowed:
        raise WrongEspacioCredentials
    with store.reading() as session:
        summary = summary_of_desk(session, found.desk, store.clock, store.words)
    if summary is None:
        raise WrongEspacioCredentials
    return summary


def set_password(
    store: Store, name: str, code: str, password: str, repeated: str, *, origin: str
) -> None:
    """Set an Espacio's password with a one-time code, which is then used up, like any other code of it.

    Raises:
        Mistyped: A field is empty, the two passwords differ, or the password is too easy.
        TooManyAttempts: This Espacio or this origin has to wait.
        WrongCode: The code is unknown, used, too old or another Espacio's.
    """
    name = _typed_name(name)
    if not code.strip():
        raise Mistyped(_("Escribe el código que recibiste."), "code")
    check_new_password(password, name)
    if password != repeated:
        raise Mistyped(_("Las dos contraseñas no son iguales."), "repeated")
    attempt = _attempt(store, AttemptKind.ESPACIO_CODE, name, origin)
    with store.writing() as session:
        number = reserve(session, attempt, CODE_LIMITS, store.clock)
    hashed = hash_password(password)
    with store.writing() as session:
        found = _find(session, name)
        right = found is not None and _use(session, store, found.espacio, code, hashed)
        settle(session, number, Verdict.FREE if right else Verdict.COUNTED)
        action = "espacio.password_set" if right else "espacio.code_refused"
        _record(session, store, found, action, origin)
    if not right:
        raise WrongCode


def _use(session: Session, store: Store, espacio: Espacio, typed: str, hashed: str) -> bool:
    code, now = AccessCode(typed), store.clock.now()
    if not use_code(session, store.pepper, espacio.id, code, now=now):
        return False
    espacio.password_hash = hashed
    session.add(espacio)
    return True


def _typed_name(name: str) -> str:
    name = name.strip().lower()
    if not name:
        raise Mistyped(_("Escribe el nombre de tu Espacio."), "name")
    return name


def _attempt(store: Store, kind: AttemptKind, name: str, origin: str) -> Try:
    # A digest, since people type passwords into the wrong field.
    return Try(kind, store.pepper.digest(kind.value, name).hex(), origin)


def _find(session: Session, name: str) -> _Found | None:
    espacio = session.exec(select(Espacio).where(Espacio.name == name)).first()
    return _Found(espacio, session.get_one(Desk, espacio.desk_id)) if espacio else None


def _record(session: Session, store: Store, found: _Found | None, action: str, origin: str) -> None:
    visitor = Person(None, "", origin, found.desk.id if found else None)
    subject = f"espacio:{found.espacio.id}" if found else "espacio:unknown"
    record(session, visitor, action, subject, now=store.clock.now())
