"""The Espacio's own door: its login window, and setting its password with the code of the mail (SPEC 5)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from textual.widget import Widget

from store.espacio.access import set_password, sign_in
from store.espacio.summary import EspacioSummary
from store.text import _
from tui.connection import origin
from tui.screens.form import Form
from tui.visit import Visit
from tui.widgets.field import Field

Enter = Callable[[str, str, str], Awaitable[EspacioSummary]]
"""Asks the store to let somebody in: name, usuario, password."""
Change = Callable[[str, str, str], Awaitable[None]]
"""Asks the store to set the password: code, password, and again."""


def entering(visit: Visit) -> Enter:
    """Give the way into any Espacio, from where the person sits."""

    async def enter(name: str, username: str, password: str) -> EspacioSummary:
        return await asyncio.to_thread(
            sign_in, visit.store, name, username, password, origin=origin()
        )

    return enter


def password_setting(visit: Visit, name: str) -> Change:
    """Give the way to set the password of an Espacio, from where the person sits."""

    async def change(code: str, password: str, repeated: str) -> None:
        await asyncio.to_thread(
            set_password, visit.store, name, code, password, repeated, origin=origin()
        )

    return change


class EnterEspacio(Form[EspacioSummary]):
    """Ask for the Espacio's name, usuario and password."""

    title_words = _("Entrar al Espacio")
    accept_words = _("Entrar")

    AUTO_FOCUS = "#password TextField"

    def __init__(self, name: str, username: str, enter: Enter) -> None:
        """Make the window, filled with the desk's own Espacio.

        Args:
            name: The Espacio's name.
            username: Its usuario.
            enter: Asks the store.
        """
        super().__init__()
        self._espacio, self._username, self._enter = name, username, enter

    def fields(self) -> Iterable[Widget]:
        """Give the three fields."""
        yield Field(_("Espacio"), value=self._espacio, longest=30, compact=True, id="name")
        yield Field(_("Usuario"), value=self._username, longest=30, compact=True, id="username")
        yield Field(_("Contraseña"), password=True, longest=1024, compact=True, id="password")

    async def submit(self) -> EspacioSummary:
        """Go in."""
        name, username, password = (field.value for field in self.query(Field))
        return await self._enter(name, username, password)


class SetPassword(Form[bool]):
    """Ask for the one-time code and a new password."""

    title_words = _("Contraseña del Espacio")
    accept_words = _("Guardar")

    def __init__(self, change: Change) -> None:
        super().__init__()
        self._change = change

    def fields(self) -> Iterable[Widget]:
        """Give the three fields."""
        yield Field(_("Código"), longest=20, compact=True, after=_("del correo"), id="code")
        yield Field(_("Nueva"), password=True, longest=1024, compact=True, id="password")
        yield Field(_("Otra vez"), password=True, longest=1024, compact=True, id="repeated")

    async def submit(self) -> bool:
        """Set it."""
        code, password, repeated = (field.value for field in self.query(Field))
        await self._change(code, password, repeated)
        return True
