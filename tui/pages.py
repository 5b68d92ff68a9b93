"""Which page each entry of the menu leads to; loaded by name, since a visit needs few of them."""

from __future__ import annotations

from importlib import import_module

from tui.menu import (
    AUDIT,
    ESPACIO,
    KEYS,
    MAILS,
    ORDERS,
    PAYMENTS,
    REFUNDS,
    SHOP,
    STAFF_ORDERS,
    STATEMENT,
)
from tui.screens.page import Page
from tui.visit import Visit

_PAGES = {
    KEYS: ("keys.page", "KeysPage"),
    ESPACIO: ("espacio.page", "EspacioPage"),
    SHOP: ("orders.cart", "CartPage"),
    ORDERS: ("orders.page", "OrdersPage"),
    PAYMENTS: ("payments.page", "PaymentsPage"),
    STAFF_ORDERS: ("payments.orders", "StaffOrdersPage"),
    STATEMENT: ("payments.statement", "StatementPage"),
    REFUNDS: ("payments.refunds", "RefundsPage"),
    MAILS: ("mail.page", "MailsPage"),
    AUDIT: ("audit.page", "AuditPage"),
}


def page_of(entry_id: str, visit: Visit) -> Page:
    """Make the page that an entry leads to."""
    module, name = _PAGES[entry_id]
    page: Page = getattr(import_module(f"tui.screens.{module}"), name)(visit)
    return page
