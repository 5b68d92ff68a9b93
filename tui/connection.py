"""Who is at the other end of the terminal: the address, and the public key that sshd let in.

Both come from sshd, by way of the launcher (docs/ssh.md). Whoever could forge them can run programs as the desk's own
user, and so may read the store's files anyway.
"""

from __future__ import annotations

import os
from pathlib import Path

from store.accounts.public_key import read_public_key
from store.errors import Mistyped
from store.text import clean

LONGEST_ADDRESS = 49
"""Signs: a space and a fingerprint fit behind it in the hundred that the store keeps."""


def origin() -> str:
    """Name where the person sits: the SSH client's address and key, else the terminal, else «local»."""
    connection = os.environ.get("SSH_CONNECTION", "").split()
    if connection:
        return " ".join(filter(None, (clean(connection[0], LONGEST_ADDRESS), key_fingerprint())))
    try:
        return os.ttyname(0)
    except OSError:
        return "local"


def key_fingerprint() -> str | None:
    """Give the fingerprint of the key that sshd let in, as the file of its `ExposeAuthInfo` tells."""
    for line in _authentication():
        method, _space, said = line.partition(" ")
        if method == "publickey":
            return _fingerprint(said)
    return None


def _authentication() -> list[str]:
    try:
        return Path(os.environ["SSH_USER_AUTH"]).read_text("utf-8", "replace").splitlines()
    except (KeyError, OSError):  # not by SSH, or sshd was not told to say it
        return []


def _fingerprint(said: str) -> str | None:
    try:
        return read_public_key(said).fingerprint
    except Mistyped:  # a certificate: it is no key that an account could be bound to
        return None
