"""The section Espacio: what the desk has, the modalities, and the way to more (seed 003; SPEC 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Power, may
from store.errors import Refusal
from store.espacio.free import activate_free, is_due
from store.espacio.handing import hand_over_code, send_code
from store.espacio.offers import list_combinations
from store.espacio.plans import PlanRow, list_plans
from store.espacio.removing import removal_of, remove_change
from store.espacio.summary import EspacioSummary, summary_of
from store.money import pesos
from store.text import _
from tui.clean import content
from tui.menu import ESPACIO, SHOP
from tui.screens.espacio.access import EnterEspacio, SetPassword, entering, password_setting
from tui.screens.espacio.choosing import offer_of, put_into_cart, shelf_of
from tui.screens.espacio.combinations import Combinations
from tui.screens.espacio.picker import PickPlan
from tui.screens.espacio.words import asked_of, said_of_espacio
from tui.screens.greyed import Parameters, unless
from tui.screens.page import Page
from tui.screens.tell import Tell
from tui.screens.yes_or_no import YesOrNo
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.facts import Facts
from tui.widgets.grid import Grid, GridColumn, GridRow, Lines

_COLUMNS = (
    GridColumn(_("Modalidad Contratada"), 21),
    GridColumn(_("No. Usuarios permitidos"), 22, short=_("Usuarios permitidos")),
    GridColumn(_("Capacidad de Almacenamiento"), 15, short=_("Almacenamiento")),
)
_CUSTODY = GridColumn(_("Vigencia de resguardo CFDI"), 14, short=_("Resguardo CFDI"))


class EspacioPage(Page):
    """What the desk has of Espacio, and what it may have."""

    entry_id = ESPACIO

    BINDINGS = [
        Binding("u", "upgrade", _("Actualizar"), id="espacio.upgrade",
                tooltip=_("Actualizar la modalidad de tu Espacio.")),
        Binding("t", "compare", _("Comparar"), id="espacio.compare",
                tooltip=_("Ver todas las modalidades y planes con su precio.")),
        Binding("e", "enter", _("Entrar"), id="espacio.enter",
                tooltip=_("Entrar a tu Espacio con su propia contraseña.")),
        Binding("k", "set_password", _("Contraseña"), id="espacio.password",
                tooltip=_("Poner la contraseña del Espacio con el código del correo.")),
        Binding("q", "remove_change", _("Quitar cambio"), show=False, id="espacio.remove-change",
                tooltip=_("Quitar el cambio programado; lo pagado queda como saldo a favor.")),
        Binding("s", "send_code", _("Pedir código"), show=False, id="espacio.code",
                tooltip=_("Recibir otro código por correo.")),
        Binding("h", "hand_over", _("Entregar código"), show=False, id="espacio.hand-over",
                tooltip=_("Para soporte: un código que se entrega en persona.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    EspacioPage #name { text-style: bold; padding: 0 1; }
    EspacioPage Grid { height: 7; margin-top: 1; }
    EspacioPage .buttons { height: 2; margin-top: 1; }
    """

    facts = query_one(Facts)
    grid = query_one(Grid)
    banner = query_one("#banner", DeskButton)
    upgrade = query_one("#upgrade", DeskButton)

    _summary: EspacioSummary | None = None

    def body(self) -> Iterable[Widget]:
        """Give what the desk has, the table, and the two buttons."""
        words = self.visit.store.words
        yield Label(content(words.espacio_title), id="name")
        yield Facts()
        yield Grid(_COLUMNS, empty="")
        yield Vertical(
            DeskButton(words.free_banner, id="banner"),
            DeskButton(words.upgrade_button, id="upgrade"),
            classes="buttons",
        )

    def on_mount(self) -> None:
        """Read the desk's Espacio; the banner shows only where it is due."""
        self.banner.display = False
        self._load()

    def focus_body(self) -> None:
        """Give the keys to the banner where it is due, else to the other button."""
        (self.banner if self.banner.display else self.upgrade).focus()

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say what the person may not do, and what needs an Espacio or a change that waits."""
        summary = self._summary
        none = unless(summary is not None, _("El escritorio todavía no tiene un Espacio."))
        waits = summary is not None and summary.scheduled is not None
        return {
            "upgrade": self.lacks(Power.CONTRACT),
            "enter": none,
            "set_password": none,
            "send_code": self.lacks(Power.CONTRACT) or none,
            "hand_over": self.lacks(Power.HAND_OVER) or none,
            "remove_change": self.lacks(Power.REMOVE_CHANGE)
            or unless(waits, _("No hay un cambio programado.")),
        }.get(action, "")

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        await self._read()
        self.focus_body()

    async def _read(self) -> None:
        store = self.visit.store
        self._summary = await self.visit.look(summary_of, store.clock, store.words)
        plans = await self.visit.look(list_plans, store.clock.today())
        due = await self.visit.look(is_due)
        self.banner.display = due and may(self.visit.person, Power.CONTRACT)
        self.facts.pairs = said_of_espacio(self._summary)
        self._show_plans(plans)
        self.refresh_bindings()

    def _show_plans(self, plans: Sequence[PlanRow]) -> None:
        """Show the seed's table; custody only where the desk has Sellado CFDI."""
        custody = any(plan.custody for plan in plans)
        columns = (*_COLUMNS, _CUSTODY) if custody else _COLUMNS
        rows = [
            GridRow(
                (
                    plan.modality,
                    plan.users,
                    plan.storage,
                    *([plan.custody or ""] if custody else []),
                )
            )
            for plan in plans
        ]
        self.grid.show(Lines(rows), columns)

    @on(DeskButton.Pressed, "#banner")
    @work(group=ASKING)
    async def _activate(self) -> None:
        """Activate the free gigabyte, and say where it is."""
        store = self.visit.store
        try:
            activated = await self.visit.do(activate_free, store)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        await self._read()
        self.focus_body()
        words = _(
            "El servicio se activó de forma correcta.\n\n"
            "Tu Espacio:       {address}\n"
            "Almacenamiento:   {storage}\n\n"
            "Te enviamos un correo con el código para poner su contraseña."
        ).format(address=activated.address, storage=activated.plan.storage)
        await self.app.push_screen_wait(Tell(store.words.espacio_title, words))

    @on(DeskButton.Pressed, "#upgrade")
    @work(group=ASKING)
    async def action_upgrade(self) -> None:
        """Ask for a plan, and go to the cart with it."""
        try:
            shelf = await shelf_of(self.visit, self._summary)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        offer, add = partial(offer_of, self.visit), partial(put_into_cart, self.visit)
        window = PickPlan(shelf, offer, add, title=self.visit.store.words.upgrade_title)
        if await self.app.push_screen_wait(window) is not None:
            self.desk.open_page(SHOP)

    @work(group=ASKING)
    async def action_remove_change(self) -> None:
        """Take back what waits for the end of the term, after a yes that knows the amount."""
        store = self.visit.store
        try:
            removal = await self.visit.look(removal_of, store.clock)
            if not await self.app.push_screen_wait(YesOrNo(*asked_of(removal))):
                return
            removal = await self.visit.do(remove_change, store)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        await self._read()
        self.say(
            _("Cambio quitado: {amount} quedan como saldo a favor.").format(
                amount=pesos(removal.centavos)
            )
        )

    @work(group=ASKING)
    async def action_compare(self) -> None:
        """Show all combinations."""
        combinations = await self.visit.look(list_combinations, self.visit.store.clock)
        await self.app.push_screen_wait(
            Combinations(combinations, with_source=self.visit.person.staff_role is not None)
        )

    @work(group=ASKING)
    async def action_enter(self) -> None:
        """Ask for the Espacio's own password, and show what is inside."""
        summary = self._summary
        if summary is None:
            return
        self.say("")
        window = EnterEspacio(summary.name, summary.username, entering(self.visit))
        inside = await self.app.push_screen_wait(window)
        if inside is not None:
            lines = "\n".join(f"{word:18}{value}" for word, value in said_of_espacio(inside))
            await self.app.push_screen_wait(Tell(inside.address, lines))

    @work(group=ASKING)
    async def action_set_password(self) -> None:
        """Ask for the code of the mail and a new password."""
        summary = self._summary
        if summary is None:
            return
        self.say("")
        if await self.app.push_screen_wait(SetPassword(password_setting(self.visit, summary.name))):
            await self._read()
            self.say(_("La contraseña de tu Espacio quedó guardada."))

    @work(group=ASKING)
    async def action_send_code(self) -> None:
        """Mail another code."""
        try:
            await self.visit.do(send_code, self.visit.store)
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            self.say(_("Te enviamos otro código por correo."))

    @work(group=ASKING)
    async def action_hand_over(self) -> None:
        """Show soporte a code to hand over in person, where there is no mail (SPEC 7)."""
        store = self.visit.store
        try:
            issued = await self.visit.do(hand_over_code, store)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        words = _(
            "Código: {code}\n\nVale una vez, hasta el {moment}. Entrégalo en persona."
        ).format(code=issued.code.grouped(), moment=store.clock.moment_of(issued.expires_at))
        await self.app.push_screen_wait(Tell(_("Código del Espacio"), words))
