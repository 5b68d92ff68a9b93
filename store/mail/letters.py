"""What each mail says."""

from __future__ import annotations

from dataclasses import dataclass

from store.accounts.person import Person
from store.accounts.tables import Desk
from store.keys.code import MaskedKey
from store.keys.words import stamps
from store.text import _, clean

MASK = "••••-••••"
"""Stands in a body for the secret that only the mail itself tells."""


@dataclass(frozen=True)
class Letter:
    """A mail's words."""

    subject: str
    body: str
    secret: str = ""
    """What stands where the body has `MASK`, in the mail that travels alone."""


def key_confirmed(desk: Desk, person: Person, key: MaskedKey, units: int, moment: str) -> Letter:
    """Tell the desk which key was confirmed, by whom and when; the key masked (SPEC 3, step 5)."""
    return Letter(
        subject=_("Clave de prepago confirmada: {key}").format(key=key),
        body=_(
            "Se confirmó una clave de prepago en tu escritorio.\n"
            "\n"
            "  Escritorio:  {desk}\n"
            "  Clave:       {key}\n"
            "  Incluye:     {units}\n"
            "  Fecha:       {moment}\n"
            "  Confirmó:    {username}\n"
            "\n"
            "Los servicios liberados por este medio serán válidos solo para este Escritorio.\n"
            "Si no reconoces esta confirmación, avisa a soporte.\n"
        ).format(
            desk=clean(desk.name),
            key=key,
            units=stamps(units),
            moment=moment,
            username=clean(person.username),
        ),
    )
