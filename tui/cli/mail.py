"""`mail`: what waits, and sending it."""

from __future__ import annotations

from argparse import Namespace

from store.accounts.person import console
from store.mail.delivery import deliver_due, transport_of
from store.mail.outbox import list_mail
from store.text import _
from tui.cli.outcome import DONE, FAILED, show
from tui.cli.stores import ORIGIN, open_settings_store


def show_mail(arguments: Namespace) -> int:
    """List the mails, newest first."""
    store = open_settings_store()
    with store.reading() as session:
        mails = list_mail(session, console(ORIGIN))
    rows = [
        {
            "número": mail.id,
            "estado": mail.state.value,
            "para": mail.recipient,
            "asunto": mail.subject,
            "creado": mail.created_at,
            "intentos": mail.attempts,
            "error": mail.last_error,
        }
        for mail in mails
    ]
    show(rows, as_json=arguments.json, empty=_("No hay correos."), clock=store.clock)
    return DONE


def send(arguments: Namespace) -> int:
    """Send what is due."""
    store = open_settings_store()
    delivery = deliver_due(store, transport_of(store.settings))
    show(
        [{"enviados": delivery.sent, "fallidos": delivery.failed}], as_json=arguments.json, empty=""
    )
    return FAILED if delivery.failed else DONE
