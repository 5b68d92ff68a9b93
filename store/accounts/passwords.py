"""Passwords: Argon2id with RFC 9106's low-memory parameters (argon2-cffi's defaults), in equal time for everybody."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from store.errors import Mistyped
from store.text import _

SHORTEST = 8
LONGEST = 1024
"""Characters; the longest only keeps a pasted book from being hashed (ASVS 5.0, 6.2.1 and 6.2.9)."""
_READABLE = "23456789abcdefghjkmnpqrstuvwxyz"


@cache
def hasher() -> PasswordHasher:
    """Give the hasher of the whole program."""
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return hasher().hash(secrets.token_hex())


def hash_password(password: str) -> str:
    """Hash a password for keeping."""
    return hasher().hash(_as_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Compare a typed password with a kept hash; where there is none, take the same time and say no."""
    try:
        right = hasher().verify(kept or _nobodys_hash(), _as_bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def needs_rehash(kept: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return hasher().check_needs_rehash(kept)


def one_time_password() -> str:
    """Make a first password to hand over: sixteen signs that nobody confuses (about 79 bits)."""
    signs = "".join(secrets.choice(_READABLE) for _sign in range(16))
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


def check_new_password(password: str, username: str) -> None:
    """Refuse a password that is too short, too long, the usuario itself, or among the best known.

    No rule about capitals or signs (ASVS 5.0, 6.2.5).

    Raises:
        Mistyped: The sentence says what to choose instead.
    """
    password = _composed(password)
    if len(password) < SHORTEST:
        raise Mistyped(
            _("La contraseña necesita al menos {n} caracteres.").format(n=SHORTEST), "password"
        )
    if len(password) > LONGEST:
        raise Mistyped(
            _("La contraseña admite hasta {n} caracteres.").format(n=LONGEST), "password"
        )
    if password.casefold() == username.casefold() or password.casefold() in _well_known():
        raise Mistyped(_("Esa contraseña es muy fácil de adivinar; elige otra."), "password")


@cache
def _well_known() -> frozenset[str]:
    return frozenset(
        files("store.accounts").joinpath("well_known_passwords.txt").read_text("utf-8").split()
    )


def _composed(password: str) -> str:
    """NFC: the same word typed on two keyboards is the same password."""
    return unicodedata.normalize("NFC", password[: LONGEST + 1])


def _as_bytes(password: str) -> bytes:
    """Write half a sign too, as a terminal that speaks no UTF-8 sends it: a wrong password is no crash."""
    return _composed(password).encode("utf-8", "surrogatepass")
