"""`kiosk`: the desk for whoever walks by, and the code that leaves it."""

from __future__ import annotations

from argparse import Namespace

from store.errors import Mistyped
from store.text import _
from tui.cli.outcome import DONE, say
from tui.cli.stores import ask_password, open_desk, open_settings_store

SHORTEST = 8


def kiosk(arguments: Namespace) -> int:
    """Open the desk as a kiosk; or make the hash of its code."""
    if arguments.hash_code:
        return _hash_code()
    from tui.kiosk import without_files

    return open_desk(lambda: without_files(open_settings_store()), kiosk=True)


def _hash_code() -> int:
    """Ask for a code, and print the line of the settings file that keeps it."""
    from store.accounts.passwords import hash_password

    say(f'kiosk_code_hash = "{hash_password(ask_password(_check))}"')
    return DONE


def _check(code: str) -> None:
    if len(code) < SHORTEST:
        raise Mistyped(_("El código lleva {n} caracteres o más.").format(n=SHORTEST))
