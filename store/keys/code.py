"""What a key looks like: its form, its check symbol, and its mask.

Our own keys have 16 signs over 31 (no 0 O 1 I L). Fifteen are random; the last makes Σ 3^i·x_i ≡ 0 (mod 31), i = 0…15,
which catches every single wrong sign and every swap of two, since 31 is prime and 3 a primitive root (SPEC 3).
"""

from __future__ import annotations

import secrets
import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from store.errors import (
    ConfusingSign,
    EmptyKey,
    KeyMistyped,
    StrangeSign,
    WrongCheckSymbol,
    WrongLength,
)

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 16
CONFUSING = frozenset("01ILO")
VENDOR_ALPHABET = frozenset(string.digits + string.ascii_uppercase)
VENDOR_LENGTHS = range(12, 41)
"""Shorter ones would be half told by their first and last four signs."""
_SIGNS = frozenset(ALPHABET)
_DIGITS = str.maketrans(ALPHABET, (string.digits + string.ascii_uppercase)[: len(ALPHABET)])
"""What each sign is worth, as a digit."""
_HIDDEN = "••••-••••"


@dataclass(frozen=True)
class MaskedKey:
    """What may be shown of a key: its first and last four signs."""

    signs: str
    """The eight visible ones, together."""

    def __str__(self) -> str:
        return f"{self.signs[:4]}-{_HIDDEN}-{self.signs[4:]}"


class KeyCode:
    """A key in clear. It prints masked, whoever prints it: only `reveal()` tells it."""

    __slots__ = ("_signs",)

    def __init__(self, signs: str) -> None:
        self._signs = signs

    @property
    def masked(self) -> MaskedKey:
        """The same key, fit to be shown and kept."""
        return MaskedKey(self.visible)

    @property
    def visible(self) -> str:
        """The eight signs that may be shown, together."""
        return self._signs[:4] + self._signs[-4:]

    def reveal(self) -> str:
        """Give the signs in clear, without hyphens: for the HMAC, the issuing export, the window it was typed in."""
        return self._signs

    def grouped(self) -> str:
        """Give the signs in clear as the person typed them: «38SQ-Y7AU-NS7R-UHBE»."""
        return "-".join(self._signs[at : at + 4] for at in range(0, len(self._signs), 4))

    def __str__(self) -> str:
        return str(self.masked)

    def __repr__(self) -> str:
        return f"<KeyCode {self.masked}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyCode) and secrets.compare_digest(self._signs, other._signs)

    def __hash__(self) -> int:
        return hash(self._signs)


def tidy(typed: str) -> str:
    """Drop what pasting brings (spaces, hyphens of any kind, line breaks) and capitalise what is left."""
    plain = typed.replace("-", "")
    if plain.isascii() and plain.isalnum():
        return plain.upper()
    compatible = unicodedata.normalize("NFKC", typed)
    return "".join(sign for sign in compatible if not _is_filling(sign)).upper()


def _is_filling(sign: str) -> bool:
    # Unicode counts the minus sign, which some programs write for a hyphen, among the signs of mathematics.
    return (
        sign.isspace()
        or unicodedata.category(sign) in ("Pd", "Cf", "Cc")
        or sign in "_\N{MINUS SIGN}"
    )


def read_key(typed: str, vendor_lengths: Iterable[int] = ()) -> KeyCode:
    """Read a key as a person typed or pasted it, in our own form or in one that a vendor's lot brought.

    Args:
        typed: The text, in any shape.
        vendor_lengths: How many signs the vendor keys of this store have; those carry no check symbol.

    Raises:
        KeyMistyped: The first thing wrong with it, in the order of SPEC 3's table, by our own form.
    """
    signs = tidy(typed)
    problem = _problem_with(signs)
    if problem is None or is_vendor_key(signs, vendor_lengths):
        return KeyCode(signs)
    raise problem


def is_vendor_key(signs: str, lengths: Iterable[int]) -> bool:
    """Tell whether tidied signs could be a vendor's key."""
    return len(signs) in lengths and VENDOR_ALPHABET.issuperset(signs)


def _problem_with(signs: str) -> KeyMistyped | None:
    if not signs:
        return EmptyKey()
    if len(signs) != LENGTH:
        return WrongLength(LENGTH, len(signs))
    if not _SIGNS.issuperset(signs):
        return _problem_sign(signs)
    return None if _checksum(signs) == 0 else WrongCheckSymbol()


def _problem_sign(signs: str) -> KeyMistyped:
    for position, sign in enumerate(signs, start=1):
        if sign in CONFUSING:
            return ConfusingSign(position)
    position = next(at for at, sign in enumerate(signs) if sign not in _SIGNS)
    return StrangeSign(position + 1, signs[position])


def _checksum(signs: str) -> int:
    # 34 leaves 3 when divided by 31: read from its end as one number in base 34, a key leaves the same as its sum.
    return int(signs[::-1].translate(_DIGITS), 34) % len(ALPHABET)


def new_key() -> KeyCode:
    """Draw a key from the system's randomness."""
    number, drawn = secrets.randbelow(len(ALPHABET) ** (LENGTH - 1)), ""
    while len(drawn) < LENGTH - 1:
        number, value = divmod(number, len(ALPHABET))
        drawn += ALPHABET[value]
    return complete(drawn)


def complete(drawn: str) -> KeyCode:
    """Add the check symbol to fifteen signs."""
    inverse = pow(3, -(LENGTH - 1), len(ALPHABET))
    return KeyCode(drawn + ALPHABET[-_checksum(drawn) * inverse % len(ALPHABET)])
