"""How a key's facts are written, on the screen, in a mail and in an export alike."""

from __future__ import annotations

from datetime import date

from store.calendar import short_date
from store.keys.tables import KeyState
from store.text import _, ngettext


def stamps(units: int) -> str:
    """Write «Cantidad»: «1 Timbre», «1,200 Timbres»."""
    return ngettext("{n:,} Timbre", "{n:,} Timbres", units).format(n=units)


def said_of_activation(day: date | None) -> str:
    """Write «F. Activación»: a short date, or «Inactiva»."""
    return _("Inactiva") if day is None else short_date(day)


def said_of_state(state: KeyState) -> str:
    """Write «Estatus»."""
    return _(state.value.capitalize())


def said_of_client(name: str | None) -> str:
    """Write «Cliente»: its name, or «Sin asignar»."""
    return _("Sin asignar") if name is None else name
