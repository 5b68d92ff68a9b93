"""argparse in Spanish: usage, headings, and what is wrong with what was typed."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from store.text import _
from tui.cli.outcome import UsageError

_WORDS = {
    "usage: ": _("uso: "),
    "positional arguments": _("argumentos"),
    "options": _("opciones"),
    "show this help message and exit": _("muestra esta ayuda y termina"),
}
_FAULTS = {
    "unrecognized arguments:": _("sobra"),
    "the following arguments are required:": _("falta"),
    "one of the arguments": _("uno de los argumentos"),
    "is required": _("es necesario"),
    "not allowed with argument": _("no va junto con"),
    "invalid choice:": _("no existe"),
    "choose from": _("los que hay:"),
    "expected one argument": _("lleva un valor"),
    "invalid int value:": _("no es un número entero:"),
    "argument ": _("argumento "),
}
"""What argparse says, and how the desk says it; longer words first, since shorter ones stand in them."""


class SpanishParser(argparse.ArgumentParser):
    """argparse in Spanish; what it cannot read is one sentence."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self._positionals.title = _WORDS["positional arguments"]
        self._optionals.title = _WORDS["options"]
        self.add_argument(
            "-h", "--help", action="help", help=_WORDS["show this help message and exit"]
        )

    def format_usage(self) -> str:
        """Write the usage line."""
        return super().format_usage().replace("usage: ", _WORDS["usage: "], 1)

    def format_help(self) -> str:
        """Write the help."""
        return super().format_help().replace("usage: ", _WORDS["usage: "], 1)

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed."""
        for english, spanish in _FAULTS.items():
            message = message.replace(english, spanish)
        raise UsageError(
            _("No entiendo la orden; mira «{command} --help».").format(command=self.prog), message
        )
