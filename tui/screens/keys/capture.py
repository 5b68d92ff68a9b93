"""Window 1: «Captura la Clave Prepago» (seed 000, step 2 a)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from enum import Enum

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import KeyAlreadyHere, Refusal
from store.keys.activation import CheckedKey
from store.keys.code import LENGTH
from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Refused
from tui.widgets.key_field import KeyField


class Instead(Enum):
    """The answer «Varias claves»: many are to be captured, not one."""

    MANY = "many"


class CaptureKey(Question[CheckedKey | KeyAlreadyHere | Instead]):
    """Ask for a key until one is good, is here already, or the person gives up."""

    title_words = _("Activar claves de producto - Prepago")

    BINDINGS = [
        Binding("enter", "activate", _("Activar"), id="capture.activate", tooltip=_("Revisar la clave escrita.")),
        Binding("f2,ctrl+o", "many", _("Varias claves"), id="capture.many",
                tooltip=_("Pegar o leer muchas claves a la vez.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    CaptureKey KeyField { width: 1fr; }
    """

    field = query_one(KeyField)
    count = query_one("#count", Label)
    refused = query_one(Refused)
    activate = query_one("#activate", DeskButton)

    def __init__(self, check: Callable[[str], Awaitable[CheckedKey]]) -> None:
        """Make the window.

        Args:
            check: Asks the store whether a typed key is good.
        """
        super().__init__()
        self._check_with = check

    def ask(self) -> Iterable[Widget]:
        """Give the field, what there is to say of it, and the buttons."""
        yield Label(content(_("Captura la Clave Prepago")))
        yield KeyField()
        yield Label("", id="count")
        yield Refused()
        yield Horizontal(
            DeskButton(_("Activar"), id="activate"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    def on_mount(self) -> None:
        """Say how many signs are missing from the start."""
        self._count()

    @on(KeyField.Changed)
    def _count(self) -> None:
        self.count.display = True
        self.refused.say("")
        typed = len(self.field.signs)
        self.count.update(
            content(_("Llevas {typed} de {length} caracteres.").format(typed=typed, length=LENGTH))
        )

    @on(DeskButton.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_give_up()

    @on(DeskButton.Pressed, "#activate")
    def action_activate(self) -> None:
        """Ask the store; a second Enter while that is under way does nothing."""
        if not self.activate.disabled:
            self._check(self.field.value)

    def action_many(self) -> None:
        """Go to the window for many keys."""
        self.dismiss(Instead.MANY)

    @work(group=ASKING)
    async def _check(self, typed: str) -> None:
        button = self.activate
        button.disabled = True
        try:
            self.dismiss(await self._check_with(typed))
        except KeyAlreadyHere as refusal:
            self.dismiss(refusal)
        except Refusal as refusal:
            self.forget_typed()
            self.count.display = False
            self.refused.say(refusal.sentence)
            self.field.focus()
            if len(self.field.signs) >= LENGTH:
                self.field.give_way()
        finally:
            # The window may be closed by now.
            button.disabled = False
