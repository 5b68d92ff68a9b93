"""Signing in, roles, and limits."""

from __future__ import annotations

from datetime import datetime

from store.errors.base import NotAllowed, Refusal
from store.text import _


class PasswordChangeRequired(NotAllowed):
    """The first password has to be changed before anything else."""

    def __init__(self) -> None:
        super().__init__(_("Antes de continuar, cambia tu contraseña."))


class SessionEnded(NotAllowed):
    """Somebody ended this session from another place."""

    def __init__(self) -> None:
        super().__init__(_("Tu sesión se terminó desde otro lugar."))


class SignInRefused(Refusal):
    """Nobody was let in."""


class WrongCredentials(SignInRefused):
    """Unknown usuario or wrong password: one answer for both (SPEC 1)."""

    def __init__(self) -> None:
        super().__init__(_("Usuario o contraseña incorrectos."))


class WrongPassword(SignInRefused):
    """Whoever is in did not type their password."""

    def __init__(self) -> None:
        super().__init__(_("La contraseña no es correcta."))


class WrongDoor(SignInRefused):
    """The password was right, the door was the other one; `door` names the right one."""

    def __init__(self, door: str) -> None:
        super().__init__(
            _("Tu usuario entra por «{door}»; presiona Enter para entrar.").format(door=door)
        )
        self.door = door


class TooManyAttempts(Refusal):
    """A limit was reached; `until` is the instant it ends, `hour` the same as the desk's local «18:45»."""

    def __init__(self, until: datetime, hour: str) -> None:
        super().__init__(
            _("Demasiados intentos. Vuelve a intentar a las {hour}.").format(hour=hour)
        )
        self.until = until
