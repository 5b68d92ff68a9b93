"""Every table, imported once, so that the metadata is whole: for the migrations and the tests that compare them."""

from store.accounts.tables import Account, AccountKey, Desk, DeskSession, Preference
from store.attempts.tables import Attempt
from store.audit.tables import AuditEvent, AuditHead
from store.base import Base
from store.catalogue.tables import Plan, Price, PriceList, Product, Term
from store.clients.tables import Client
from store.espacio.tables import Espacio, EspacioCode, EspacioContract
from store.installation.tables import Counter, Installation
from store.keys.loading.tables import KeyLoad
from store.keys.tables import KeyLot, KeyTally, PrepaidKey, SavedView
from store.legal.tables import Acceptance, LegalText
from store.mail.tables import Mail
from store.orders.tables import (
    BalanceEntry,
    OrderItem,
    Payment,
    Refund,
    SaleOrder,
    Statement,
    StatementColumns,
    StatementLine,
)

__all__ = [
    "Acceptance",
    "Account",
    "AccountKey",
    "Attempt",
    "AuditEvent",
    "AuditHead",
    "BalanceEntry",
    "Base",
    "Client",
    "Counter",
    "Desk",
    "DeskSession",
    "Espacio",
    "EspacioCode",
    "EspacioContract",
    "Installation",
    "KeyLoad",
    "KeyLot",
    "KeyTally",
    "LegalText",
    "Mail",
    "OrderItem",
    "Payment",
    "Plan",
    "Preference",
    "PrepaidKey",
    "Price",
    "PriceList",
    "Product",
    "Refund",
    "SaleOrder",
    "SavedView",
    "Statement",
    "StatementColumns",
    "StatementLine",
    "Term",
]
