"""How the bank heads the columns of its statement; said once (SPEC 6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual.widget import Widget
from textual.widgets import Label

from store.orders.statement_file import Columns
from store.text import _
from tui.clean import content
from tui.screens.form import Form
from tui.widgets.field import Field


class MapColumns(Form[bool]):
    """Ask for the headings."""

    title_words = _("Columnas del estado de cuenta")

    def __init__(self, kept: Columns | None, keep: Callable[[Columns], Awaitable[None]]) -> None:
        """Make the window.

        Args:
            kept: What was said before.
            keep: Asks the store to remember it.
        """
        super().__init__()
        self._kept = kept or Columns("", "Fecha", "Abono", "Referencia")
        self._keep = keep

    def fields(self) -> Iterable[Widget]:
        """Give a field for each column."""
        yield Label(content(_("Escribe los encabezados como están en el archivo.")))
        kept = self._kept
        yield Field(_("Banco"), value=kept.bank, longest=60, compact=True, id="bank")
        yield Field(_("Fecha"), value=kept.day, longest=60, compact=True, id="day")
        yield Field(_("Importe"), value=kept.amount, longest=60, compact=True, id="amount")
        yield Field(_("Referencia"), value=kept.reference, longest=60, compact=True, id="reference")
        yield Field(_("Concepto"), value=kept.concept, longest=60, compact=True, id="concept")
        yield Field(_("Rastreo"), value=kept.tracking, longest=60, compact=True, id="tracking")

    async def submit(self) -> bool:
        """Remember them."""
        bank, day, amount, reference, concept, tracking = (
            field.value for field in self.query(Field)
        )
        await self._keep(Columns(bank, day, amount, reference, concept, tracking))
        return True
