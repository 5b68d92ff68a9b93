"""All twenty combinations side by side (SPEC 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget
from textual.widgets import Label

from store.catalogue.prices import said_of_source
from store.espacio.quote import Combination
from store.money import pesos
from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.widgets.grid import Grid, GridColumn, GridRow, Lines

_COLUMNS = (
    GridColumn(_("Modalidad"), 12),
    GridColumn(_("Plan"), 11),
    GridColumn(_("Total"), 12, align_right=True),
    GridColumn(_("Al mes"), 12, align_right=True),
    GridColumn(_("Ahorro"), 12, align_right=True),
)


_SOURCE = GridColumn(_("Origen"), 8)


class Combinations(Question[None]):
    """Show every plan with every term: what it costs, what a month of it costs, what is saved."""

    loses_something = False

    title_words = _("Modalidades y planes")

    DEFAULT_CSS = """
    Combinations > .dialog { width: 78; }
    Combinations Grid { height: 18; }
    """

    def __init__(self, combinations: Sequence[Combination], *, with_source: bool) -> None:
        """Make the window.

        Args:
            combinations: What there is.
            with_source: Whether it says where each figure comes from, so that no sample is taken for a price.
        """
        super().__init__()
        self._combinations = combinations
        self._columns = (*_COLUMNS, _SOURCE) if with_source else _COLUMNS

    def ask(self) -> Iterable[Widget]:
        """Give the table."""
        yield Label(content(_("Total con impuestos; al mes y ahorro, antes de impuestos.")))
        yield Grid(self._columns, empty=_("No hay planes a la venta hoy."))

    def on_mount(self) -> None:
        """Fill the table."""
        shown = len(self._columns)
        lines = [GridRow(_cells(combination)[:shown]) for combination in self._combinations]
        self.query_one(Grid).show(Lines(lines), self._columns)


def _cells(combination: Combination) -> Sequence[str]:
    return (
        combination.plan.modality,
        combination.term.name,
        pesos(combination.quote.total_centavos),
        pesos(combination.per_month_centavos),
        pesos(combination.saving_centavos),
        said_of_source(combination.source),
    )
