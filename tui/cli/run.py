"""Doing what the command line says."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import Refusal
from store.text import _
from tui.cli.outcome import FAILED, REFUSED, UsageError, complain
from tui.environment import WISHES, option_of, take_wishes

if TYPE_CHECKING:
    from argparse import Namespace

_DOERS = {
    (None, None): "stores:desk",
    ("init", None): "stores:init",
    ("demo", None): "stores:demo",
    ("doctor", None): "stores:doctor",
    ("desks", "add"): "people:add_a_desk",
    ("accounts", "add"): "people:add_an_account",
    ("accounts", "list"): "people:show_accounts",
    ("accounts", "password"): "people:new_password",
    ("accounts", "bind"): "account_keys:bind",
    ("accounts", "unbind"): "account_keys:unbind",
    ("sessions", "list"): "sessions:show_sessions",
    ("sessions", "end"): "sessions:end",
    ("keys", "issue"): "keys:issue",
    ("keys", "import"): "keys:take",
    ("keys", "move"): "keys:move",
    ("mail", "list"): "mail:show_mail",
    ("mail", "send"): "mail:send",
    ("prices", "show"): "prices:show_prices",
    ("prices", "load"): "prices:load",
    ("kiosk", None): "kiosk:kiosk",
    ("deploy", "ssh"): "deploy:deploy_ssh",
    ("deploy", "kiosk"): "deploy:deploy_kiosk",
    ("tick", None): "clock:tick_once",
}
"""Where each command is done; loaded by name, since most load the store's libraries and the desk must not wait."""


_OPEN_A_DESK = (None, "demo", "kiosk")
"""The commands that a wish of the terminal goes with."""


def run(words: Sequence[str]) -> int:
    """Do what was said, and give the exit status; a «no» is one sentence."""
    try:
        return _do(words)
    except Refusal as refusal:
        complain(refusal.sentence)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read along has seen enough; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _do(words: Sequence[str]) -> int:
    if not words:
        from tui.cli.stores import open_desk

        return open_desk()
    from tui.cli.parser import build_parser

    arguments = build_parser().parse_args(words)
    _take_wishes(arguments)
    module, doer = _DOERS[arguments.command, getattr(arguments, "action", None)].split(":")
    status: int = getattr(importlib.import_module(f"tui.cli.{module}"), doer)(arguments)
    return status


def _take_wishes(arguments: Namespace) -> None:
    said = [wish for wish in WISHES if hasattr(arguments, wish)]
    if said and arguments.command not in _OPEN_A_DESK:
        raise UsageError(
            _("Las opciones de la terminal van con el escritorio, demo o kiosk."),
            ", ".join(map(option_of, said)),
        )
    take_wishes(said)
