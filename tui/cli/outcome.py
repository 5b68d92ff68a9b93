"""What a command ends with."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from store.errors import Refusal
from store.text import _, clean

if TYPE_CHECKING:
    from store.calendar import Clock

DONE, FAILED, REFUSED = 0, 1, 2
"""Exit statuses: done; done but something is wrong; refused, nothing was changed."""

Row = Mapping[str, object]

_WORDS = {
    "queued": _("en espera"),
    "sending": _("enviándose"),
    "sent": _("enviado"),
    "dead": _("detenido"),
    "active": _("activa"),
    "blocked": _("bloqueada"),
    "sound": _("bien"),
    "broken": _("mal"),
    "integrity": _("archivo"),
    "foreign-keys": _("llaves foráneas"),
    "audit": _("bitácora"),
    "pepper": _("pimienta"),
    "mail": _("correo"),
    "tallies": _("cuentas"),
    "clients": _("clientes"),
}
"""What lists say for the store's own words; JSON keeps those."""


class UsageError(Refusal):
    """The command line cannot be read; `detail` is argparse's own word for it."""

    def __init__(self, sentence: str, detail: str) -> None:
        super().__init__(f"{sentence} ({detail})")


def say(text: str) -> None:
    """Write a line for a person."""
    print(clean(text, limit=2000))


def complain(sentence: str) -> None:
    """Write a line about what went wrong."""
    print(clean(sentence, limit=2000), file=sys.stderr)


def show(rows: Sequence[Row], *, as_json: bool, empty: str, clock: Clock | None = None) -> None:
    """Write a list: as JSON, or in columns with their names, in words and in the desk's own time."""
    if as_json:
        _show_json(rows)
    elif not rows:
        say(empty)
    else:
        cells = [[clean(_said(value, clock)) for value in row.values()] for row in rows]
        widths = [
            max(len(name), *(len(line[at]) for line in cells)) for at, name in enumerate(rows[0])
        ]
        for line in ([_(name) for name in rows[0]], *cells):
            print(
                "  ".join(
                    text.ljust(width) for text, width in zip(line, widths, strict=True)
                ).rstrip()
            )


def _show_json(rows: Sequence[Row]) -> None:
    """Write a list as JSON whose signs cannot act on a terminal; letters stay letters."""
    import json  # the desk, which shares this module, starts without it

    written = json.dumps(list(rows), ensure_ascii=False, indent=2, default=_plain)
    print(
        "".join(
            sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1]
            for sign in written
        )
    )


def _said(value: object, clock: Clock | None) -> str:
    """Write a value for a person."""
    if isinstance(value, datetime) and clock is not None:
        return clock.moment_of(value)
    plain = _plain(value)
    return _WORDS.get(plain, plain)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)
