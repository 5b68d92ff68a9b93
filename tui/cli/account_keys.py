"""`accounts bind` and `accounts unbind`: the public keys of an account."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from store.accounts.bound_keys import bind_key, unbind_key
from store.accounts.person import console
from store.accounts.public_key import read_public_key
from store.accounts.tables import AccountKey, KeyUse
from store.errors import Refusal
from store.text import _, clean, said_of_fault
from tui.cli.outcome import DONE, say
from tui.cli.stores import ORIGIN, open_settings_store

LONGEST = 20_000
"""Characters read of a key's file; the longest key has less."""


def bind(arguments: Namespace) -> int:
    """Bind an account to a key: beside its password, or instead of it."""
    key = read_public_key(_read(arguments.key))
    use = KeyUse.INSTEAD if arguments.instead else KeyUse.BESIDE
    store = open_settings_store()
    with store.writing() as session:
        bind_key(session, console(ORIGIN), arguments.username, key, use, now=store.clock.now())
    needed = {
        KeyUse.BESIDE: _("{username} entra con la llave {key} y su contraseña."),
        KeyUse.INSTEAD: _("{username} entra con la llave {key}, sin contraseña."),
    }[use]
    say(needed.format(username=arguments.username, key=key.fingerprint))
    return DONE


def unbind(arguments: Namespace) -> int:
    """Take a key from an account."""
    store = open_settings_store()
    with store.writing() as session:
        unbind_key(
            session,
            console(ORIGIN),
            arguments.username,
            arguments.fingerprint,
            now=store.clock.now(),
        )
    say(_("{username} ya no entra con esa llave.").format(username=arguments.username))
    return DONE


def _read(name: str) -> str:
    if name == "-":
        return sys.stdin.read(LONGEST)
    try:
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            return file.read(LONGEST)
    except OSError as error:
        raise Refusal(
            _("No se puede leer {file}: {problem}.").format(
                file=clean(name), problem=said_of_fault(error)
            )
        ) from None


def said_of_key(key: AccountKey) -> str:
    """Say in a list which key it is, and whether it is enough."""
    needed = _("basta") if key.use is KeyUse.INSTEAD else _("con contraseña")
    named = f"{key.fingerprint} ({needed})"
    return f"{named} {key.comment}" if key.comment else named
