"""The Espacio's own door: its login window, and setting its password with the code of the mail (SPEC 5)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget

from store.errors import Mistyped, Refusal
from store.espacio.summary import EspacioSummary
from store.text import _
from tui.screens.question import Answer, Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Field, Refused


class _Form(Question[Answer]):
    """Some fields, one of which an answer of the store may refuse."""

    BINDINGS = [
        Binding("enter", "accept", _("Aceptar"), id="form.accept", tooltip=_("Usar lo escrito.")),
    ]  # fmt: skip

    said = query_one("#said", Refused)

    def _end(self, words: str) -> Iterable[Widget]:
        yield Refused(id="said")
        yield Horizontal(
            DeskButton(words, id="accept"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    @on(DeskButton.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_give_up()

    @on(DeskButton.Pressed, "#accept")
    def action_accept(self) -> None:
        """Go on to the first empty field, or ask the store."""
        for field in self.query(Field):
            if not field.value:
                self.set_focus(field.input)
                if field is not self.query(Field).last():
                    return
        self._accept()

    @work(group=ASKING)
    async def _accept(self) -> None:
        self.said.say("")
        try:
            self.dismiss(await self._ask_store())
        except Mistyped as refusal:
            self.forget_typed()
            self.query_one(f"#{refusal.field}", Field).refuse(refusal.sentence)
        except Refusal as refusal:
            self.forget_typed()
            self.said.say(refusal.sentence)

    async def _ask_store(self) -> Answer:
        raise NotImplementedError


class EnterEspacio(_Form[EspacioSummary]):
    """Ask for the Espacio's name, usuario and password."""

    title_words = _("Entrar al Espacio")

    AUTO_FOCUS = "#password TextField"

    def __init__(
        self,
        name: str,
        username: str,
        enter: Callable[[str, str, str], Awaitable[EspacioSummary]],
    ) -> None:
        """Make the window, filled with the desk's own Espacio.

        Args:
            name: The Espacio's name.
            username: Its usuario.
            enter: Asks the store.
        """
        super().__init__()
        self._espacio, self._username, self._enter = name, username, enter

    def ask(self) -> Iterable[Widget]:
        """Give the three fields."""
        yield Field(_("Espacio"), value=self._espacio, longest=30, compact=True, id="name")
        yield Field(_("Usuario"), value=self._username, longest=30, compact=True, id="username")
        yield Field(_("Contraseña"), password=True, longest=1024, compact=True, id="password")
        yield from self._end(_("Entrar"))

    async def _ask_store(self) -> EspacioSummary:
        name, username, password = (field.value for field in self.query(Field))
        return await self._enter(name, username, password)


class SetPassword(_Form[bool]):
    """Ask for the one-time code and a new password."""

    title_words = _("Contraseña del Espacio")

    def __init__(self, change: Callable[[str, str, str], Awaitable[None]]) -> None:
        super().__init__()
        self._change = change

    def ask(self) -> Iterable[Widget]:
        """Give the three fields."""
        yield Field(_("Código"), longest=20, compact=True, after=_("del correo"), id="code")
        yield Field(_("Nueva"), password=True, longest=1024, compact=True, id="password")
        yield Field(_("Otra vez"), password=True, longest=1024, compact=True, id="repeated")
        yield from self._end(_("Guardar"))

    async def _ask_store(self) -> bool:
        code, password, repeated = (field.value for field in self.query(Field))
        await self._change(code, password, repeated)
        return True
