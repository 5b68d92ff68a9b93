"""One-time codes: what a mail carries instead of a password (SPEC 5). Eight signs, kept as HMAC, 72 hours, once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from store.espacio.tables import EspacioCode
from store.installation.pepper import Pepper
from store.keys.code import ALPHABET, tidy
from store.mail.letters import MASK

LENGTH = 8
"""Signs of the keys' alphabet: 39 bits, guessed five at a time."""
LIFETIME = timedelta(hours=72)


class AccessCode:
    """A code in clear. It prints masked, whoever prints it: only `grouped()` tells it."""

    __slots__ = ("_signs",)

    def __init__(self, typed: str) -> None:
        self._signs = tidy(typed)

    def grouped(self) -> str:
        """Give the code for the mail that carries it, or for the person it is handed to: «7K2M-QX9P»."""
        return f"{self._signs[:4]}-{self._signs[4:]}"

    def mac(self, pepper: Pepper, espacio_id: int) -> bytes:
        """Give what the store keeps of it; bound to its Espacio, so that it opens no other."""
        return pepper.digest("espacio-code", f"{espacio_id}:{self._signs}")

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return f"<AccessCode {self}>"


@dataclass(frozen=True)
class IssuedCode:
    """A new code, and until when it is good."""

    code_id: int
    code: AccessCode
    expires_at: datetime


def issue_code(session: Session, pepper: Pepper, espacio_id: int, *, now: datetime) -> IssuedCode:
    """Make a code for an Espacio, part of a larger step; those before it stay good until their time."""
    code = AccessCode("".join(secrets.choice(ALPHABET) for _sign in range(LENGTH)))
    row = EspacioCode(
        espacio_id=espacio_id,
        mac=code.mac(pepper, espacio_id),
        expires_at=now + LIFETIME,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return IssuedCode(row.id, code, row.expires_at)


def use_code(
    session: Session, pepper: Pepper, espacio_id: int, code: AccessCode, *, now: datetime
) -> bool:
    """Use a code up, if it is good; every other one of the Espacio ends with it."""
    used = session.exec(
        update(EspacioCode)
        .where(
            col(EspacioCode.mac) == code.mac(pepper, espacio_id),
            col(EspacioCode.espacio_id) == espacio_id,
            col(EspacioCode.used_at).is_(None),
            col(EspacioCode.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(EspacioCode.id))
    ).first()
    if used is None:
        return False
    session.exec(
        update(EspacioCode)
        .where(
            col(EspacioCode.espacio_id) == espacio_id,
            col(EspacioCode.used_at).is_(None),
            col(EspacioCode.expires_at) > now,
        )
        .values(expires_at=now)
    )
    return True


def issued_since(session: Session, espacio_id: int, instant: datetime) -> Sequence[datetime]:
    """Give when an Espacio's codes were made since an instant, oldest first."""
    return session.exec(
        select(EspacioCode.created_at)
        .where(EspacioCode.espacio_id == espacio_id, col(EspacioCode.created_at) > instant)
        .order_by(col(EspacioCode.created_at))
    ).all()
