"""Window 2: what the key holds, the licence, and the confirmation (seed 000, step 2 b)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from enum import Enum

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.events import Key
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import KeyAlreadyHere, KeyUnavailable, LicenceNotAccepted, Refusal
from store.keys.activation import CheckedKey, ConfirmedKey
from store.keys.words import stamps
from store.text import _
from tui.clean import content
from tui.screens.keys.licence import LicenceLine, ReadLicence
from tui.screens.question import Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Refused
from tui.widgets.tick_box import TickBox


class Another(Enum):
    """The answer «Activar otra Clave»: this key is dropped unconfirmed."""

    KEY = "another"


class ConfirmKey(Question[ConfirmedKey | KeyAlreadyHere | Another]):
    """Space ticks the licence, Enter confirms."""

    title_words = _("Activar claves de producto - Prepago")

    BINDINGS = [
        Binding("enter", "confirm", _("Confirmar"), id="confirm.confirm",
                tooltip=_("Confirmar la clave en este escritorio.")),
        Binding("v", "read_licence", _("Ver Licencia"), id="confirm.licence",
                tooltip=_("Leer la Licencia de Uso.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ConfirmKey LicenceLine { margin-top: 1; }
    """

    verdict = query_one("#verdict", Label)
    accepted = query_one(TickBox)
    refused = query_one(Refused)
    another = query_one("#another", DeskButton)

    def __init__(
        self, checked: CheckedKey, confirm: Callable[[bool], Awaitable[ConfirmedKey]]
    ) -> None:
        """Make the window.

        Args:
            checked: The key that was good a moment ago.
            confirm: Asks the store to confirm it; is told whether the licence was accepted.
        """
        super().__init__()
        self._checked, self._confirm_with = checked, confirm
        self._saving = self._is_lost = False

    def ask(self) -> Iterable[Widget]:
        """Give the verdict, the licence box and the buttons."""
        verdict = _("Clave {key} válida (incluye {units})").format(
            key=self._checked.code.grouped(), units=stamps(self._checked.units)
        )
        yield Label(content(verdict), id="verdict")
        yield LicenceLine()
        yield Refused()
        yield Horizontal(
            DeskButton(_("Confirmar"), id="confirm"),
            DeskButton(_("Activar otra Clave"), id="another"),
            classes="buttons",
        )

    @on(TickBox.Changed)
    def _take_back(self) -> None:
        self.refused.say("")

    def on_key(self, event: Key) -> None:
        """Take no key that is read or typed here for a yes: the spaces in it would tick the box, its Enter confirm."""
        if (event.character or "").isalnum() and event.key not in self._bindings.key_to_bindings:
            self.forget_typed()
            with self.prevent(TickBox.Changed):
                self.accepted.value = False
            self.refused.say(_("Aquí no se captura otra clave: antes confirma o deja esta."))

    @on(DeskButton.Pressed, "#another")
    def _drop(self) -> None:
        if not self._saving:
            self.dismiss(Another.KEY)

    @on(DeskButton.Pressed, "#confirm")
    def action_confirm(self) -> None:
        """Confirm; a second Enter while that is under way does nothing."""
        if not self.accepted.value:
            self.forget_typed()
            self.refused.say(LicenceNotAccepted().sentence)
            self.accepted.focus()
        elif not self._saving and not self._is_lost:
            self._confirm()

    @work(group=ASKING)
    async def _confirm(self) -> None:
        self._saving = True
        try:
            self.dismiss(await self._confirm_with(self.accepted.value))
        except KeyAlreadyHere as refusal:
            self.dismiss(refusal)
        except KeyUnavailable as refusal:
            self._lose(refusal)
        except Refusal as refusal:
            self._refuse(refusal)
        finally:
            self._saving = False

    def _lose(self, refusal: KeyUnavailable) -> None:
        """Say the refusal in place of «válida», which is true no more; asking again would only be another guess."""
        self._is_lost = True
        self.forget_typed()
        self.verdict.update(content(refusal.sentence))
        self.verdict.add_class("refusal")
        self.refused.say("")
        self.set_focus(self.another)

    def _refuse(self, refusal: Refusal) -> None:
        self.forget_typed()
        self.refused.say(refusal.sentence)

    def action_give_up(self) -> None:
        """Drop the key, unless it is being confirmed at this moment."""
        if not self._saving:
            super().action_give_up()

    def action_read_licence(self) -> None:
        """Show the text that is accepted."""
        self.app.push_screen(ReadLicence(self._checked.licence))
