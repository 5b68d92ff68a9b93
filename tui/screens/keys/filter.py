"""«Filtro»: which keys the list shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.calendar import long_date, read_date
from store.errors import Mistyped
from store.keys.code import VENDOR_ALPHABET, tidy
from store.keys.query import DateRange, KeyQuery
from store.keys.tables import LISTED, KeyState
from store.keys.words import said_of_state
from store.text import _, normal
from tui.clean import content
from tui.screens.question import Question
from tui.widgets.button import DeskButton
from tui.widgets.field import Field
from tui.widgets.tick_list import TickList

_SHOWN_SIGNS = 4
_LARGEST = 1_000_000
_NUMBER = re.compile(r"\d{1,9}|\d{1,3}(,\d{3})+", re.ASCII)


class FilterKeys(Question[KeyQuery]):
    """Ask which keys; the answer keeps order and groups. Escape changes nothing."""

    title_words = _("Filtro")

    BINDINGS = [
        Binding("enter", "apply", _("Aplicar"), id="filter.apply", tooltip=_("Mostrar lo que cumple el filtro.")),
        Binding("up", "app.focus_previous", _("Subir"), show=False, id="filter.up",
                tooltip=_("Ir al campo de arriba.")),
        Binding("down", "app.focus_next", _("Bajar"), show=False, id="filter.down",
                tooltip=_("Ir al campo de abajo.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    FilterKeys > .dialog { width: 54; }
    FilterKeys .states { height: auto; }
    FilterKeys .states Label { width: 12; }
    """

    since = query_one("#since", Field)
    until = query_one("#until", Field)
    units = query_one("#units", Field)
    signs = query_one("#signs", Field)
    client = query_one("#client", Field)
    states = query_one(TickList)

    def __init__(self, query: KeyQuery, today: date) -> None:
        super().__init__()
        self._query, self._today = query, today

    def ask(self) -> Iterable[Widget]:
        """Give a line for every column, filled with what is in force."""
        dates = self._query.range_on(self._today)
        yield Field(
            _("Fecha desde"), value=_written(dates.since), longest=20, compact=True, id="since"
        )
        yield Field(
            _("      hasta"), value=_written(dates.until), longest=20, compact=True, id="until"
        )
        yield Horizontal(
            Label(content(_("Estatus"))),
            TickList([(state, said_of_state(state)) for state in LISTED], self._query.states),
            classes="states",
        )
        units = "" if self._query.units is None else str(self._query.units)
        yield Field(
            _("Cantidad"), value=units, longest=20, compact=True, after=_("Timbres"), id="units"
        )
        yield Field(_("Clave"), value=self._query.signs, longest=30, compact=True, id="signs")
        yield Field(_("Cliente"), value=self._query.client, longest=60, compact=True, id="client")
        yield Horizontal(
            DeskButton(_("Aplicar"), id="apply"),
            DeskButton(_("Quitar filtro"), id="clear"),
            classes="buttons",
        )

    @on(DeskButton.Pressed, "#clear")
    def _clear(self) -> None:
        self.dismiss(self._query.unfiltered())

    @on(DeskButton.Pressed, "#apply")
    def action_apply(self) -> None:
        """Answer with what was typed, if all of it can be read."""
        try:
            query = self._typed()
        except Mistyped as refusal:
            self.forget_typed()
            self.query_one(f"#{refusal.field}", Field).refuse(refusal.sentence)
        else:
            self.dismiss(query)

    def _typed(self) -> KeyQuery:
        dates = DateRange(read_day(self.since), read_day(self.until))
        if dates.since and dates.until and dates.since > dates.until:
            raise Mistyped(_("La fecha final es anterior a la inicial."), "until")
        # The default range moves on with the day; it is kept as such unless it was changed.
        unchanged = dates == self._query.range_on(self._today)
        return replace(
            self._query,
            dates=self._query.dates if unchanged else dates,
            states=frozenset(state for state in self.states.chosen if isinstance(state, KeyState)),
            units=read_units(self.units.value),
            signs=read_signs(self.signs.value),
            client=normal(self.client.value),
        )


def _written(day: date | None) -> str:
    return "" if day is None else long_date(day)


def read_day(field: Field) -> date | None:
    """Read a date field; empty is open.

    Raises:
        Mistyped: It is no date.
    """
    if not field.value.strip():
        return None
    day = read_date(field.value)
    if day is None:
        raise Mistyped(_("Escribe la fecha como 14/07/2020."), field.id or "")
    return day


def read_units(text: str) -> int | None:
    """Read a number of stamps; empty is any.

    Raises:
        Mistyped: It is no whole number from 1 on.
    """
    typed = text.strip()
    if not typed:
        return None
    digits = typed.replace(",", "")
    if not _NUMBER.fullmatch(typed) or not 1 <= int(digits) <= _LARGEST:
        raise Mistyped(_("Escribe un número entero, como 50."), "units")
    return int(digits)


def read_signs(text: str) -> str:
    """Read some visible signs of a key: of a whole key, its first and last four.

    Raises:
        Mistyped: A sign that no key has.
    """
    signs = tidy(text).replace("•", "")
    if not VENDOR_ALPHABET.issuperset(signs):
        raise Mistyped(_("Escribe signos de la clave, como 38SQ o UHBE."), "signs")
    if len(signs) > 2 * _SHOWN_SIGNS:
        return signs[:_SHOWN_SIGNS] + signs[-_SHOWN_SIGNS:]
    return signs
