"""«Ver Licencia»."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.keys.activation import Licence
from store.text import _, clean
from tui.screens.question import Question


class ReadLicence(Question[None]):
    """Show the licence; arrows scroll, Escape closes."""

    BINDINGS = [
        Binding("enter", "give_up", _("Cerrar"), id="licence.close", tooltip=_("Cerrar la licencia.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ReadLicence VerticalScroll { height: auto; max-height: 18; }
    """

    def __init__(self, licence: Licence) -> None:
        super().__init__()
        self.title_words = _("Licencia de Uso, versión {version}").format(version=licence.version)
        self._body = licence.body

    def ask(self) -> Iterable[Widget]:
        """Give the text, a paragraph a line of the file."""
        paragraphs = [clean(line, limit=2000) for line in self._body.splitlines()]
        yield VerticalScroll(Static(Content("\n".join(paragraphs))))
