"""Words: what a person reads, what may be shown, and how Spanish is found and ordered."""

from __future__ import annotations

import errno
import gettext
import unicodedata

_translations = gettext.translation("escritorio", fallback=True)
_ = _translations.gettext
ngettext = _translations.ngettext

_FAULTS = {
    errno.ENOENT: _("no existe"),
    errno.EEXIST: _("ya existe"),
    errno.EACCES: _("sin permiso"),
    errno.EPERM: _("sin permiso"),
    errno.EISDIR: _("es una carpeta"),
    errno.ENOTDIR: _("su carpeta no existe"),
    errno.ENOSPC: _("el disco está lleno"),
    errno.EROFS: _("el disco es de solo lectura"),
    errno.ECONNREFUSED: _("nadie contesta ahí"),
    errno.ECONNRESET: _("se cortó la conexión"),
    errno.EPIPE: _("se cortó la conexión"),
    errno.ENETUNREACH: _("no hay camino por la red"),
    errno.EHOSTUNREACH: _("no hay camino por la red"),
}

REPLACEMENT = "\ufffd"
LONGEST_SEARCH_KEY = 600
"""Signs of a folded name that are kept; most names fold to their own length, but «ﷺ» alone to eighteen."""
LONGEST_SORT_KEY = 200
"""Signs of a name that take part in ordering; an index entry has to stay small on both databases."""


def clean(value: object, limit: int = 300) -> str:
    """Give text that cannot act on a terminal, a mail or a file: no control, format, surrogate or bidi signs.

    Args:
        value: Whatever came from people or from outside.
        limit: The longest text to give, in characters; more is cut with «…».
    """
    text = str(value)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    return "".join(_harmless(sign) for sign in text)


def _harmless(sign: str) -> str:
    if sign.isprintable():
        return sign
    return " " if unicodedata.category(sign) == "Zs" or sign in "\t\n\r" else REPLACEMENT


def said_of_fault(error: OSError) -> str:
    """Say in Spanish why a file or a server cannot be used; what is rare is said as the system does."""
    return _FAULTS.get(error.errno or 0) or clean(error.strerror or error)


def normal(text: str) -> str:
    """Give the text in NFC with single inner spaces: the one form in which names are kept and compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_plain(text: str) -> bool:
    """Tell whether the text holds only signs that may be kept: nothing that `clean` would have to replace."""
    return clean(text, limit=len(text) + 1) == text


def search_key(text: str) -> str:
    """Fold case and accents away, so that «nunez» finds «Núñez»."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return letters[:LONGEST_SEARCH_KEY]


def sort_key(text: str) -> str:
    """Order as Spanish does: ñ after n; accents, then case, only to break a tie.

    The key is compared byte by byte, so that SQLite and PostgreSQL agree without a collation of their own.
    """
    composed = unicodedata.normalize("NFC", text)
    letters = "".join("n~" if sign == "ñ" else search_key(sign) for sign in composed.casefold())
    return "\x01".join((letters, composed.casefold(), composed))[:LONGEST_SORT_KEY]
