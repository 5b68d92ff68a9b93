"""A few lines of which one is taken."""

from __future__ import annotations

from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Offset
from textual.strip import Strip
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

    def render_line(self, y: int) -> Strip:
        """Draw a line; on the plainest terminals, where reverse video may be all there is, the cursor's has a mark."""
        strip = super().render_line(y)
        line = self.scroll_offset.y + y
        first = self._index_to_line.get(-1 if self.highlighted is None else self.highlighted)
        if line != first or not self.app.has_class("-ascii"):
            return strip
        (blank, *_rest), after = strip.crop(0, 1), strip.crop(1)
        return Strip.join([Strip([Segment(">", blank.style)]), after])

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the line under the cursor begins on the screen."""
        line = self._index_to_line.get(self.highlighted or 0, 0)
        return self.content_region.offset + Offset(0, line - self.scroll_offset.y)
