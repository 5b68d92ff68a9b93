"""The first password has to be changed before anything else (SPEC 8; ASVS 5.0, 6.4.1)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual.widget import Widget
from textual.widgets import Label

from store.text import _
from tui.clean import content
from tui.screens.form import Form
from tui.widgets.field import Field


class ChangePassword(Form[bool]):
    """Ask for a new password, twice; true when it was taken."""

    title_words = _("Cambia tu contraseña")
    accept_words = _("Cambiar")

    DEFAULT_CSS = """
    ChangePassword Label.field--word { width: 14; }
    """

    def __init__(self, change: Callable[[str, str], Awaitable[None]]) -> None:
        """Make the window.

        Args:
            change: Asks the store to take the new password.
        """
        super().__init__()
        self._change = change

    def fields(self) -> Iterable[Widget]:
        """Give the two fields."""
        yield Label(
            content(_("Es tu primera entrada: elige una contraseña de 8 caracteres o más."))
        )
        yield Field(_("Nueva"), password=True, longest=1024, id="password")
        yield Field(_("Otra vez"), password=True, longest=1024, id="repeated")

    async def submit(self) -> bool:
        """Set it."""
        password, repeated = (field.value for field in self.query(Field))
        await self._change(password, repeated)
        return True
