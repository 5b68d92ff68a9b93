"""The menu's entries, in the seed's order (seed 000, figures 3 and 5)."""

from __future__ import annotations

from collections.abc import Iterator

from store.text import _
from tui.widgets.sidebar import SidebarEntry

KEYS, LEAVE = "keys", "leave"

_SERVICES = (
    SidebarEntry("servers", _("Servidor virtual"), ready=False),
    SidebarEntry("subscriptions", _("Suscripciones"), ready=False),
    SidebarEntry("licences", _("Licenciamiento"), ready=False),
    SidebarEntry("espacio", _("Espacio"), ready=False),
    SidebarEntry("policies", _("Mis Pólizas"), ready=False),
    SidebarEntry("stamps", _("Sellado CFDI"), ready=False),
    SidebarEntry("courses", _("Cursos"), ready=False),
    SidebarEntry(KEYS, _("Activar claves de producto - Prepago")),
    SidebarEntry("confirmation", _("Solicitar Clave de Confirmación"), ready=False),
    SidebarEntry("shop", _("Comprar ahora"), ready=False),
)
_BUSINESS = SidebarEntry("business", _("Mi Negocio"), ready=False, section=True)
_DISTRIBUTOR = SidebarEntry("distributor", _("Distribuidor"), ready=False, section=True)
_LEAVE = SidebarEntry(LEAVE, _("Salir"), section=True)


def menu_entries(*, distributor: bool) -> Iterator[SidebarEntry]:
    """Give the entries that somebody sees: «Distribuidor» is for distributors only (SPEC 2)."""
    yield from _SERVICES
    yield _BUSINESS
    if distributor:
        yield _DISTRIBUTOR
    yield _LEAVE
