"""What to list: one frozen question, which also writes the sentence above the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from store.calendar import add_months, long_date
from store.keys.tables import KeyState
from store.keys.words import said_of_state, stamps
from store.text import _, clean

DEFAULT_MONTHS = 2
"""How far back the list looks unless asked: «desde 14/05/2020 al 14/07/2020» (seed 000, figure 5)."""


class KeyColumn(Enum):
    """The columns, in the seed's order; a value is the word on the screen."""

    KEY = "Clave"
    QUANTITY = "Cantidad"
    DATE = "Fecha"
    ACTIVATION = "F. Activación"
    STATUS = "Estatus"
    CLIENT = "Cliente"

    @property
    def title(self) -> str:
        """The column's heading."""
        return _(self.value)

    @property
    def newest_first(self) -> bool:
        """Whether it is natural to see the largest value first."""
        return self in (KeyColumn.DATE, KeyColumn.ACTIVATION)


@dataclass(frozen=True)
class DateRange:
    """From one local day to another, both included; `None` is open."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class KeyQuery:
    """Which keys, in which order, in which groups."""

    dates: DateRange | None = None
    """The day of confirmation; `None` is the default, two months up to today, whatever day today is."""
    states: frozenset[KeyState] = frozenset()
    """Empty is all."""
    units: int | None = None
    """Exactly so many stamps."""
    signs: str = ""
    """Visible signs of the key, tidied."""
    client: str = ""
    """Any part of the client's name."""
    sort: KeyColumn = KeyColumn.DATE
    descending: bool = True
    groups: tuple[KeyColumn, ...] = ()

    def range_on(self, today: date) -> DateRange:
        """Give the range in force on a day."""
        return self.dates or DateRange(add_months(today, -DEFAULT_MONTHS), today)

    def unfiltered(self) -> KeyQuery:
        """Give the same order and groups with the default filter."""
        return KeyQuery(sort=self.sort, descending=self.descending, groups=self.groups)

    def sorted_by(self, column: KeyColumn, *, descending: bool) -> KeyQuery:
        """Give the same list in another order."""
        return replace(self, sort=column, descending=descending)

    def grouped_by(self, *columns: KeyColumn) -> KeyQuery:
        """Give the same list in other groups, the outermost first."""
        return replace(self, groups=columns)

    def sentence(self, today: date) -> str:
        """Say what is listed, so that nobody wonders what is hidden (seed 000, figure 5)."""
        return _("Claves de prepago con: {filter}").format(filter="; ".join(self._parts(today)))

    def _parts(self, today: date) -> list[str]:
        parts = [_said_of(self.range_on(today))]
        if self.states:
            words = sorted(said_of_state(state) for state in self.states)
            parts.append(_("Estatus {states}").format(states=_(" o ").join(words)))
        if self.units is not None:
            parts.append(_("Cantidad {units}").format(units=stamps(self.units)))
        if self.signs:
            parts.append(_("Clave con «{signs}»").format(signs=clean(self.signs)))
        if self.client:
            parts.append(_("Cliente con «{client}»").format(client=clean(self.client, 40)))
        return parts


def _said_of(dates: DateRange) -> str:
    since = long_date(dates.since) if dates.since else ""
    until = long_date(dates.until) if dates.until else ""
    if since and until:
        return _("Fecha de contratación desde {since} al {until}").format(since=since, until=until)
    if since:
        return _("Fecha de contratación desde {since}").format(since=since)
    if until:
        return _("Fecha de contratación hasta {until}").format(until=until)
    return _("cualquier Fecha de contratación")
