"""Which package of stamps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from store.catalogue.prices import PriceRow
from store.money import pesos
from store.text import _
from tui.clean import content
from tui.screens.question import Question
from tui.widgets.options import Options


class PickPackage(Question[str]):
    """Ask for a package by its price."""

    title_words = _("Timbres")

    DEFAULT_CSS = """
    PickPackage > .dialog { width: 44; }
    PickPackage OptionList { height: auto; margin-top: 1; padding: 0; }
    """

    def __init__(self, packages: Sequence[PriceRow]) -> None:
        super().__init__()
        self._packages = packages

    def ask(self) -> Iterable[Widget]:
        """Give the packages."""
        yield Label(content(_("Elige el paquete; los precios son antes de impuestos.")))
        yield Options(
            *(
                Option(
                    content(f"{package.product:24} {pesos(package.centavos):>14}"),
                    id=package.product_code,
                )
                for package in self._packages
            ),
            compact=True,
        )

    @on(OptionList.OptionSelected)
    def _answer(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(str(event.option_id))
