"""A public key as OpenSSH writes it, and the fingerprint by which sshd's log, `ssh-keygen -l` and the audit name it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from store.errors import Mistyped
from store.text import _, clean

KINDS = frozenset(
    {
        "ssh-ed25519",
        "sk-ssh-ed25519@openssh.com",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "sk-ecdsa-sha2-nistp256@openssh.com",
        "ssh-rsa",
    }
)
"""The kinds that OpenSSH takes today; certificates are named by another fingerprint and stay outside."""
LONGEST_COMMENT = 100


@dataclass(frozen=True)
class PublicKey:
    """A key that was read whole; the key itself is not kept, since its fingerprint says which one it is."""

    kind: str
    fingerprint: str
    comment: str


def read_public_key(text: str) -> PublicKey:
    """Read the one line of a `.pub` file.

    Raises:
        Mistyped: It is a private key, more than one key, cut off, or no key at all.
    """
    if "PRIVATE KEY" in text:
        raise Mistyped(
            _("Eso es una llave privada: no la entregues; da la pública, el archivo .pub."), "key"
        )
    kind, blob, comment = _parts(text)
    strings = _strings(blob)
    if kind not in KINDS or len(strings) < 2 or strings[0] != kind.encode():
        raise Mistyped(
            _("Eso no es una llave pública de OpenSSH; da el contenido de un archivo .pub."), "key"
        )
    return PublicKey(kind, fingerprint(blob), clean(comment, LONGEST_COMMENT))


def fingerprint(blob: bytes) -> str:
    """Give what `ssh-keygen -lf` prints of a key: SHA-256 in base64 without its filling."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _parts(text: str) -> tuple[str, bytes, str]:
    """Take the line apart: its kind, the key, and what its owner called it."""
    lines = text.strip().splitlines()
    if len(lines) != 1:
        return "", b"", ""
    kind, _space, rest = lines[0].partition(" ")
    encoded, _space, comment = rest.partition(" ")
    try:
        return kind, base64.b64decode(encoded, validate=True), comment.strip()
    except (binascii.Error, ValueError):
        return "", b"", ""


def _strings(blob: bytes) -> list[bytes]:
    """Give the strings that a key is made of (RFC 4253, section 6.6); none of one that was cut off."""
    strings: list[bytes] = []
    while blob:
        length = int.from_bytes(blob[:4], "big")
        if len(blob) < 4 + length or not length:
            return []
        strings.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return strings
