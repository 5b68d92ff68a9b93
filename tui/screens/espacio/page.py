"""The section Espacio: what the desk has, the modalities, and the way to more (seed 003; SPEC 5)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from sqlmodel import Session
from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Person, Power, may
from store.calendar import long_date
from store.errors import AlreadyHeld, Refusal
from store.espacio.access import set_password, sign_in
from store.espacio.codes import IssuedCode
from store.espacio.free import Activated, activate_free, is_due
from store.espacio.handing import hand_over_code, send_code
from store.espacio.naming import NameOption, preview_names
from store.espacio.offers import Offer, list_combinations, quote_for
from store.espacio.plans import PlanRow, TermRow, list_plans, list_terms
from store.espacio.summary import EspacioSummary, summary_of
from store.orders.cart import put_espacio
from store.orders.cart_view import CartView
from store.text import _, ngettext
from tui.clean import content
from tui.menu import ESPACIO, SHOP
from tui.screens.espacio.access import EnterEspacio, SetPassword
from tui.screens.espacio.combinations import Combinations
from tui.screens.espacio.picker import Choice, PickPlan, Shelf
from tui.screens.page import Page
from tui.screens.tell import Tell
from tui.terminal import origin
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


_NEED_ONE = ("enter", "set_password", "send_code", "hand_over")
"""What there has to be an Espacio for."""


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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what the person may not do, and what needs an Espacio."""
        if action in ("upgrade", "send_code") and not may(self.visit.person, Power.CONTRACT):
            return None
        if action == "hand_over" and not may(self.visit.person, Power.HAND_OVER):
            return None
        if action in _NEED_ONE and self._summary is None:
            return None
        return True

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

        def activate(session: Session, person: Person) -> Activated:
            return activate_free(session, store.clock, store.pepper, person, store.words)

        try:
            activated = await self.visit.do(activate)
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
            shelf = await self._shelf()
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        window = PickPlan(shelf, self._offer, self._add, title=self.visit.store.words.upgrade_title)
        if await self.app.push_screen_wait(window) is not None:
            self.desk.open_page(SHOP)

    async def _shelf(self) -> Shelf:
        today = self.visit.store.clock.today()
        plans: Sequence[PlanRow] = await self.visit.look(list_plans, today)
        terms: Sequence[TermRow] = await self.visit.look(list_terms)
        names: Sequence[NameOption] = await self.visit.look(preview_names)
        for_sale = [plan for plan in plans if not plan.is_free]
        return Shelf(for_sale, terms, names, said_of_today(self._summary))

    async def _offer(self, plan: str, term: str) -> Offer:
        clock = self.visit.store.clock
        try:
            return await self.visit.look(quote_for, plan, term, clock)
        except AlreadyHeld:
            # The picker says that it renews, and Enter means it.
            return await self.visit.look(quote_for, plan, term, clock, renewing=True)

    async def _add(self, choice: Choice) -> CartView:
        offer = await self._offer(choice.plan, choice.term)
        renewing = offer.change.value == "renewal"
        return await self.visit.do(
            put_espacio,
            choice.plan,
            choice.term,
            choice.naming,
            self.visit.store.clock,
            renewing=renewing,
        )

    @work(group=ASKING)
    async def action_compare(self) -> None:
        """Show all combinations."""
        combinations = await self.visit.look(list_combinations, self.visit.store.clock)
        await self.app.push_screen_wait(Combinations(combinations))

    @work(group=ASKING)
    async def action_enter(self) -> None:
        """Ask for the Espacio's own password, and show what is inside."""
        summary = self._summary
        if summary is None:
            return

        async def enter(name: str, username: str, password: str) -> EspacioSummary:
            return await asyncio.to_thread(
                sign_in, self.visit.store, name, username, password, origin=origin()
            )

        window = EnterEspacio(summary.name, summary.username, enter)
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

        async def change(code: str, password: str, repeated: str) -> None:
            await asyncio.to_thread(
                set_password,
                self.visit.store,
                summary.name,
                code,
                password,
                repeated,
                origin=origin(),
            )

        if await self.app.push_screen_wait(SetPassword(change)):
            await self._read()
            self.say(_("La contraseña de tu Espacio quedó guardada."))

    @work(group=ASKING)
    async def action_send_code(self) -> None:
        """Mail another code."""
        store = self.visit.store

        def send(session: Session, person: Person) -> None:
            send_code(session, store.clock, store.pepper, person, store.words)

        try:
            await self.visit.do(send)
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            self.say(_("Te enviamos otro código por correo."))

    @work(group=ASKING)
    async def action_hand_over(self) -> None:
        """Show soporte a code to hand over in person, where there is no mail (SPEC 7)."""
        store, desk_id = self.visit.store, self.visit.person.desk_id

        def make(session: Session, person: Person) -> IssuedCode:
            return hand_over_code(session, store.clock, store.pepper, person, desk_id or 0)

        try:
            issued = await self.visit.do(make)
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        words = _(
            "Código: {code}\n\nVale una vez, hasta el {moment}. Entrégalo en persona."
        ).format(code=issued.code.grouped(), moment=store.clock.moment_of(issued.expires_at))
        await self.app.push_screen_wait(Tell(_("Código del Espacio"), words))


def said_of_today(summary: EspacioSummary | None) -> str:
    """Write what the desk has in one line: «1G gratuito · 1 Usuario · https://espacio…»."""
    if summary is None:
        return _("sin Espacio")
    return f"{summary.plan.modality} · {summary.plan.users} · {summary.address}"


def said_of_espacio(summary: EspacioSummary | None) -> Sequence[tuple[str, str]]:
    """Write what an Espacio is and has."""
    if summary is None:
        return ((_("Modalidad"), _("Tu escritorio todavía no tiene un Espacio.")),)
    return tuple(_pairs(summary))


def _pairs(summary: EspacioSummary) -> Iterable[tuple[str, str]]:
    plan = summary.plan
    yield _("Modalidad"), f"{plan.modality} · {summary.state_words}"
    yield _("Dirección"), summary.address
    yield _("Usuario"), summary.username
    yield _("Usuarios"), _("{n} en uso · {most}").format(n=summary.users_in_use, most=plan.users)
    yield (
        _("Almacenamiento"),
        _("{n:,} MB en uso de {most}").format(n=summary.storage_in_use_mb, most=plan.storage),
    )
    if plan.custody:
        yield _("Resguardo CFDI"), plan.custody
    yield _("Vigencia"), said_of_days(summary)
    if summary.scheduled is not None:
        yield (
            _("Después"),
            _("{plan} desde el {day}").format(
                plan=summary.scheduled.plan.modality, day=long_date(summary.scheduled.starts_on)
            ),
        )


def said_of_days(summary: EspacioSummary) -> str:
    """Write from when to when, and how many days are left; the free one has no end."""
    since = _("desde el {day}").format(day=long_date(summary.starts_on))
    if summary.ends_on is None or summary.days_left is None:
        return _("{since}, sin fecha final").format(since=since)
    left = ngettext("{n} día", "{n} días", max(summary.days_left, 0)).format(
        n=max(summary.days_left, 0)
    )
    return _("{since} hasta el {day} · quedan {left}").format(
        since=since, day=long_date(summary.ends_on), left=left
    )
