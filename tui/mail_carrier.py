"""Carrying the mail while a desk is open, for installations that have no timer for `escritorio mail send`."""

from __future__ import annotations

import threading
import time

from store.errors import Refusal
from store.installation.store import Store
from store.mail.delivery import deliver_due, transport_of
from tui.log import log_refusal

EVERY = 60
"""Seconds between two rounds."""


class MailCarrier(threading.Thread):
    """Sends what is due once a minute; the leases of the outbox keep several of them apart.

    A daemon: whoever leaves does not wait for a slow mail server, and a mail cut off so is sent again later.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(name="mail", daemon=True)
        self._store = store

    def run(self) -> None:
        """Carry until the process ends."""
        transport = transport_of(self._store.settings)
        while True:
            time.sleep(EVERY)
            try:
                deliver_due(self._store, transport)
            except Refusal as refusal:
                log_refusal(refusal)
