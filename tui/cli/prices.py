"""`prices`: what things cost, and taking a new price list."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.accounts.person import console
from store.calendar import long_date
from store.catalogue.loading import load_catalogue, read_catalogue
from store.catalogue.prices import PriceRow, list_prices, said_of_source
from store.catalogue.tables import PriceSource
from store.errors import FileRefused
from store.espacio.plans import TermRow, list_terms
from store.money import percent, pesos
from store.text import _
from tui.cli.outcome import DONE, REFUSED, Row, complain, say, show
from tui.cli.stores import ORIGIN, open_settings_store


def show_prices(arguments: Namespace) -> int:
    """List every price with its days, and every discount; what is a sample says so."""
    store, person = open_settings_store(), console(ORIGIN)
    with store.reading() as session:
        prices, terms = list_prices(session, person), list_terms(session, person)
    if arguments.json:
        show([*_facts(prices, terms)], as_json=True, empty="")
        return DONE
    show([*_lines(prices, terms)], as_json=False, empty=_("No hay precios."))
    sources = {price.source for price in prices} | {term.source for term in terms}
    if PriceSource.SAMPLE in sources:
        say(
            _("Las cifras de muestra no son la tarifa de nadie: carga las tuyas con «prices load».")
        )
    return DONE


def _lines(prices: Sequence[PriceRow], terms: Sequence[TermRow]) -> Iterator[Row]:
    for price in prices:
        yield {
            "producto": price.product_code,
            "nombre": price.product,
            "importe": pesos(price.centavos),
            "desde": long_date(price.valid_from),
            "hasta": long_date(price.valid_to) if price.valid_to else "",
            "origen": said_of_source(price.source),
        }
    for term in terms:
        yield {
            "producto": term.code,
            "nombre": term.label,
            "importe": _("-{n} %").format(n=percent(term.discount_bp))
            if term.discount_bp
            else "0 %",
            "desde": "",
            "hasta": "",
            "origen": said_of_source(term.source),
        }


def _facts(prices: Sequence[PriceRow], terms: Sequence[TermRow]) -> Iterator[Row]:
    """The same for a program: whole centavos, basis points, dates as ISO writes them."""
    for price in prices:
        yield {
            "producto": price.product_code,
            "nombre": price.product,
            "centavos": price.centavos,
            "desde": price.valid_from,
            "hasta": price.valid_to,
            "origen": price.source,
        }
    for term in terms:
        yield {
            "plan": term.code,
            "nombre": term.name,
            "meses": term.months,
            "descuento_pb": term.discount_bp,
            "origen": term.source,
        }


def load(arguments: Namespace) -> int:
    """Take a price list whole, or name every line that is wrong with it."""
    store = open_settings_store()
    try:
        catalogue = read_catalogue(Path(arguments.file))
        with store.writing() as session:
            loaded = load_catalogue(
                session,
                console(ORIGIN),
                catalogue,
                today=store.clock.today(),
                now=store.clock.now(),
            )
    except FileRefused as refusal:
        for problem in refusal.problems:
            complain(str(problem))
        complain(_("No se cargó nada."))
        return REFUSED
    row = {
        "productos": loaded.products,
        "precios nuevos": loaded.prices,
        "precios cerrados": loaded.closed,
    }
    show([row], as_json=arguments.json, empty="")
    return DONE
