"""What a usuario, an RFC, a company's name and an address may look like."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from stdnum.exceptions import ValidationError
from stdnum.mx import rfc as stdnum_rfc

from store.accounts.tables import GENERIC_RFCS
from store.errors import Mistyped
from store.text import _, is_plain, normal, search_key

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,29}", re.ASCII)
# stdnum drops filling and folds signs of other widths by itself; what is kept has to be the RFC.
_RFC_FORM = re.compile(r"[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}")
_NOT_IN_USERNAME = re.compile(r"[^a-z0-9]", re.ASCII)
_LONGEST_NAME = 254


@dataclass(frozen=True)
class Rfc:
    """An RFC, and whether its check digit is the one that the SAT's rule gives."""

    value: str
    check_digit_fits: bool


def read_username(text: str) -> str:
    """Read a usuario: 3 to 30 letters, digits, points and hyphens of ASCII, kept in lower case.

    Raises:
        Mistyped: It cannot be one.
    """
    username = text.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise Mistyped(
            _(
                "El usuario lleva de 3 a 30 letras sin acento, números, punto o guion, y empieza con letra."
            ),
            "username",
        )
    return username


def suggest_username(company: str) -> str:
    """Make a usuario from a company's name, as the seed asks: «un nombre relacionado con el de tu empresa»."""
    letters = _NOT_IN_USERNAME.sub("", search_key(company)).lstrip("0123456789")
    return (letters[:16] + "desk")[: max(4, len(letters[:16]))] if letters else "escritorio"


def read_company_name(text: str) -> str:
    """Read a company's name.

    Raises:
        Mistyped: It is empty, too long, or holds signs that no screen may show.
    """
    name = normal(text)
    if not name:
        raise Mistyped(_("Escribe el nombre de la empresa."), "name")
    if len(name) > _LONGEST_NAME:
        raise Mistyped(_("El nombre admite hasta {n} caracteres.").format(n=_LONGEST_NAME), "name")
    if not is_plain(name):
        raise Mistyped(_("El nombre tiene signos que no se pueden mostrar."), "name")
    return name


def read_rfc(text: str) -> Rfc:
    """Read an RFC of 12 (company) or 13 (person) signs over A–Z, &, Ñ and digits, with a date inside.

    A wrong check digit is told and not refused: about 1.5 % of the RFCs in use have one (SPEC 1).

    Raises:
        Mistyped: The form is wrong.
    """
    value = unicodedata.normalize("NFC", text).upper()
    value = re.sub(r"[\s-]", "", value)
    if value in GENERIC_RFCS:
        return Rfc(value, True)
    if len(value) not in (12, 13):
        raise Mistyped(
            _("El RFC lleva 12 caracteres (empresa) o 13 (persona); escribiste {n}.").format(
                n=len(value)
            ),
            "rfc",
        )
    if not _RFC_FORM.fullmatch(value) or not stdnum_rfc.is_valid(value):
        raise Mistyped(_("El RFC no tiene la forma correcta; revísalo."), "rfc")
    return Rfc(value, _check_digit_fits(value))


def _check_digit_fits(value: str) -> bool:
    try:
        stdnum_rfc.validate(value, validate_check_digits=True)
    except ValidationError:
        return False
    return True


def read_email(text: str) -> str:
    """Read one e-mail address, and write its domain as mail servers do: «ñandú.mx» is «xn--and-6ma2c.mx».

    Raises:
        Mistyped: It is not one.
    """
    try:
        address = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise Mistyped(_("El correo no es válido; revísalo."), "email") from None
    return address.ascii_email or address.normalized
