"""Looking, while a desk is open, whether its session was ended from another place."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from store.accounts.person import Person
from store.accounts.sessions import BEAT, beat, is_over
from store.errors import Refusal
from store.installation.store import Store
from tui.log import log_refusal

EVERY = 5.0
"""Seconds between two looks, each a read of one row."""
LOOKS_PER_BEAT = round(BEAT.total_seconds() / EVERY)


class SessionWatch(threading.Thread):
    """Reads every few seconds whether the session goes on, and once a minute writes that its process is there.

    A daemon, and beside the event loop: nothing of it reaches the terminal, and whoever leaves does not wait for it.
    """

    def __init__(self, store: Store, person: Person, ended: Callable[[], object]) -> None:
        """Watch over a person's session.

        Args:
            store: The store.
            person: Who is in.
            ended: Called in this thread, once, when somebody ended it.
        """
        super().__init__(name="session", daemon=True)
        self._store, self._person, self._ended = store, person, ended

    def run(self) -> None:
        """Look until the session or the process ends."""
        looks = 0
        while True:
            time.sleep(EVERY)
            looks += 1
            try:
                if self.is_over(beats=looks % LOOKS_PER_BEAT == 0):
                    self._ended()
                    return
            except Refusal as refusal:
                log_refusal(refusal)

    def is_over(self, *, beats: bool = False) -> bool:
        """Look once, and say that the process is there if it is time to.

        Raises:
            Refusal: The store cannot be asked now.
        """
        if beats:
            with self._store.writing() as session:
                beat(session, self._person, now=self._store.clock.now())
        with self._store.reading() as session:
            return is_over(session, self._person)
