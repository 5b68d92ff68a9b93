"""The pepper: the secret that keys are kept with, outside the store, so that a stolen store tells no key.

Keys have 74 bits, so HMAC-SHA256 needs no slow hash, and finding one is one look in an index (facts/domain 4.g).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from store.errors import PepperDifferent, PepperMissing, SettingsRefused
from store.settings import Settings, config_folder
from store.text import _, clean


@dataclass(frozen=True)
class Pepper:
    """Thirty-two secret bytes; shown nowhere."""

    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """What the store may know of the pepper: a digest that cannot be turned back."""
        return hashlib.sha256(b"escritorio pepper\x00" + self.secret).hexdigest()

    def digest(self, purpose: str, text: str) -> bytes:
        """Give the HMAC-SHA256 of a text; the purpose keeps digests of different things apart."""
        digest = self._begun.copy()
        digest.update(f"{purpose}\x00{text}".encode())
        return digest.digest()

    @cached_property
    def _begun(self) -> hmac.HMAC:
        """The secret is half of what there is to hash, and always the same."""
        return hmac.new(self.secret, digestmod="sha256")


DEMO_PEPPER = Pepper(hashlib.sha256(b"the demo's keys are printed in its README").digest())
"""The demo's keys are public, so its pepper is too."""


def new_pepper() -> Pepper:
    """Make a pepper for a new store."""
    return Pepper(secrets.token_bytes(32))


def pepper_file(settings: Settings, fingerprint: str) -> Path:
    """Say where the pepper of this fingerprint is kept: as set, or named after it in the config folder."""
    return settings.pepper_file or config_folder() / f"pepper-{fingerprint[:16]}"


def keep_pepper(settings: Settings, pepper: Pepper) -> None:
    """Write a new pepper's file, for its owner's eyes only; never over another one."""
    path = pepper_file(settings, pepper.fingerprint)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(pepper.secret.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def configured_pepper(settings: Settings) -> Pepper | None:
    """Give the pepper that the settings name before any store is asked, if they name one that exists."""
    if settings.pepper is not None:
        return _read(settings.pepper.get_secret_value(), "ESCRITORIO_PEPPER")
    if settings.pepper_file is not None and settings.pepper_file.is_file():
        return _read(settings.pepper_file.read_text("ascii", "replace"), str(settings.pepper_file))
    return None


def find_pepper(settings: Settings, fingerprint: str) -> Pepper:
    """Find the pepper that a store was made with.

    Raises:
        PepperMissing: There is none.
        PepperDifferent: There is one, of another store.
    """
    if fingerprint == DEMO_PEPPER.fingerprint:
        return DEMO_PEPPER
    pepper = configured_pepper(settings)
    if pepper is None:
        path = pepper_file(settings, fingerprint)
        if not path.is_file():
            raise PepperMissing(str(path))
        pepper = _read(path.read_text("ascii", "replace"), str(path))
    if not hmac.compare_digest(pepper.fingerprint, fingerprint):
        raise PepperDifferent
    return pepper


def _read(text: str, place: str) -> Pepper:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""
    if len(secret) < 16:
        raise SettingsRefused(
            _("La pimienta de {place} no es válida: son 32 bytes en hexadecimal.").format(
                place=clean(place)
            )
        )
    return Pepper(secret)
