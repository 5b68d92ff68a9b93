"""A few lines of which one is taken."""

from __future__ import annotations

from textual.binding import Binding
from textual.geometry import Offset
from textual.widgets import OptionList

from store.text import _


class Options(OptionList, inherit_bindings=False):
    """Arrows move, Enter takes the line under the cursor."""

    BINDINGS = [
        Binding("up", "cursor_up", _("Subir"), show=False, id="options.up", tooltip=_("Una línea arriba.")),
        Binding("down", "cursor_down", _("Bajar"), show=False, id="options.down", tooltip=_("Una línea abajo.")),
        Binding("home", "first", _("Inicio"), show=False, id="options.first", tooltip=_("La primera línea.")),
        Binding("end", "last", _("Fin"), show=False, id="options.last", tooltip=_("La última línea.")),
        Binding("pageup", "page_up", _("Página anterior"), show=False, id="options.page-up",
                tooltip=_("Una pantalla arriba.")),
        Binding("pagedown", "page_down", _("Página siguiente"), show=False, id="options.page-down",
                tooltip=_("Una pantalla abajo.")),
        Binding("enter", "select", _("Elegir"), id="options.select", tooltip=_("Elegir esta línea.")),
    ]  # fmt: skip

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the line under the cursor begins on the screen."""
        line = self._index_to_line.get(self.highlighted or 0, 0)
        return self.content_region.offset + Offset(0, line - self.scroll_offset.y)
