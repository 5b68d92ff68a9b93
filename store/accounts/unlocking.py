"""A session that was locked goes on when its own person types their password again."""

from __future__ import annotations

from store.accounts.passwords import matches
from store.accounts.person import Person
from store.accounts.sessions import is_over
from store.accounts.signing_in import refuse_closed, reserve_try
from store.accounts.tables import Account, Desk
from store.attempts.limits import settle
from store.attempts.tables import Verdict
from store.audit.chain import record
from store.errors import Mistyped, SessionEnded, WrongPassword
from store.installation.store import Store
from store.text import _


def unlock(store: Store, person: Person, password: str) -> None:
    """Check the password of whoever is in; a wrong one counts as one at the login page does.

    Raises:
        Mistyped: Nothing was typed.
        TooManyAttempts: This usuario or this origin has to wait.
        WrongPassword: It is not theirs.
        SignInRefused: The account was blocked or its desk closed meanwhile; said only after a right password.
        SessionEnded: The session was ended meanwhile.
    """
    if not password:
        raise Mistyped(_("Escribe tu contraseña."), "password")
    number = reserve_try(store, person.username, person.origin)
    with store.reading() as session:
        account = session.get_one(Account, person.account_id)
        desk = session.get(Desk, account.desk_id) if account.desk_id is not None else None
        over = is_over(session, person)
    right = matches(account.password_hash, password)
    _settle(store, person, number, right=right)
    if not right:
        raise WrongPassword
    refuse_closed(account, desk)
    if over:
        raise SessionEnded


def _settle(store: Store, person: Person, number: int, *, right: bool) -> None:
    with store.writing() as session:
        settle(session, number, Verdict.FREE if right else Verdict.COUNTED)
        action = "session.unlocked" if right else "session.unlock_refused"
        record(session, person, action, f"session:{person.session_id}", now=store.clock.now())
