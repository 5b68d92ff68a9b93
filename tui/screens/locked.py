"""The lock: nothing of the desk shows, and nothing of it works, until its own person types their password."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Label

from store.errors import Refusal
from store.text import _
from tui.clean import content
from tui.screens.window import Window
from tui.type_ahead import ASKING
from tui.widgets.field import Field, Refused
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tui.app import DeskApp


class Locked(Window[None]):
    """Covers the desk, which stays below as it was left."""

    BINDINGS = [
        Binding("enter", "unlock", _("Continuar"), id="locked.unlock",
                tooltip=_("Seguir donde se quedó, con la contraseña de quien está dentro.")),
        Binding("question_mark,f1", "app.help", _("Ayuda"), id="locked.help", tooltip=_("Las teclas de aquí.")),
        Binding("f10,ctrl+d", "app.leave", _("Salir"), id="locked.leave",
                tooltip=_("Terminar la sesión; lo que no se guardó se descarta.")),
        Binding("ctrl+l", "app.redraw", _("Repintar"), show=False, id="locked.redraw",
                tooltip=_("Dibujar de nuevo la pantalla.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Locked { align: center middle; background: $background; }
    Locked > .dialog { width: 66; height: auto; padding: 0 1; }
    Locked > .dialog > Label { width: 1fr; }
    """

    password = query_one(Field)
    said = query_one("#said", Refused)

    def __init__(self, username: str, check: Callable[[str], Awaitable[None]]) -> None:
        """Make the cover.

        Args:
            username: Who is in.
            check: Asks the store whether a password is theirs.
        """
        super().__init__()
        self._username, self._check = username, check

    def compose(self) -> ComposeResult:
        """Say who may go on, and ask for the password."""
        words = _("{username} está dentro. Escribe su contraseña para seguir, o sal con F10.")
        box = Vertical(
            Label(content(words.format(username=self._username))),
            Field(_("Contraseña"), password=True, longest=1024, id="password"),
            Refused(id="said"),
            classes="dialog",
        )
        box.border_title = content(_("Sesión bloqueada"))
        yield box
        yield KeyBar()

    @work(group=ASKING)
    async def action_unlock(self) -> None:
        """Ask the store; whatever was typed meanwhile was not meant for what is behind."""
        typed, self.password.input.value = self.password.value, ""
        self.said.say("")
        try:
            await self._check(typed)
        except Refusal as refusal:
            self.said.say(refusal.sentence)
        else:
            self.dismiss()
        finally:
            cast("DeskApp", self.app).forget_typed()
