"""Money that looks like other money: the store refuses it until a person says that it is another movement."""

from __future__ import annotations

from collections.abc import Callable

from store.errors import MovementAlike
from store.orders.settling import PaymentOutcome
from store.text import _
from tui.screens.page import Page
from tui.screens.yes_or_no import YesOrNo


async def record_or_ask(
    page: Page, record: Callable[..., PaymentOutcome], *given: object
) -> PaymentOutcome:
    """Record money; where it looks like other money, ask first.

    Args:
        page: Where the person is.
        record: Records it in the store; takes `is_other`, which says that a person has looked.
        given: What it is given besides.

    Raises:
        MovementAlike: The person did not say that it is another one.
        Refusal: The store says no.
    """
    try:
        return await page.visit.do(record, *given)
    except MovementAlike as refusal:
        page.desk.forget_typed()  # a second Enter was not meant for this question
        title, yes = _("¿Es otro movimiento?"), _("Sí, es otro")
        window = YesOrNo(title, refusal.sentence, yes, careful=True)
        if not await page.app.push_screen_wait(window):
            raise
    return await page.visit.do(record, *given, is_other=True)
