"""The last look at an order: what changed, the conditions, and one Enter (SPEC 6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import AlreadyPlaced, PricesChanged, Refusal
from store.legal.tables import LegalKind
from store.money import pesos
from store.orders.checkout import Checkout, PlacedOrder
from store.text import _
from tui.clean import lines
from tui.screens.question import Question
from tui.screens.tell import Tell
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Refused
from tui.widgets.sums import Sums
from tui.widgets.tick_box import TickBox

_TITLES = {
    LegalKind.ESPACIO_CONDITIONS: _("Condiciones del contrato"),
    LegalKind.PREPAID_LICENCE: _("Licencia de Uso"),
}


class PlaceOrder(Question[PlacedOrder | AlreadyPlaced]):
    """Show the order; Space accepts the conditions, Enter places it."""

    title_words = _("Hacer pedido")

    BINDINGS = [
        Binding("enter", "place", _("Hacer pedido"), id="checkout.place", tooltip=_("Hacer el pedido.")),
        Binding("v", "read", _("Ver condiciones"), id="checkout.read", tooltip=_("Leer lo que se acepta.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PlaceOrder TickBox { margin-top: 1; }
    PlaceOrder #changes { margin-top: 1; }
    """

    accepted = query_one(TickBox)
    changes = query_one("#changes", Label)
    sums = query_one(Sums)
    refused = query_one(Refused)

    def __init__(
        self,
        checkout: Checkout,
        prepare: Callable[[], Awaitable[Checkout]],
        place: Callable[[Checkout, bool], Awaitable[PlacedOrder]],
    ) -> None:
        """Make the window.

        Args:
            checkout: What is ordered, with the token that makes placing it twice one order.
            prepare: Reads it again, after a price changed.
            place: Asks the store to place it; is told whether the conditions were accepted.
        """
        super().__init__()
        self._checkout, self._prepare_with, self._place_with = checkout, prepare, place
        self._saving = False

    def ask(self) -> Iterable[Widget]:
        """Give the lines, what changed, and the box."""
        yield Sums(self._lines())
        yield Label(lines(self._changes()), id="changes")
        titles = _(" y ").join(_TITLES[text.kind] for text in self._checkout.texts)
        yield TickBox(_("Acepto: {texts} (v).").format(texts=titles))
        yield Refused()
        yield Horizontal(
            DeskButton(_("Hacer pedido"), id="place"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    def on_mount(self) -> None:
        """Begin at the box; what changed stands there only where something did."""
        self.changes.display = bool(self._checkout.changes)
        self.accepted.focus()

    def _lines(self) -> list[tuple[str, int]]:
        cart = self._checkout.cart
        services = [
            (f"{line.price.quantity} × {line.price.description}", line.price.net_centavos)
            for line in cart.lines
        ]
        return [
            *services,
            (_("Subtotal"), cart.subtotal_centavos),
            (_("Impuesto(s)"), cart.tax_centavos),
            (_("Total:"), cart.total_centavos),
        ]

    def _changes(self) -> str:
        return "\n".join(
            _("El precio de {service} cambió de {before} a {after}.").format(
                service=change.description,
                before=pesos(change.before),
                after=pesos(change.after),
            )
            for change in self._checkout.changes
        )

    @on(TickBox.Changed)
    def _take_back(self) -> None:
        self.refused.say("")

    @on(DeskButton.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_give_up()

    @on(DeskButton.Pressed, "#place")
    def action_place(self) -> None:
        """Place it; a second Enter while that is under way does nothing."""
        if not self._saving:
            self._place()

    @work(group=ASKING)
    async def _place(self) -> None:
        self._saving = True
        try:
            self.dismiss(await self._place_with(self._checkout, self.accepted.value))
        except AlreadyPlaced as refusal:
            self.dismiss(refusal)
        except PricesChanged as refusal:
            await self._show_changes(refusal)
        except Refusal as refusal:
            self.forget_typed()
            self.refused.say(refusal.sentence)
        finally:
            self._saving = False

    async def _show_changes(self, refusal: Refusal) -> None:
        """Show the new prices and ask again."""
        self.forget_typed()
        self._checkout = await self._prepare_with()
        self.sums.lines = self._lines()
        self.changes.update(lines(self._changes()))
        self.changes.display = bool(self._checkout.changes)
        self.accepted.value = False
        self.refused.say(refusal.sentence)

    def action_read(self) -> None:
        """Show what is accepted."""
        text = "\n\n".join(text.body for text in self._checkout.texts)
        self.app.push_screen(Tell(_("Condiciones"), text))
