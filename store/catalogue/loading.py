"""Taking a price list into the store: whole or not at all, and a price that is there is never edited.

What contracts rest on stays as it is (the months of a term, the users and the storage of a plan, the units of a
package); names and discounts may change; a new price closes the one before it on the eve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session, select

from store.accounts.person import Person, Power, require
from store.audit.chain import record
from store.catalogue.entries import Entries, read_entries
from store.catalogue.files import DataFile
from store.catalogue.goods import compare_goods
from store.catalogue.new_prices import compare_prices
from store.catalogue.rules import problems_in
from store.catalogue.tables import PriceList
from store.errors import FileRefused, LineProblem


@dataclass(frozen=True)
class Catalogue:
    """A price list without mistakes of its own."""

    file: DataFile
    entries: Entries


@dataclass(frozen=True)
class Loaded:
    """What became of a price list; counts."""

    products: int
    """Products and terms that are new, or have another name or discount."""
    prices: int
    """Prices that are new."""
    closed: int
    """Prices that got an end."""

    @property
    def changed(self) -> bool:
        """Whether anything is otherwise than before."""
        return bool(self.products or self.prices or self.closed)


def read_catalogue(path: Path | None) -> Catalogue:
    """Read an installation's price list, or the package's.

    Raises:
        FileRefused: It has mistakes; each is named with its line.
        Refusal: It cannot be read.
    """
    file, entries = read_entries(path)
    _refuse(file, list(problems_in(file, entries)))
    return Catalogue(file, entries)


def load_catalogue(
    session: Session, person: Person, catalogue: Catalogue, *, today: date, now: datetime
) -> Loaded:
    """Take a price list into the store; the same one again changes nothing.

    Raises:
        FileRefused: It contradicts what is in the store; each contradiction is named with its line.
        NotAllowed: The person is no admin.
    """
    require(session, person, Power.ADMINISTER)
    # The one row is where two loads queue up.
    session.exec(select(PriceList).with_for_update()).one()
    loaded = take(session, catalogue, today)
    if loaded.changed:
        record(
            session,
            person,
            "prices.loaded",
            "price-list:1",
            now=now,
            products=loaded.products,
            prices=loaded.prices,
            closed=loaded.closed,
        )
    return loaded


def take(session: Session, catalogue: Catalogue, today: date) -> Loaded:
    """Take a price list into the store, part of a larger step."""
    file, entries = catalogue.file, catalogue.entries
    problems: list[LineProblem] = []
    goods = compare_goods(session, file, entries, problems)
    prices = compare_prices(session, file, entries.price, today, problems)
    _refuse(file, problems)
    goods.apply(session)
    prices.apply(session)
    return Loaded(len(goods.entries), len(prices.new), len(prices.ends))


def _refuse(file: DataFile, problems: Sequence[LineProblem]) -> None:
    if problems:
        raise FileRefused(file.name, sorted(problems, key=lambda problem: problem.line))
