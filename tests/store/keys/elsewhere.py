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


class Elsewhere:
    """Adds keys and changes those that are there, in a thread and with connections of its own."""

    def __init__(self, store: Store, person: Person, keys: int) -> None:
        """Begin with so many keys in the person's desk."""
        self._store = open_store(store.settings)
        with self._store.writing() as session:
            self._crowding = Crowding(session, person)
            self._crowding.add(session, keys)
        self._numbers = [key.id for key in held(store, person)]
        self._is_over, self._at_work = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._work)
        self.steps = 0
        """Transactions so far: one key more in each, and three changed."""

    def __enter__(self) -> "Elsewhere":
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._is_over.set()
        self._thread.join()
        self._store.close()

    @contextmanager
    def rests(self) -> Iterator[None]:
        """Let the store stand still for a moment."""
        with self._at_work:
            yield

    def _work(self) -> None:
        rng = random.Random(len(self._numbers))
        while not self._is_over.wait(_PAUSE):
            with self._at_work, self._store.writing() as session:
                self._crowding.add(session, 1)
                for number in rng.sample(self._numbers, 3):
                    self._crowding.change(session, number)
                self.steps += 1
