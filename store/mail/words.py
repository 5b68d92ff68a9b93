"""How the states of a mail are written."""

from __future__ import annotations

from store.mail.tables import MailState
from store.text import _

_STATES = {
    MailState.QUEUED: _("En cola"),
    MailState.SENDING: _("Enviándose"),
    MailState.SENT: _("Enviado"),
    MailState.DEAD: _("No salió"),
}


def said_of_mail(state: MailState) -> str:
    """Write a mail's state: «En cola»."""
    return _STATES[state]
