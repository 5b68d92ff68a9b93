"""The process's surroundings, settled before Textual reads them, which it does at import."""

from __future__ import annotations

import os

from store.text import _

TERMINALS_THAT_CANNOT = ("", "dumb", "unknown")

UNWANTED = ("COLUMNS", "LINES", "PYTHONINSPECT")
"""A size that would ignore every resize, and the Python prompt after the desk ends."""

WANTED = {
    "TEXTUAL_ANIMATIONS": "none",
    # Colours stay the terminal's own sixteen, also where it names none.
    "TEXTUAL_COLOR_SYSTEM": "standard",
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
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
