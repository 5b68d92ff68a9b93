"""The plan picker: «Actualizar @spacio Aspel» (seed 003, figure 3; SCREENS)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label, Static

from store.errors import Refusal
from store.espacio.naming import NameOption
from store.espacio.offers import Offer
from store.espacio.plans import PlanRow, TermRow
from store.espacio.tables import Naming
from store.text import _
from tui.clean import content
from tui.screens.espacio.words import said_of_change
from tui.screens.question import Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Refused
from tui.widgets.radio_mark import CHOSEN, OTHER, RadioMarks
from tui.widgets.sums import Sums


@dataclass(frozen=True)
class Choice:
    """A plan for a term, and what the Espacio is named after."""

    plan: str
    term: str
    naming: Naming


@dataclass(frozen=True)
class Shelf:
    """What there is to choose from."""

    plans: Sequence[PlanRow]
    terms: Sequence[TermRow]
    names: Sequence[NameOption]
    now: str
    """What the desk has today: «1G gratuito · 1 Usuario»."""


class PickPlan(Question[Choice]):
    """Ask for a plan, a term and a name; the quote follows each move."""

    BINDINGS = [
        Binding("up", "plan(-1)", _("Modalidad"), show=False, id="picker.up", tooltip=_("La modalidad de arriba.")),
        Binding("down", "plan(1)", _("Modalidad"), key_display="↑↓", id="picker.down",
                tooltip=_("La modalidad de abajo.")),
        Binding("left", "term(-1)", _("Plan"), show=False, id="picker.left", tooltip=_("El plan anterior.")),
        Binding("right", "term(1)", _("Plan"), key_display="←→", id="picker.right", tooltip=_("El plan siguiente.")),
        Binding("n", "name", _("Nombre"), id="picker.name", tooltip=_("Cambiar entre RFC y usuario.")),
        Binding("enter", "add", _("Agregar al carrito"), id="picker.add", tooltip=_("Poner el plan en el carrito.")),
    ]  # fmt: skip

    # The arrows are the picker's: nothing in it takes them away.
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    PickPlan > .dialog { width: 80; }
    PickPlan .columns { height: auto; min-height: 7; margin-top: 1; }
    PickPlan #plans { width: 32; }
    PickPlan.-custody #plans { width: 39; }
    PickPlan #terms { width: 15; }
    PickPlan #quote { width: 1fr; }
    PickPlan .columns > Vertical { height: auto; }
    PickPlan .name { height: 1; margin-top: 1; }
    PickPlan #preview { width: 1fr; padding-left: 2; }
    """

    plans = query_one("#plans", Static)
    terms = query_one("#terms", Static)
    quote = query_one(Sums)
    marks = query_one(RadioMarks)
    preview = query_one("#preview", Label)
    change = query_one("#change", Label)
    refused = query_one(Refused)
    button = query_one(DeskButton)

    def __init__(
        self,
        shelf: Shelf,
        offer: Callable[[str, str], Awaitable[Offer]],
        add: Callable[[Choice], Awaitable[object]],
        *,
        title: str,
    ) -> None:
        """Make the picker.

        Args:
            shelf: What there is to choose from.
            offer: Asks the store for a quote.
            add: Asks the store to put the choice into the cart.
            title: What the vendor calls it.
        """
        super().__init__()
        self.title_words = title
        self._shelf, self._offer_for, self._add_with = shelf, offer, add
        self._plan = self._term = 0

    def ask(self) -> Iterable[Widget]:
        """Give plans, terms and quote side by side, and the name below them."""
        yield Label(content(_("Hoy: {now}").format(now=self._shelf.now)))
        yield Label(content(_("Selecciona el plan al que deseas actualizar:")))
        yield Horizontal(
            Static(id="plans"), Static(id="terms"), Vertical(Sums(id="quote")), classes="columns"
        )
        yield Horizontal(
            Label(content(_("Nombre del @spacio  "))),
            RadioMarks(_("RFC"), _("Usuario")),
            Label("", id="preview"),
            classes="name",
        )
        yield Label("", id="change")
        yield Refused()
        yield Horizontal(DeskButton(_("AGREGAR AL CARRITO")), classes="buttons")

    def on_mount(self) -> None:
        """Show the first plan for the shortest term, under the first name that can be had."""
        self.set_class(self._tells_custody, "-custody")
        usable = [place for place, name in enumerate(self._shelf.names) if name.refusal is None]
        self.marks.chosen = usable[0] if usable else 0
        self._redraw()

    @property
    def _tells_custody(self) -> bool:
        """Whether the desk has Sellado CFDI (SPEC 5)."""
        return any(plan.custody for plan in self._shelf.plans)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(
            self._shelf.plans[self._plan].code,
            self._shelf.terms[self._term].code,
            self._shelf.names[self.marks.chosen].naming,
        )

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the marked plan stands on the screen, below the headings."""
        return self.plans.content_region.offset + Offset(0, 1 + self._plan)

    def action_plan(self, step: int) -> None:
        """Move among the plans."""
        self._plan = max(0, min(self._plan + step, len(self._shelf.plans) - 1))
        self._redraw()

    def action_term(self, step: int) -> None:
        """Move among the terms."""
        self._term = max(0, min(self._term + step, len(self._shelf.terms) - 1))
        self._redraw()

    def action_name(self) -> None:
        """Take the other name."""
        self.marks.action_move(1)

    @on(RadioMarks.Changed)
    def _redraw(self) -> None:
        self.plans.update(Content("\n".join(self._plan_lines())))
        self.terms.update(Content("\n".join(self._term_lines())))
        name = self._shelf.names[self.marks.chosen]
        self.preview.update(content(f"→ {name.name}" if name.name else ""))
        self._requote()

    def _plan_lines(self) -> Iterable[str]:
        yield _("  Modalidad Usuarios   Almacen.") + (_(" CFDI") if self._tells_custody else "")
        for place, plan in enumerate(self._shelf.plans):
            mark = ">" if place == self._plan else " "
            users = plan.users.removesuffix(_(" Usuarios")).removeprefix(_("Usuarios "))
            yield f"{mark} {plan.modality:9} {users:10} {plan.storage:8} {plan.custody or ''}".rstrip()

    def _term_lines(self) -> Iterable[str]:
        yield _("Plan")
        for place, term in enumerate(self._shelf.terms):
            yield (CHOSEN if place == self._term else OTHER) + term.label

    @work(exclusive=True, group="quote")
    async def _requote(self) -> None:
        """Ask for the price of what is chosen; the newest choice wins."""
        choice = self.choice
        refusal = self._shelf.names[self.marks.chosen].refusal or ""
        try:
            offer = await self._offer_for(choice.plan, choice.term)
        except Refusal as error:
            self.quote.lines = ()
            self.change.update("")
            refusal = error.sentence
        else:
            self.change.update(content(said_of_change(offer)))
            self.quote.lines = [(line.words, line.centavos) for line in offer.quote.lines]
        self.refused.say(refusal)

    @on(DeskButton.Pressed)
    def action_add(self) -> None:
        """Put the choice into the cart; a second Enter while that is under way does nothing."""
        if not self.button.disabled:
            self._add()

    @work(group=ASKING)
    async def _add(self) -> None:
        self.button.disabled = True
        try:
            choice = self.choice
            await self._add_with(choice)
            self.dismiss(choice)
        except Refusal as refusal:
            self.forget_typed()
            self.refused.say(refusal.sentence)
        finally:
            self.button.disabled = False
