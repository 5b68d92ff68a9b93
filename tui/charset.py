"""The encoding of the terminal at the other end, by the locale's name: what it reads, and what its keys send."""

from __future__ import annotations

import codecs
import locale
import os
from codecs import IncrementalDecoder

UTF_8 = "utf-8"
ASCII = "ascii"

SPEAK_UTF_8, SPEAK_AS_BEFORE = "\x1b%G", "\x1b%@"
"""Asks a terminal for UTF-8, and for its own encoding again (ECMA-35); who does not know it prints nothing."""

_STAND_INS = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python puts into LC_CTYPE by itself where the locale is C, or is not installed here (PEP 538)."""


def locale_charset() -> str | None:
    """Name the encoding that the locale stands for; None where it says nothing of the terminal, as C does.

    By its name, since a locale that came through SSH need not be installed on this machine.
    """
    ctype = os.environ.get("LC_CTYPE", "")
    name = os.environ.get("LC_ALL") or (ctype not in _STAND_INS and ctype) or os.environ.get("LANG")
    _language, _point, encoding = locale.normalize(name or "C").partition(".")
    try:
        return codecs.lookup(encoding.partition("@")[0]).name if encoding else None
    except LookupError:
        return None


def decoder_of(charset: str, locales: str | None) -> IncrementalDecoder:
    """Make what reads keys; nothing that it is sent is an error.

    Args:
        charset: What the keys are expected in; ASCII is UTF-8 too.
        locales: The locale's own encoding, in which a terminal sends what is no UTF-8, if it did not take the hint.
    """
    errors = "replace"
    if charset == UTF_8 and locales not in (None, UTF_8):
        errors = f"or-{locales}"
        codecs.register_error(errors, lambda error: _read_as(locales or ASCII, error))
    return codecs.getincrementaldecoder(UTF_8 if charset == ASCII else charset)(errors)


def _read_as(charset: str, error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode(charset, "replace"), error.end
