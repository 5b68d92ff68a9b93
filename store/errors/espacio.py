"""What a desk's Espacio does not allow."""

from __future__ import annotations

from datetime import date

from store.calendar import long_date
from store.errors.base import Refusal
from store.text import _, clean


class EspacioRefused(Refusal):
    """Something that the desk's Espacio does not allow."""


class FreeNotDue(EspacioRefused):
    """The free Espacio is only for a desk that never had one (seed 003)."""

    def __init__(self) -> None:
        super().__init__(
            _("El Espacio gratuito es para escritorios que no han contratado un Espacio.")
        )


class AlreadyHeld(EspacioRefused):
    """The very plan and term that run now: it can be renewed, where the person says so."""

    def __init__(self) -> None:
        super().__init__(_("Ya tienes esta modalidad; puedes renovarla."))


class DoesNotFit(EspacioRefused):
    """What the Espacio holds is more than the plan allows."""


class ChangeWaits(EspacioRefused):
    """A renewal or a smaller plan was paid for already and begins on `starts_on`."""

    def __init__(self, plan: str, starts_on: date) -> None:
        super().__init__(
            _("Ya tienes {plan} programado desde el {day}.").format(
                plan=clean(plan), day=long_date(starts_on)
            )
        )
        self.starts_on = starts_on


class NoChangeWaits(EspacioRefused):
    """No renewal and no other plan waits for the end of the term, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("No hay un cambio programado."))


class OrderWaits(EspacioRefused):
    """An order of the desk's for its Espacio is not paid or not delivered yet; `order_id` is where to go."""

    def __init__(self, order_id: int, folio: str, *, is_paid: bool = False) -> None:
        words = _("Ya hay un pedido por pagar ({folio}).")
        if is_paid:
            words = _("Ya hay un pedido por entregar ({folio}).")
        super().__init__(words.format(folio=folio))
        self.order_id = order_id


class NoEspacio(EspacioRefused):
    """The desk has none."""

    def __init__(self) -> None:
        super().__init__(_("Tu escritorio no tiene un Espacio."))


class NameRefused(EspacioRefused):
    """The Espacio cannot be named so; it stands beside the choice of RFC or usuario."""

    field = "naming"


class NameTaken(NameRefused):
    """Another desk's Espacio has the name."""

    def __init__(self) -> None:
        super().__init__(_("Ese nombre ya está en uso; elige la otra opción."))


class NameGeneric(NameRefused):
    """The RFC is one of the two that many share."""

    def __init__(self) -> None:
        super().__init__(_("Un RFC genérico no puede dar nombre a un Espacio; elige el usuario."))


class NameSettled(NameRefused):
    """Only the first paid contract may rename an Espacio."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Tu Espacio ya se llama {name}; no cambia.").format(name=clean(name)))


class WrongEspacioCredentials(EspacioRefused):
    """Unknown Espacio or usuario, or wrong password: one answer for all."""

    def __init__(self) -> None:
        super().__init__(_("Espacio, usuario o contraseña incorrectos."))


class WrongCode(EspacioRefused):
    """A one-time code that is unknown, used or too old: one answer for all."""

    def __init__(self) -> None:
        super().__init__(_("El código no es válido o ya venció; pide otro en tu escritorio."))
