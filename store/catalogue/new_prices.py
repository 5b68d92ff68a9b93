"""The prices of a price list, compared with those that the store has: a price is never edited, a new one follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import Session, col, select, update

from store.calendar import long_date
from store.catalogue.entries import PriceEntry
from store.catalogue.files import DataFile
from store.catalogue.rules import overlap
from store.catalogue.tables import Price
from store.errors import LineProblem
from store.money import pesos
from store.text import _

_DAY = timedelta(days=1)


@dataclass
class NewPrices:
    """Prices that begin, and prices that end."""

    new: list[Price] = field(default_factory=list)
    ends: dict[int, date] = field(default_factory=dict)
    """The last day of each price that had none, by its number."""

    def apply(self, session: Session) -> None:
        """Write them: first the ends, since a product has one open price at a time."""
        for price_id, last in self.ends.items():
            session.exec(
                update(Price)
                .where(col(Price.id) == price_id, col(Price.valid_to).is_(None))
                .values(valid_to=last)
            )
        session.add_all(self.new)
        session.flush()


def compare_prices(
    session: Session,
    file: DataFile,
    entries: Sequence[PriceEntry],
    today: date,
    problems: list[LineProblem],
) -> NewPrices:
    """Find which prices of a list are new; contradictions go to `problems`, and nothing is written."""
    kept: dict[str, list[Price]] = {}
    for price in session.exec(select(Price).order_by(col(Price.valid_from))).all():
        kept.setdefault(price.product_code, []).append(price)
    prices = NewPrices()
    placed = sorted(enumerate(entries), key=lambda placed: placed[1].valid_from)
    for place, entry in placed:
        words = _compare(entry, kept.get(entry.product, []), today, prices)
        if words:
            problems.append(LineProblem(file.line_of("price", place, "valid_from"), words))
    return prices


def _compare(
    entry: PriceEntry, kept: Sequence[Price], today: date, prices: NewPrices
) -> str | None:
    """Take a price as new or as the same; give what is wrong with it, if anything."""
    same = next((price for price in kept if price.valid_from == entry.valid_from), None)
    if same is not None:
        return _compare_same(entry, same, today, prices)
    if kept and entry.valid_from < today:
        return _("un precio nuevo empieza hoy o después")
    for price in kept:
        last = prices.ends.get(price.id, price.valid_to)
        if last is None and price.valid_from < entry.valid_from:
            prices.ends[price.id] = entry.valid_from - _DAY
        elif overlap(price.valid_from, last, entry.valid_from, entry.valid_to):
            return _("el precio se encima con el que empieza el {day}").format(
                day=long_date(price.valid_from)
            )
    prices.new.append(
        Price(
            product_code=entry.product,
            centavos=entry.centavos,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            source=entry.source,
        )
    )
    return None


def _compare_same(entry: PriceEntry, kept: Price, today: date, prices: NewPrices) -> str | None:
    if (entry.centavos, entry.source) != (kept.centavos, kept.source):
        return _("desde el {day} ya rige {price}; un precio no se corrige, empieza otro").format(
            day=long_date(kept.valid_from), price=pesos(kept.centavos)
        )
    if entry.valid_to in (None, kept.valid_to):
        return None
    if kept.valid_to is not None:
        return _("el precio ya termina el {day}").format(day=long_date(kept.valid_to))
    if entry.valid_to < today - _DAY:
        return _("un precio no puede haber terminado antes de ayer")
    prices.ends[kept.id] = entry.valid_to
    return None
