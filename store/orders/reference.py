"""Numbers that people copy by hand: the folio, the payment reference with its Damm digit, the CLABE (facts/domain 2.4).

Nothing here asks the store. The Damm digit catches every single wrong digit and every swap of two neighbours; the 3-7-1
digit of a CLABE misses a quarter of the swaps, which is why the reference does not use it.
"""

from __future__ import annotations

import re

from store.errors import Mistyped
from store.text import _

HIGHEST_NUMBER = 999_999
"""Six digits: a bank's reference has room for seven, and one of them is the check digit."""
ORDER_COUNTER = "order"
"""The counter of folios: taken in the transaction of the order, so that none is missing."""
CLABE_LENGTH = 18
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""The quasigroup of H. Michael Damm's thesis: weakly totally anti-symmetric, with zeros on its diagonal."""
_WEIGHTS = (3, 7, 1)
_FOLIO = re.compile(r"P?-?0*(\d{1,6})", re.ASCII | re.IGNORECASE)


def damm_digit(digits: str) -> int:
    """Give the check digit of a row of digits; a row with its own digit behind it gives 0."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim


def payment_reference(number: int) -> str:
    """Write the reference of an order: six digits of its number and the Damm digit, «0001236»."""
    digits = f"{number:06}"
    return f"{digits}{damm_digit(digits)}"


def read_reference(typed: str) -> int:
    """Read a reference and give the order's number; zeros that a bank dropped at the front do not matter.

    Raises:
        Mistyped: It is no reference of ours; nothing is said of whether the order exists.
    """
    number = number_in_reference(typed)
    if number is None:
        raise Mistyped(
            _("La referencia no corresponde a un pedido; revisa los 7 dígitos."), "reference"
        )
    return number


def number_in_reference(typed: str) -> int | None:
    """Give the order's number that a bank's reference holds, or `None`; compared as an integer (SPEC 6)."""
    digits = "".join(typed.split()).lstrip("0")
    if not digits.isascii() or not digits.isdigit() or not 2 <= len(digits) <= 7:
        return None
    if damm_digit(digits.zfill(7)) != 0:
        return None
    return int(digits[:-1])


def folio_of(number: int) -> str:
    """Write an order's folio: «P-000123»."""
    return f"P-{number:06}"


def read_folio(typed: str) -> int:
    """Read a folio in any of its shapes, «P-000123», «p123», «123», and give the order's number.

    Raises:
        Mistyped: It is none.
    """
    match = _FOLIO.fullmatch("".join(typed.split()))
    if match is None or int(match[1]) == 0:
        raise Mistyped(_("El folio se escribe como P-000123."), "folio")
    return int(match[1])


def is_clabe(text: str) -> bool:
    """Tell whether a text is 18 digits of which the last checks the others (weights 3-7-1, each product mod 10)."""
    if len(text) != CLABE_LENGTH or not (text.isascii() and text.isdigit()):
        return False
    total = sum(int(digit) * _WEIGHTS[place % 3] % 10 for place, digit in enumerate(text[:-1]))
    return (10 - total % 10) % 10 == int(text[-1])


def read_clabe(typed: str) -> str:
    """Read a CLABE that may be written in groups.

    Raises:
        ValueError: It is none; the words are for the sentence about a setting.
    """
    clabe = re.sub(r"[\s-]", "", typed)
    if not is_clabe(clabe):
        raise ValueError(_("la CLABE lleva 18 dígitos y el último no corresponde; revísala"))
    return clabe


def grouped_clabe(clabe: str) -> str:
    """Write a CLABE so that an eye can follow it: bank, city, account, check digit: «032 180 00011835971 9»."""
    return f"{clabe[:3]} {clabe[3:6]} {clabe[6:17]} {clabe[17:]}"
