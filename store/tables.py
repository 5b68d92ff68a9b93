"""Every table, imported once, so that the metadata is whole: for the migrations and the tests that compare them."""

from store.accounts.tables import Account, Desk, Preference
from store.attempts.tables import Attempt
from store.audit.tables import AuditEvent, AuditHead
from store.base import Base
from store.catalogue.tables import Product
from store.clients.tables import Client
from store.installation.tables import Counter, Installation
from store.keys.tables import KeyLot, PrepaidKey
from store.legal.tables import Acceptance, LegalText
from store.mail.tables import Mail

__all__ = [
    "Acceptance",
    "Account",
    "Attempt",
    "AuditEvent",
    "AuditHead",
    "Base",
    "Client",
    "Counter",
    "Desk",
    "Installation",
    "KeyLot",
    "LegalText",
    "Mail",
    "Preference",
    "PrepaidKey",
    "Product",
]
