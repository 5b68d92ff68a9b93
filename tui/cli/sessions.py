"""`sessions`: who is in, and ending it."""

from __future__ import annotations

from argparse import Namespace

from store.accounts.person import console
from store.accounts.sessions import end_session, list_all_sessions
from store.text import _
from tui.cli.outcome import DONE, say, show
from tui.cli.stores import ORIGIN, open_settings_store


def show_sessions(arguments: Namespace) -> int:
    """List everybody's open sessions."""
    store = open_settings_store()
    with store.reading() as session:
        found = list_all_sessions(session, console(ORIGIN), now=store.clock.now())
    rows = [
        {"n": row.id, "usuario": row.username, "desde": row.since, "dónde": row.origin}
        for row in found
    ]
    show(rows, as_json=arguments.json, empty=_("No hay sesiones abiertas."), clock=store.clock)
    return DONE


def end(arguments: Namespace) -> int:
    """End somebody's session."""
    store = open_settings_store()
    with store.writing() as session:
        end_session(session, console(ORIGIN), arguments.session, now=store.clock.now())
    say(_("La sesión {n} terminó.").format(n=arguments.session))
    return DONE
