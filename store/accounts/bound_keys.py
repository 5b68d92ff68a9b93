"""The public keys that an account is bound to: with any, nobody signs in to it who did not come with one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from store.accounts.desks import account_named
from store.accounts.person import Person, Power, require
from store.accounts.public_key import PublicKey
from store.accounts.tables import AccountKey, KeyUse
from store.audit.chain import record
from store.errors import Mistyped, NotFound
from store.text import _, clean


class Lacking(Enum):
    """What somebody still has to show, having come with a key or without one."""

    NOTHING = "nothing"
    PASSWORD = "password"
    KEY = "key"
    """One of the account's keys: no password is enough."""


def lacking(session: Session, account_id: int, fingerprint: str | None) -> Lacking:
    """Tell what the account asks of whoever came with the key of this fingerprint.

    An account without keys asks for its password alone, whatever key somebody came with.
    """
    uses = dict(
        session.exec(
            select(AccountKey.fingerprint, AccountKey.use).where(
                AccountKey.account_id == account_id
            )
        ).all()
    )
    if not uses:
        return Lacking.PASSWORD
    if fingerprint not in uses:
        return Lacking.KEY
    return Lacking.NOTHING if uses[fingerprint] is KeyUse.INSTEAD else Lacking.PASSWORD


def bind_key(
    session: Session, person: Person, username: str, key: PublicKey, use: KeyUse, *, now: datetime
) -> None:
    """Bind an account to a public key.

    Raises:
        NotFound: No such usuario.
        Mistyped: The key is bound already; one key is one person.
    """
    require(session, person, Power.ADMINISTER)
    account = account_named(session, username)
    session.add(
        AccountKey(
            fingerprint=key.fingerprint,
            account_id=account.id,
            use=use,
            kind=key.kind,
            comment=key.comment,
            created_at=now,
        )
    )
    try:
        session.flush()
    except IntegrityError:
        raise Mistyped(_("Esa llave ya está ligada a un usuario."), "key") from None
    record(
        session,
        person,
        "account.key_bound",
        f"account:{account.id}",
        now=now,
        fingerprint=key.fingerprint,
        use=use,
    )


def unbind_key(
    session: Session, person: Person, username: str, fingerprint: str, *, now: datetime
) -> None:
    """Take a key from an account; without its last one, the account asks for its password alone again.

    Raises:
        NotFound: No such usuario, or it is not bound to that key.
    """
    require(session, person, Power.ADMINISTER)
    account = account_named(session, username)
    bound = session.get(AccountKey, clean(fingerprint.strip()))
    if bound is None or bound.account_id != account.id:
        raise NotFound(_("Ese usuario no tiene esa llave; mira «escritorio accounts list»."))
    session.delete(bound)
    record(
        session,
        person,
        "account.key_unbound",
        f"account:{account.id}",
        now=now,
        fingerprint=bound.fingerprint,
    )


def list_keys(session: Session, person: Person) -> Sequence[AccountKey]:
    """Give every bound key, oldest first."""
    require(session, person, Power.ADMINISTER)
    return session.exec(
        select(AccountKey).order_by(col(AccountKey.created_at), col(AccountKey.fingerprint))
    ).all()
