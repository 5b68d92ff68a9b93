"""The process's surroundings, settled before Textual reads them, which it does at import."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from store.text import _

TERMINALS_THAT_CANNOT = ("", "dumb", "unknown")

UNWANTED = ("COLUMNS", "LINES", "PYTHONINSPECT")
"""A size that would ignore every resize, and the Python prompt after the desk ends."""

WANTED = {
    "TEXTUAL_ANIMATIONS": "none",
    # Colours stay the terminal's own sixteen, also where it names none.
    "TEXTUAL_COLOR_SYSTEM": "standard",
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    # Frames a second at the most. An answer may take two: the rows, then where in the list they are.
    "TEXTUAL_FPS": "240",
}

WISHES = ("ascii", "no_color", "cursor")
"""What a person may wish of the terminal: an option of the command line, or `ESCRITORIO_` and the name in capitals.

Of the environment alone: they belong to a terminal, and the first page does not wait for a settings file.
"""

_SAID = {
    **dict.fromkeys(("1", "true", "t", "yes", "y", "on"), True),
    **dict.fromkeys(("0", "false", "f", "no", "n", "off"), False),
}


def prepare_environment() -> None:
    """Leave Textual no setting but the desk's own.

    Its hooks for developers go: they could import a driver, open a debugger's socket, write what
    is on the screen to a file, or type keys (facts/terminals 6.3).
    """
    for name in list(os.environ):
        if name.startswith("TEXTUAL") or name in UNWANTED:
            del os.environ[name]
    os.environ.update(WANTED)


def load_asyncio() -> None:
    """Load asyncio as where Python was built without TLS: no desk speaks it, and the first page would wait for OpenSSL.

    Whoever wants `ssl` afterwards, as mail does, gets it.
    """
    if not sys.modules.keys() & {"asyncio", "ssl"}:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        import asyncio  # noqa: F401

        del sys.modules["ssl"]


def is_terminal() -> bool:
    """Tell whether keys come from a terminal and all that is written goes to one."""
    return all(os.isatty(descriptor) for descriptor in (0, 1, 2))


def refusal() -> str | None:
    """Say in one sentence why the desk cannot open here; None where it can."""
    if not is_terminal():
        return _("El escritorio necesita una terminal; aquí no hay ninguna.")
    if os.environ.get("TERM", "") in TERMINALS_THAT_CANNOT:
        return _("Esta terminal no puede mostrar el escritorio: revisa la variable TERM.")
    return None


def variable_of(wish_name: str) -> str:
    """Name the variable of a wish."""
    return f"ESCRITORIO_{wish_name.upper()}"


def option_of(wish_name: str) -> str:
    """Name the option of a wish."""
    return f"--{wish_name.replace('_', '-')}"


def wish(name: str) -> bool | None:
    """Tell whether something is wished of the terminal; None where nothing is said of it."""
    return _SAID.get(_said_of(name))


def take_wishes(names: Iterable[str]) -> None:
    """Wish what the command line says, whatever the environment said."""
    os.environ.update((variable_of(name), "true") for name in names)


def refusal_of_wishes() -> str | None:
    """Say in one sentence which wish cannot be understood; None where all can."""
    for name in WISHES:
        if _said_of(name) and wish(name) is None:
            return _("El ajuste «{name}» no es válido: escribe true o false.").format(
                name=variable_of(name)
            )
    return None


def _said_of(name: str) -> str:
    return os.environ.get(variable_of(name), "").strip().lower()
