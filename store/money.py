"""Money: whole centavos, rates in basis points, half-up; never a float (SPEC 5).

Written «$ 1,903.29», with the space, as in the seeds.
"""

from __future__ import annotations

import re

from store.errors import Mistyped
from store.text import _, clean

WHOLE = 10_000
"""Basis points of the whole: 1,600 of them are 16 %."""
LARGEST = 99_999_999_99
"""Centavos; a larger amount is a slip of the finger, and every sum of them fits the database's integers."""
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.(\d{1,2}))?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"(\d{1,3}(?:\.\d{3}){1,5}|\d{1,18}),(\d{1,2})", re.ASCII)


class AmountUnclear(Mistyped):
    """A comma stands where Mexico writes a point; `meant` is what it probably is, to be asked for."""

    def __init__(self, meant: int) -> None:
        super().__init__(
            _("¿{amount}? Escribe los centavos con punto.").format(
                amount=pesos(meant).removeprefix("$ ")
            ),
            "amount",
        )
        self.meant = meant


def pesos(centavos: int) -> str:
    """Write an amount: «$ 1,903.29»; one below zero is «-$ 44.03»."""
    whole, rest = divmod(abs(centavos), 100)
    return f"{'-' if centavos < 0 else ''}$ {whole:,}.{rest:02}"


def share(centavos: int, basis_points: int) -> int:
    """Give a share of an amount that is not negative, half-up to the centavo: `share(6500, 1600)` is 1040."""
    return (centavos * basis_points + WHOLE // 2) // WHOLE


def percent(basis_points: int) -> str:
    """Write a rate as «Descuento (n%)» does: 1,000 is «10», 250 is «2.5»."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


def read_pesos(typed: str) -> int:
    """Read «1,903.29», «1903.29» or «$ 1 903.29» as centavos.

    Raises:
        AmountUnclear: «1903,29»: which comma is it?
        Mistyped: It is no amount, has parts of a centavo, is not above zero, or is beyond reason.
    """
    text = re.sub(r"\s|\$|MXN", "", typed, flags=re.IGNORECASE)
    match = _AMOUNT.fullmatch(text)
    if match is None:
        unclear = _DECIMAL_COMMA.fullmatch(text)
        if unclear is not None:
            raise AmountUnclear(_centavos(unclear[1].replace(".", ""), unclear[2]))
        raise Mistyped(
            _("«{typed}» no es un importe; escríbelo como 1,903.29.").format(
                typed=clean(typed, 40)
            ),
            "amount",
        )
    amount = _centavos(match[1].replace(",", ""), match[2])
    if not 0 < amount <= LARGEST:
        raise Mistyped(
            _("El importe debe ser mayor que cero y hasta {most}.").format(most=pesos(LARGEST)),
            "amount",
        )
    return amount


def _centavos(whole: str, rest: str | None) -> int:
    return int(whole) * 100 + int((rest or "").ljust(2, "0"))
