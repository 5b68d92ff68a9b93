"""An open store: what every procedure that needs more than one transaction is handed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlmodel import Session

from store import database
from store.calendar import Clock
from store.catalogue.words import Words, read_words
from store.installation.pepper import Pepper
from store.settings import Settings


@dataclass(frozen=True)
class Store:
    """A store that was found whole, with its pepper and its time."""

    engine: Engine
    settings: Settings
    pepper: Pepper
    clock: Clock
    is_demo: bool = False
    words: Words = field(default_factory=read_words, repr=False, compare=False)
    """What the vendor's things are called."""
    unsettled: set[int] = field(default_factory=set, repr=False, compare=False)
    """Attempts of this process that the store could not settle, and that the next one frees (SPEC 3: busy is free)."""

    def reading(self) -> AbstractContextManager[Session]:
        """Give a short session that sees one moment."""
        return database.reading(self.engine)

    def writing(self) -> AbstractContextManager[Session]:
        """Give a session that commits at its end, or changes nothing."""
        return database.writing(self.engine)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()
