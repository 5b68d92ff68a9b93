"""Somebody's visit to a desk: what every page is given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from store.accounts.person import Person
from store.installation.store import Store

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Visit:
    """The store, who is in, and whose desk it is."""

    store: Store
    person: Person
    company: str = ""
    is_distributor: bool = False
    entries: frozenset[str] | None = None
    """The only entries of the menu that there are; `None` where nothing is held back."""

    async def look(
        self,
        ask: Callable[Concatenate[Session, Person, Given], Answer],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Answer:
        """Run a store function that only looks, off the event loop.

        Raises:
            Refusal: The store says no.
        """

        def run() -> Answer:
            with self.store.reading() as session:
                return ask(session, self.person, *given, **named)

        return await asyncio.to_thread(run)

    async def do(
        self,
        act: Callable[Concatenate[Session, Person, Given], Answer],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Answer:
        """Run a store function that changes something, in a transaction of its own, off the event loop.

        Raises:
            Refusal: The store says no; nothing was changed.
        """

        def run() -> Answer:
            with self.store.writing() as session:
                return act(session, self.person, *given, **named)

        return await asyncio.to_thread(run)
