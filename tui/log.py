"""The log: one file for the staff, with references, without passwords or keys."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

from store.errors import Refusal
from store.text import REPLACEMENT, _

FILE = "escritorio.log"
_KEY = re.compile(
    r"\b([0-9A-Z]{4})[- ]?[0-9A-Z]{4}[- ]?[0-9A-Z]{4}[- ]?([0-9A-Z]{4})\b", re.IGNORECASE
)
"""Anything shaped like a key of sixteen signs."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

log = logging.getLogger("escritorio")


class DiscreetFormatter(logging.Formatter):
    """Writes a record with its keys masked, and without signs that could act on who reads it (ASVS 5.0, 16.4.1)."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record."""
        return _CONTROL.sub(REPLACEMENT, _KEY.sub(r"\1-••••-••••-\2", super().format(record)))


def start_log(folder: Path) -> None:
    """Send everything that is logged to the file in the folder; only its owner may read it."""
    from logging.handlers import WatchedFileHandler

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600))
    handler = WatchedFileHandler(path, encoding="utf-8")
    handler.setFormatter(
        DiscreetFormatter("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def log_failure(error: BaseException | None) -> str:
    """Write what went wrong under a new reference, and give the reference."""
    from secrets import token_hex

    _have_a_log()
    reference = token_hex(3).upper()
    log.error("reference %s", reference, exc_info=error)
    return reference


def log_refusal(refusal: Refusal) -> None:
    """Write in one line a «no» that no person is there to be told: where it was said is not what is wrong."""
    _have_a_log()
    log.warning("refused: %s: %s", type(refusal).__name__, refusal.sentence)


def _have_a_log() -> None:
    from platformdirs import user_state_path

    if not logging.getLogger().handlers:
        start_log(user_state_path("escritorio", appauthor=False))


def said_of_failure(reference: str) -> str:
    """Say to a person that something went wrong which nobody foresaw."""
    return _("Ocurrió un error inesperado; avisa a soporte con la referencia {reference}.").format(
        reference=reference
    )
