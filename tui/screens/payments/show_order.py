"""An order of any desk, shown to the staff."""

from __future__ import annotations

from store.orders.listing import order_view
from store.text import _
from tui.screens.orders.detail import order_text
from tui.screens.page import Page
from tui.screens.tell import Tell


async def show_order(page: Page, order_id: int) -> None:
    """Show an order with its lines and payments, and whose it is."""
    view = await page.visit.look(order_view, order_id)
    title = _("Pedido {folio} · {desk}").format(folio=view.row.folio, desk=view.row.desk)
    await page.app.push_screen_wait(Tell(title, order_text(view)))
