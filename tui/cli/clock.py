"""`tick`: the clock's work, for cron; the desk does the same when it opens."""

from __future__ import annotations

from argparse import Namespace

from store.espacio.clock_work import tick
from store.text import _
from tui.cli.outcome import DONE, show
from tui.cli.stores import open_settings_store


def tick_once(arguments: Namespace) -> int:
    """Do what is due, and count it."""
    report = tick(open_settings_store())
    row = {
        "empezaron": report.begun,
        "en gracia": report.in_grace,
        "suspendidos": report.suspended,
        "vencidos": report.expired,
        "avisos": report.reminded,
        "claves vencidas": report.keys,
        "pedidos vencidos": report.orders,
    }
    rows = [row] if arguments.json or any(row.values()) else []
    show(rows, as_json=arguments.json, empty=_("No había nada pendiente."))
    return DONE
