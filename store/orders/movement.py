"""A movement's own id: what makes two descriptions of the same money one, so that it pays once (SPEC 6).

Unique is the movement (bank, day and clave de rastreo), never the ficha's reference, which partial payments repeat.
Card numbers are neither asked for nor kept: whatever looks like one is refused before it is written anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from store.errors import CardNumberTyped, Mistyped
from store.money import LARGEST, pesos
from store.orders.tables import PaymentMethod
from store.text import _, clean, normal, search_key

LONGEST_TRACKING = 30
"""Signs of a clave de rastreo (facts/domain 2.4)."""
LONGEST_AUTHORISATION = 12
"""Signs; a terminal gives six, and a card number has thirteen at least."""
AT_A_BANK = (PaymentMethod.SPEI, PaymentMethod.DEPOSIT, PaymentMethod.CHEQUE)
_FILLING = frozenset(
    ("banco", "banca", "multiple", "institucion", "mexico", "mexicano", "mex", "de", "sa", "s", "a", "cv", "c", "v")
)  # fmt: skip
"""What the names of banks may or may not have."""
_ALIASES = {
    "bbvabancomer": "bbva", "bancomer": "bbva", "012": "bbva",
    "citibanamex": "banamex", "nacional": "banamex", "002": "banamex",
    "014": "santander", "021": "hsbc", "030": "bajio", "delbajio": "bajio", "036": "inbursa",
    "044": "scotiabank", "scotiabankinverlat": "scotiabank", "058": "banregio",
    "072": "banorte", "mercantildelnorte": "banorte", "127": "azteca", "137": "bancoppel",
    "646": "stp", "sistemadetransferenciasypagosstp": "stp",
}  # fmt: skip
"""Other names of the banks that most transfers come from, and the codes that their CLABEs begin with."""
_DIGITS = re.compile(r"\d(?:[ -]?\d){12,}", re.ASCII)


@dataclass(frozen=True)
class Money:
    """A payment as a person describes it."""

    method: PaymentMethod
    amount_centavos: int
    paid_on: date
    bank: str = ""
    """For SPEI, deposit and cheque: whence it came."""
    tracking: str = ""
    """Clave de rastreo, number of the deposit or cheque, authorisation of the terminal."""


def checked(money: Money, today: date) -> Money:
    """Give the payment tidied, or refuse what cannot be.

    Raises:
        CardNumberTyped: Bank or number look like the number of a card.
        Mistyped: The amount, the day, the bank or the number cannot be.
    """
    for field, text in (("tracking", money.tracking), ("bank", money.bank)):
        refuse_card_number(text, field)
    if not 0 < money.amount_centavos <= LARGEST:
        raise Mistyped(
            _("El importe debe ser mayor que cero y hasta {most}.").format(most=pesos(LARGEST)),
            "amount",
        )
    if money.paid_on > today:
        raise Mistyped(_("La fecha del pago no puede ser futura."), "paid_on")
    tidied = replace(
        money, bank=clean(normal(money.bank), 60), tracking=clean(normal(money.tracking), 40)
    )
    _check_numbers(tidied)
    return tidied


def _check_numbers(money: Money) -> None:
    if (money.method in AT_A_BANK or money.bank) and not names_a_bank(money.bank):
        raise Mistyped(_("Escribe el nombre del banco del que salió el pago."), "bank")
    number = tracking_key(money.tracking)
    if money.method in AT_A_BANK and not 1 <= len(number) <= LONGEST_TRACKING:
        raise Mistyped(
            _("Escribe la clave de rastreo o el folio: hasta {n} letras y números.").format(
                n=LONGEST_TRACKING
            ),
            "tracking",
        )
    if money.method is PaymentMethod.CARD:
        if len(number) > LONGEST_AUTHORISATION:
            raise CardNumberTyped("tracking")
        if not number:
            raise Mistyped(_("Escribe el número de autorización de la terminal."), "tracking")


def movement_of(money: Money, order_id: int) -> str | None:
    """Give the id that the money has wherever it is written down; `None` for the saldo, which has a ledger.

    Cash without a number is told apart by order, day and amount, so that Enter twice does not count it twice.
    """
    number, day = tracking_key(money.tracking), f"{money.paid_on:%Y%m%d}"
    if money.method in AT_A_BANK:
        return f"{_bank_id(money.bank)}|{day}|{number}"
    if money.method is PaymentMethod.CARD:
        return f"terminal|{day}|{number}"
    if money.method is PaymentMethod.CASH:
        return f"caja|{day}|{number or f'{order_id}={money.amount_centavos}'}"
    return None


def tracking_key(tracking: str) -> str:
    """Fold a number to its letters and digits; zeros that a bank may drop at the front do not count."""
    folded = unicodedata.normalize("NFKC", tracking).upper()
    signs = "".join(sign for sign in folded if sign.isascii() and sign.isalnum())
    return signs.lstrip("0") or signs[:1]


def refuse_card_number(text: str, field: str) -> None:
    """Refuse a text that holds what looks like a card number: 13 to 19 digits that pass Luhn's test.

    Raises:
        CardNumberTyped: It does; the sentence does not repeat it.
    """
    plain = unicodedata.normalize("NFKC", text)
    for found in _DIGITS.findall(plain):
        digits = re.sub(r"[ -]", "", found)
        if 13 <= len(digits) <= 19 and _passes_luhn(digits):
            raise CardNumberTyped(field)


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def names_a_bank(text: str) -> bool:
    """Tell whether a text is a bank's name, which has letters, or the code of a known one: «BBVA», «012»."""
    return any(sign.isalpha() for sign in _bank_id(text))


def _bank_id(bank: str) -> str:
    """Fold a bank's name to what all its spellings share: «BBVA México, S.A.» is «bbva»."""
    words = re.findall(r"[a-z0-9]+", search_key(bank))
    name = "".join(word for word in words if word not in _FILLING) or "".join(words)
    return _ALIASES.get(name, name)[:40]
