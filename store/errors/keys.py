"""A key that is not well written, or that cannot be confirmed here."""

from __future__ import annotations

from datetime import date

from store.calendar import long_date
from store.errors.base import Mistyped, Refusal
from store.text import _, clean


class KeyMistyped(Mistyped):
    """A key that is not well written; found without asking the store."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="key")


class EmptyKey(KeyMistyped):
    """Nothing was typed."""

    def __init__(self) -> None:
        super().__init__(_("Captura la clave de prepago."))


class WrongLength(KeyMistyped):
    """Too few or too many signs."""

    def __init__(self, length: int, typed: int) -> None:
        super().__init__(
            _("La clave tiene {length} caracteres; escribiste {typed}.").format(
                length=length, typed=typed
            )
        )


class ConfusingSign(KeyMistyped):
    """One of 0 1 I L O, which no key uses; `position` counts signs from 1, without hyphens."""

    def __init__(self, position: int) -> None:
        super().__init__(
            _("Las claves no usan 0, 1, I, L ni O: revisa el carácter {position}.").format(
                position=position
            )
        )


class StrangeSign(KeyMistyped):
    """A sign that cannot stand in any key; `position` counts signs from 1, without hyphens."""

    def __init__(self, position: int, sign: str) -> None:
        super().__init__(
            _("El carácter {position} («{sign}») no puede ir en una clave.").format(
                position=position, sign=clean(sign)
            )
        )


class WrongCheckSymbol(KeyMistyped):
    """The last sign does not fit the others: a typo somewhere."""

    def __init__(self) -> None:
        super().__init__(_("La clave no está bien escrita; revísala."))


class KeyRefused(Refusal):
    """A key that cannot be confirmed here."""


class KeyUnavailable(KeyRefused):
    """Unknown, held, expired, void or another desk's: one text; `reason` is for the log and the staff alone."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("La clave no es válida o ya no está disponible."))
        self.reason = reason


class KeyAlreadyHere(KeyRefused):
    """The key is this desk's already; `key_id` is its row."""

    def __init__(self, key_id: int, status: str, since: date) -> None:
        super().__init__(
            _("Esta clave ya está en tu escritorio: {status} desde {since}.").format(
                status=status, since=long_date(since)
            )
        )
        self.key_id = key_id


class LicenceNotAccepted(KeyRefused):
    """Confirming needs the licence box."""

    def __init__(self) -> None:
        super().__init__(_("Debes aceptar la Licencia de Uso."))


class LicenceChanged(KeyRefused):
    """The licence that was read is no longer the one in force."""

    def __init__(self) -> None:
        super().__init__(_("La Licencia de Uso cambió; léela y acéptala de nuevo."))


class ViewUnreadable(Refusal):
    """A saved view that this program cannot open; the list stays as it is."""


class LoadRelieved(Refusal):
    """The same load of keys was begun again elsewhere, and goes on there."""

    def __init__(self) -> None:
        super().__init__(
            _("Otro proceso tomó esta carga y la continúa; aquí ya no se hizo nada más.")
        )
