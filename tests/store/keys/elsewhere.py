"""Another session that works on the keys of a desk all the while."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from store.accounts.person import Person
from store.installation.opening import open_store
from store.installation.store import Store
from tests.store.keys.crowded import Crowding, held

_PAUSE = 0.02
"""Seconds between two of its transactions."""
_CHANGED = 3
"""Keys that are changed in each transaction, beside the one that is added."""


class Elsewhere:
    """Adds keys and changes those that are there, in a thread and with connections of its own."""

    def __init__(self, store: Store, person: Person, keys: int) -> None:
        """Begin with so many keys in a person's desk."""
        self.store, self.person = store, person
        self._own = open_store(store.settings)
        with self._own.writing() as session:
            self._crowding = Crowding(session, person)
            self._crowding.add(session, keys)
        self._numbers = [key.id for key in held(store, person)]
        self._is_over, self._turn = threading.Event(), threading.Lock()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Work until the end of the block."""
        thread = threading.Thread(target=self._work)
        thread.start()
        try:
            yield
        finally:
            self._is_over.set()
            thread.join()
            self._own.close()

    @contextmanager
    def rests(self) -> Iterator[None]:
        """Let the store stand still for a moment."""
        with self._turn:
            yield

    def _work(self) -> None:
        rng = random.Random(len(self._numbers))
        while not self._is_over.wait(_PAUSE):
            with self._turn, self._own.writing() as session:
                self._crowding.add(session, 1)
                for number in rng.sample(self._numbers, _CHANGED):
                    self._crowding.change(session, number)
