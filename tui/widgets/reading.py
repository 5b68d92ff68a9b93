"""A text to read that may be longer than its window."""

from __future__ import annotations

from textual.binding import Binding
from textual.containers import VerticalScroll

from store.text import _


class Reading(VerticalScroll, inherit_bindings=False):
    """Scrolls what stands in it by keyboard."""

    BINDINGS = [
        Binding("up", "scroll_up", _("Subir"), show=False, id="reading.up", tooltip=_("Una línea arriba.")),
        Binding("down", "scroll_down", _("Bajar"), show=False, id="reading.down", tooltip=_("Una línea abajo.")),
        Binding("pageup", "page_up", _("Página anterior"), show=False, id="reading.page-up",
                tooltip=_("Una pantalla arriba.")),
        Binding("pagedown", "page_down", _("Página siguiente"), show=False, id="reading.page-down",
                tooltip=_("Una pantalla abajo.")),
        Binding("home", "scroll_home", _("Inicio"), show=False, id="reading.home", tooltip=_("Al principio.")),
        Binding("end", "scroll_end", _("Fin"), show=False, id="reading.end", tooltip=_("Al final.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Reading { height: auto; max-height: 18; }
    """
