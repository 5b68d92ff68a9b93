"""«Ver Licencia»."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.widgets import Label

from store.keys.activation import Licence
from store.text import _
from tui.clean import content
from tui.screens.tell import Tell
from tui.widgets.tick_box import TickBox


class LicenceLine(Horizontal):
    """The box to accept the licence, and the key to read it."""

    DEFAULT_CSS = """
    LicenceLine { height: 1; }
    LicenceLine TickBox { width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__(
            TickBox(_("Acepto la Licencia de Uso.")), Label(content(_("Ver Licencia (v)")))
        )


class ReadLicence(Tell):
    """Show the licence as it will be accepted."""

    def __init__(self, licence: Licence) -> None:
        super().__init__(
            _("Licencia de Uso, versión {version}").format(version=licence.version), licence.body
        )
