"""An event of the audit in words."""

from __future__ import annotations

import json

from store.audit.listing import AuditRow
from store.audit.words import said_of_action, said_of_subject
from store.calendar import Clock
from store.text import _


def audit_text(row: AuditRow, clock: Clock) -> str:
    """Write all that was written down, and the hash that holds it."""
    facts = [
        (_("Fecha"), clock.moment_of(row.at)),
        (_("Quién"), row.who or _("nadie que haya entrado")),
        (_("Escritorio"), row.desk),
        (_("Desde"), row.origin),
        (_("Qué"), f"{said_of_action(row.action)} ({row.action})"),
        (_("A qué"), said_of_subject(row.subject)),
        (_("Huella"), row.hash),
    ]
    # Names and values as the program wrote them: they are what the hash covers.
    detail = [f"  {name}: {_written(value)}" for name, value in json.loads(row.detail).items()]
    words = [f"{name:12}{value}" for name, value in facts if value]
    return "\n".join([*words, *([_("Detalle"), *detail] if detail else [])])


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
