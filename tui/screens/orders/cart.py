"""«Comprar ahora»: the cart of the desk, and the way to an order (SPEC 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual import work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Power
from store.catalogue.prices import packages_for_sale
from store.errors import AlreadyPlaced, Refusal
from store.money import percent, pesos
from store.orders.cart import cart_of, put_stamps, remove_line, set_quantity
from store.orders.cart_view import CartLine, CartView
from store.orders.checkout import Checkout, PlacedOrder, place, prepare
from store.text import _
from tui.clean import content
from tui.menu import ORDERS, SHOP
from tui.screens.ask_text import AskText
from tui.screens.greyed import Parameters, unless
from tui.screens.orders.checkout import PlaceOrder
from tui.screens.orders.packages import PickPackage
from tui.screens.page import Page
from tui.type_ahead import ASKING
from tui.widgets.grid import Grid, GridColumn, GridRow, Lines
from tui.widgets.sums import Sums

_COLUMNS = (
    GridColumn(_("Servicio"), 36),
    GridColumn(_("Cant."), 5, align_right=True),
    GridColumn(_("Precio"), 12, align_right=True),
    GridColumn(_("Importe"), 13, align_right=True),
)
_CONTRACT = ("stamps", "quantity", "remove", "place")


class CartPage(Page):
    """The lines of the cart at today's prices, and their sum."""

    entry_id = SHOP

    BINDINGS = [
        Binding("a", "stamps", _("Timbres"), id="cart.stamps", tooltip=_("Agregar un paquete de timbres.")),
        Binding("c", "quantity", _("Cantidad"), id="cart.quantity", tooltip=_("Cambiar cuántos son.")),
        Binding("q,delete", "remove", _("Quitar"), id="cart.remove", tooltip=_("Quitar la línea del carrito.")),
        Binding("e", "place", _("Hacer pedido"), id="cart.place",
                tooltip=_("Aceptar las condiciones y hacer el pedido.")),
        Binding("p", "orders", _("Mis pedidos"), id="cart.orders", tooltip=_("Ver los pedidos hechos.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    CartPage #name { text-style: bold; padding: 0 1; }
    CartPage Grid { max-width: 80; }
    CartPage Sums { width: 46; margin: 1 1 0 33; }
    """

    grid = query_one(Grid)
    sums = query_one(Sums)

    _cart: CartView | None = None

    def body(self) -> Iterable[Widget]:
        """Give the lines and the sum."""
        yield Label(content(_("Carrito")), id="name")
        yield Grid(
            _COLUMNS,
            empty=_("El carrito está vacío. «a» agrega timbres; el Espacio, en su página."),
        )
        yield Sums()

    def on_mount(self) -> None:
        """Read the cart."""
        self.focus_body()
        self._load()

    def focus_body(self) -> None:
        """Give the keys to the lines."""
        self.grid.focus()

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say what the person may not do, and what an empty cart has no use for."""
        lacks = self.lacks(Power.CONTRACT) if action in _CONTRACT else ""
        if lacks or action not in ("quantity", "remove", "place"):
            return lacks
        has_lines = self._cart is not None and bool(self._cart.lines)
        return unless(has_lines, _("El carrito está vacío."))

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            self._show(await self.visit.look(cart_of, self.visit.store.clock))
        except Refusal as refusal:
            self.say(refusal.sentence)

    def _show(self, cart: CartView) -> None:
        self._cart = cart
        self.grid.show(
            Lines([_row(line) for line in cart.lines]), _COLUMNS, cursor=self.grid.cursor
        )
        self.sums.lines = list(_sums(cart)) if cart.lines else ()
        problem = next((line.price.problem for line in cart.lines if line.price.problem), "")
        self.say(problem)
        self.count_cart()
        self.refresh_bindings()

    def _line(self) -> CartLine | None:
        lines = self._cart.lines if self._cart is not None else ()
        return lines[self.grid.cursor] if self.grid.cursor < len(lines) else None

    @work(group=ASKING)
    async def action_stamps(self) -> None:
        """Ask which package, and put one into the cart."""
        packages = await self.visit.look(packages_for_sale, self.visit.store.clock.today())
        code = await self.app.push_screen_wait(PickPackage(packages))
        if code is not None:
            await self._change(put_stamps, code, 1, self.visit.store.clock)

    @work(group=ASKING)
    async def action_quantity(self) -> None:
        """Ask how many."""
        line = self._line()
        if line is None:
            return
        window = AskText(
            _("Cantidad"), line.price.description, _("Cuántos"), partial(self._set_quantity, line)
        )
        cart = await self.app.push_screen_wait(window)
        if isinstance(cart, CartView):
            self._show(cart)

    async def _set_quantity(self, line: CartLine, typed: str) -> CartView:
        return await self.visit.do(
            set_quantity, line.item_id, _number(typed), self.visit.store.clock
        )

    @work(group=ASKING)
    async def action_remove(self) -> None:
        """Take the line under the cursor out."""
        line = self._line()
        if line is not None:
            await self._change(remove_line, line.item_id, self.visit.store.clock)

    async def _change(self, act: object, *given: object) -> None:
        try:
            self._show(await self.visit.do(act, *given))  # type: ignore[arg-type]
        except Refusal as refusal:
            self.say(refusal.sentence)

    @work(group=ASKING)
    async def action_place(self) -> None:
        """Show what is ordered and its conditions; go to the order once it is placed."""
        try:
            checkout = await self._prepare()
            placed = await self.app.push_screen_wait(
                PlaceOrder(checkout, self._prepare, self._place)
            )
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        if isinstance(placed, (PlacedOrder, AlreadyPlaced)):
            self.desk.open_page(ORDERS)

    async def _prepare(self) -> Checkout:
        return await self.visit.do(prepare, self.visit.store.clock)

    async def _place(self, checkout: Checkout, accepted: bool) -> PlacedOrder:
        return await self.visit.do(place, checkout, self.visit.store, accepted=accepted)

    def action_orders(self) -> None:
        """Go to «Mis pedidos»."""
        self.desk.open_page(ORDERS)


def _number(typed: str) -> int:
    digits = typed.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else 0


def _row(line: CartLine) -> GridRow:
    price = line.price
    words = price.description
    if price.discount_bp:
        words = _("{service} (-{n}%)").format(service=words, n=percent(price.discount_bp))
    each = pesos(price.unit_centavos * price.months)
    return GridRow((words, f"{price.quantity:,}", each, pesos(price.net_centavos)))


def _sums(cart: CartView) -> Iterable[tuple[str, int]]:
    """Write the sum as the quote does, with a line for a credit only where there is one."""
    lines: Sequence[tuple[str, int]] = (
        (_("Servicios"), cart.gross_centavos),
        (_("Descuento"), -cart.discount_centavos),
        (_("Crédito"), -cart.credit_centavos),
        (_("Subtotal"), cart.subtotal_centavos),
        (_("Impuesto(s)"), cart.tax_centavos),
        (_("Total:"), cart.total_centavos),
    )
    for words, centavos in lines:
        if centavos or words != _("Crédito"):
            yield words, centavos
