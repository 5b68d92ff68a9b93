"""The first page: two doors, one login (SPEC 1). Painted before the store is loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Label

from store.calendar import long_date
from store.errors import Mistyped, Refusal, WrongDoor
from store.text import _
from tui.clean import content
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Field, Refused
from tui.widgets.heading import Heading
from tui.widgets.key_bar import KeyBar
from tui.widgets.radio_mark import RadioMarks

if TYPE_CHECKING:
    from store.accounts.signing_in import SignedIn
    from store.installation.store import Store
    from tui.app import DeskApp

CUSTOMERS, DISTRIBUTORS = "Mi cuenta Aspel", "Acceso a Distribuidores"
"""The doors by the seed's words, which are also the values of `store.accounts.signing_in.Door`."""


class Login(Screen[None], inherit_bindings=False):
    """Ask who it is; hand over to the desk's first page."""

    BINDINGS = [
        Binding("enter", "sign_in", _("Iniciar sesión"), id="login.sign-in", tooltip=_("Entrar con este usuario.")),
        Binding("tab", "app.focus_next", _("Siguiente"), id="login.next", tooltip=_("Ir al campo siguiente.")),
        Binding("shift+tab", "app.focus_previous", _("Anterior"), show=False, id="login.previous",
                tooltip=_("Ir al campo anterior.")),
    ]  # fmt: skip

    AUTO_FOCUS = "#username TextField"

    DEFAULT_CSS = """
    Login { align: center middle; }
    Login > .dialog { width: 54; height: auto; padding: 0 1; }
    Login .buttons { width: 1fr; height: auto; align-horizontal: center; }
    Login #demo { width: 54; height: auto; margin-top: 1; }
    Login #demo.-none { display: none; }
    """

    heading = query_one(Heading)
    doors = query_one(RadioMarks)
    username = query_one("#username", Field)
    password = query_one("#password", Field)
    said = query_one("#said", Refused)
    button = query_one(DeskButton)

    def __init__(
        self,
        opened: Callable[[], Awaitable[Store]],
        entered: Callable[[SignedIn], Awaitable[None]],
    ) -> None:
        """Make the page.

        Args:
            opened: Waits for the store.
            entered: Takes over when somebody was let in.
        """
        super().__init__()
        self._opened, self._entered = opened, entered

    def compose(self) -> ComposeResult:
        """Draw the box of the two doors."""
        yield Heading()
        box = Vertical(
            RadioMarks(CUSTOMERS, DISTRIBUTORS, chosen=1),
            Field(_("Usuario"), longest=30, id="username"),
            Field(_("Contraseña"), password=True, longest=1024, id="password"),
            Refused(id="said"),
            Horizontal(DeskButton(_("Iniciar sesión")), classes="buttons"),
            classes="dialog",
        )
        box.border_title = content(_("Iniciar sesión"))
        yield box
        yield Label("", id="demo", classes="-none")
        yield KeyBar()

    def greet(self, store: Store) -> None:
        """Show what the store tells before anybody is in: its date, and in the demo how to get in."""
        self.heading.right = long_date(store.clock.today())
        if store.is_demo:
            from store import demo

            hint = _(
                "Demostración: {distributor} (distribuidor) o {customer} (cliente); contraseña {password}."
            ).format(distributor=demo.DISTRIBUTOR, customer=demo.CUSTOMER, password=demo.PASSWORD)
            label = self.query_one("#demo", Label)
            label.update(content(hint))
            label.remove_class("-none")

    def forget(self) -> None:
        """Empty the fields for the next person."""
        for field in (self.username, self.password):
            field.input.value = ""
        self._say("")
        self.username.input.focus()

    @on(DeskButton.Pressed)
    def action_sign_in(self) -> None:
        """Try to get in, once both fields are filled; Enter a second time while that is under way does nothing."""
        if self.username.input.has_focus and not self.password.value:
            self.password.input.focus()
        elif not self.button.disabled:
            self._sign_in()

    @work(group=ASKING)
    async def _sign_in(self) -> None:
        button = self.button
        button.disabled = True
        self._say(_("Verificando…"))
        try:
            signed_in = await self._ask_store()
            self.forget()
            await self._entered(signed_in)
        except Refusal as refusal:
            self._refuse(refusal)
        finally:
            # The desk may be closing, and the page with it.
            button.disabled = False

    def _refuse(self, refusal: Refusal) -> None:
        """Say why nobody was let in, where it belongs; keys typed ahead were meant for the desk."""
        cast("DeskApp", self.app).forget_typed()
        self._say("" if isinstance(refusal, Mistyped) else refusal.sentence)
        if isinstance(refusal, Mistyped):
            field = self.username if refusal.field == "username" else self.password
            field.refuse(refusal.sentence)
        elif isinstance(refusal, WrongDoor):
            self.doors.chosen = (CUSTOMERS, DISTRIBUTORS).index(refusal.door)
        else:
            self.password.input.value = ""

    async def _ask_store(self) -> SignedIn:
        store = await self._opened()
        from store.accounts.signing_in import Door, sign_in
        from tui.connection import key_fingerprint, origin

        door = Door((CUSTOMERS, DISTRIBUTORS)[self.doors.chosen])
        return await asyncio.to_thread(
            sign_in,
            store,
            self.username.value,
            self.password.value,
            door=door,
            origin=origin(),
            key=key_fingerprint(),
        )

    def _say(self, sentence: str) -> None:
        self.said.say(sentence)
