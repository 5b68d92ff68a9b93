"""Saving what an order has to print: its ficha while it waits for money, its receipt once it is paid."""

from __future__ import annotations

import asyncio
from pathlib import Path

from store.orders.receipt import receipt_text, save_receipt
from store.orders.rows import OrderRow
from store.orders.slip import save_slip, slip_of
from store.orders.tables import PAID
from tui.visit import Visit


async def save_papers(visit: Visit, row: OrderRow) -> Path:
    """Write the ficha or the receipt of an order into the exports' folder, and give its path.

    Raises:
        Refusal: There is none, or the folder cannot be written.
    """
    settings = visit.store.settings
    if row.state in PAID:
        text = await visit.look(receipt_text, row.order_id, visit.store.clock)
        return await asyncio.to_thread(save_receipt, settings, row.folio, text)
    slip = await visit.look(slip_of, row.order_id, settings)
    return await asyncio.to_thread(save_slip, settings, slip)
