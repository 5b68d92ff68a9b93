"""What the plan picker asks the store for: what there is, what it would cost, and putting it into the cart."""

from __future__ import annotations

from store.errors import AlreadyHeld
from store.espacio.naming import preview_names
from store.espacio.offers import Offer, quote_for
from store.espacio.plans import list_plans, list_terms
from store.espacio.summary import EspacioSummary
from store.orders.cart import put_espacio
from store.orders.cart_view import CartView
from store.orders.tables import Change
from tui.screens.espacio.picker import Choice, Shelf
from tui.screens.espacio.words import said_of_today
from tui.visit import Visit


async def shelf_of(visit: Visit, summary: EspacioSummary | None) -> Shelf:
    """Give what there is to choose from."""
    plans = await visit.look(list_plans, visit.store.clock.today())
    terms = await visit.look(list_terms)
    names = await visit.look(preview_names)
    for_sale = [plan for plan in plans if not plan.is_free]
    return Shelf(for_sale, terms, names, said_of_today(summary))


async def offer_of(visit: Visit, plan: str, term: str) -> Offer:
    """Quote a plan for a term."""
    clock = visit.store.clock
    try:
        return await visit.look(quote_for, plan, term, clock)
    except AlreadyHeld:
        # The picker says that it renews, and Enter means it.
        return await visit.look(quote_for, plan, term, clock, renewing=True)


async def put_into_cart(visit: Visit, choice: Choice) -> CartView:
    """Put what was chosen into the cart."""
    offer = await offer_of(visit, choice.plan, choice.term)
    return await visit.do(
        put_espacio,
        choice.plan,
        choice.term,
        choice.naming,
        visit.store.clock,
        renewing=offer.change is Change.RENEWAL,
    )
