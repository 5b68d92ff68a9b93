"""What a price list may not say, though each of its entries is well written."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from store.calendar import long_date
from store.catalogue.entries import Entries, PriceEntry
from store.catalogue.files import DataFile
from store.errors import LineProblem
from store.text import _

Entry = TypeVar("Entry")


def problems_in(file: DataFile, entries: Entries) -> Iterator[LineProblem]:
    """Name everything that is repeated, that overlaps, or that belongs to nothing."""
    yield from _repeated(file, "term", "code", entries.term, lambda term: term.code)
    yield from _repeated(file, "term", "months", entries.term, lambda term: term.months)
    yield from _repeated(file, "plan", "code", entries.plan, lambda plan: plan.code)
    yield from _repeated(file, "plan", "rank", entries.plan, lambda plan: plan.rank)
    yield from _repeated(file, "stamps", "code", entries.stamps, lambda package: package.code)
    yield from _in_two_lists(file, entries)
    yield from _more_than_one_free(file, entries)
    yield from _prices(file, entries)


def _repeated(
    file: DataFile,
    table: str,
    key: str,
    entries: Sequence[Entry],
    value_of: Callable[[Entry], Hashable],
) -> Iterator[LineProblem]:
    seen: dict[Hashable, int] = {}
    for place, entry in enumerate(entries):
        line = file.line_of(table, place, key)
        first = seen.setdefault(value_of(entry), line)
        if first != line:
            yield LineProblem(
                line, _("«{key}» repite el de la línea {first}").format(key=key, first=first)
            )


def _in_two_lists(file: DataFile, entries: Entries) -> Iterator[LineProblem]:
    plans = {plan.code for plan in entries.plan}
    for place, package in enumerate(entries.stamps):
        if package.code in plans:
            yield LineProblem(
                file.line_of("stamps", place, "code"),
                _("«{code}» ya es una modalidad").format(code=package.code),
            )


def _more_than_one_free(file: DataFile, entries: Entries) -> Iterator[LineProblem]:
    free = [place for place, plan in enumerate(entries.plan) if plan.free]
    for place in free[1:]:
        yield LineProblem(
            file.line_of("plan", place, "free"), _("solo una modalidad puede ser gratuita")
        )


def _prices(file: DataFile, entries: Entries) -> Iterator[LineProblem]:
    plans, packages = {plan.code: plan for plan in entries.plan}, {p.code for p in entries.stamps}
    placed: dict[str, list[tuple[int, PriceEntry]]] = {}
    for place, price in enumerate(entries.price):
        placed.setdefault(price.product, []).append((place, price))
        line = file.line_of("price", place, "product")
        if price.product not in plans and price.product not in packages:
            yield LineProblem(line, _("no hay un producto «{code}»").format(code=price.product))
        elif price.product in plans and plans[price.product].free:
            yield LineProblem(line, _("la modalidad gratuita no lleva precio"))
        if price.valid_to is not None and price.valid_to < price.valid_from:
            yield LineProblem(
                file.line_of("price", place, "valid_to"), _("«valid_to» es antes de «valid_from»")
            )
    for prices in placed.values():
        yield from _overlapping(file, prices)


def _overlapping(file: DataFile, prices: list[tuple[int, PriceEntry]]) -> Iterator[LineProblem]:
    by_day = sorted(prices, key=lambda placed: placed[1].valid_from)
    for (_before, earlier), (place, later) in pairwise(by_day):
        if overlap(earlier.valid_from, earlier.valid_to, later.valid_from, later.valid_to):
            words = _("el precio se encima con el que empieza el {day}")
            if earlier.valid_to is None:
                words = _(
                    "el precio se encima con el que empieza el {day}; termina ese con «valid_to»"
                )
            yield LineProblem(
                file.line_of("price", place, "valid_from"),
                words.format(day=long_date(earlier.valid_from)),
            )


def overlap(since: date, until: date | None, from_: date, to: date | None) -> bool:
    """Tell whether two stretches of days share one; `None` has no end."""
    return (until is None or until >= from_) and (to is None or to >= since)
