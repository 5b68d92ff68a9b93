"""The first password has to be changed before anything else (SPEC 8; ASVS 5.0, 6.4.1)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import Mistyped, Refusal
from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Field, Refused


class ChangePassword(Question[bool]):
    """Ask for a new password, twice; true when it was taken."""

    title_words = _("Cambia tu contraseña")

    BINDINGS = [
        Binding("enter", "change", _("Cambiar"), id="password.change", tooltip=_("Usar esta contraseña.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ChangePassword Label.field--word { width: 14; }
    """

    password = query_one("#password", Field)
    repeated = query_one("#repeated", Field)
    said = query_one("#said", Refused)

    def __init__(self, change: Callable[[str, str], Awaitable[None]]) -> None:
        """Make the window.

        Args:
            change: Asks the store to take the new password.
        """
        super().__init__()
        self._change_with = change

    def ask(self) -> Iterable[Widget]:
        """Give the two fields."""
        yield Label(
            content(_("Es tu primera entrada: elige una contraseña de 8 caracteres o más."))
        )
        yield Field(_("Nueva"), password=True, longest=1024, id="password")
        yield Field(_("Otra vez"), password=True, longest=1024, id="repeated")
        yield Refused(id="said")
        yield Horizontal(
            DeskButton(_("Cambiar"), id="change"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    @on(DeskButton.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_give_up()

    @on(DeskButton.Pressed, "#change")
    def action_change(self) -> None:
        """Go on to the second field, or take what both say."""
        if self.password.input.has_focus and not self.repeated.value:
            self.repeated.input.focus()
        else:
            self._change()

    @work(group=ASKING)
    async def _change(self) -> None:
        try:
            await self._change_with(self.password.value, self.repeated.value)
        except Mistyped as refusal:
            self.forget_typed()
            self.query_one(f"#{refusal.field}", Field).refuse(refusal.sentence)
        except Refusal as refusal:
            self.forget_typed()
            self.said.say(refusal.sentence)
        else:
            self.dismiss(True)
