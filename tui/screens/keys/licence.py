"""«Ver Licencia»."""

from __future__ import annotations

from store.keys.activation import Licence
from store.text import _
from tui.screens.tell import Tell


class ReadLicence(Tell):
    """Show the licence as it will be accepted."""

    def __init__(self, licence: Licence) -> None:
        super().__init__(
            _("Licencia de Uso, versión {version}").format(version=licence.version), licence.body
        )
