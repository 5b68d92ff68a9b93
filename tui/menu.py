"""The menu's entries, in the seed's order (seed 000, figures 3 and 5)."""

from __future__ import annotations

from collections.abc import Iterator

from store.accounts.person import Power, may
from store.text import _
from tui.visit import Visit
from tui.widgets.sidebar import SidebarEntry

(
    KEYS,
    ESPACIO,
    SHOP,
    ORDERS,
    PAYMENTS,
    STAFF_ORDERS,
    STATEMENT,
    REFUNDS,
    MAILS,
    AUDIT,
    DESKS,
    LEAVE,
) = (
    "keys",
    "espacio",
    "shop",
    "orders",
    "payments",
    "staff-orders",
    "statement",
    "refunds",
    "mails",
    "audit",
    "desks",
    "leave",
)

_STAFF = (
    SidebarEntry(PAYMENTS, _("Pagos")),
    SidebarEntry(STAFF_ORDERS, _("Pedidos")),
    SidebarEntry(STATEMENT, _("Estado de cuenta")),
    SidebarEntry(REFUNDS, _("Reembolsos")),
    SidebarEntry(MAILS, _("Correos")),
    SidebarEntry(AUDIT, _("Bitácora")),
    SidebarEntry(DESKS, _("Escritorios")),
)
_NEEDED = {MAILS: Power.SEE_MAIL, AUDIT: Power.AUDIT}
"""What a member of the staff must be allowed, so that an entry is there."""


_SERVICES = (
    SidebarEntry("servers", _("Servidor virtual"), ready=False),
    SidebarEntry("subscriptions", _("Suscripciones"), ready=False),
    SidebarEntry("licences", _("Licenciamiento"), ready=False),
    SidebarEntry(ESPACIO, _("Espacio")),
    SidebarEntry("policies", _("Mis Pólizas"), ready=False),
    SidebarEntry("stamps", _("Sellado CFDI"), ready=False),
    SidebarEntry("courses", _("Cursos"), ready=False),
    SidebarEntry(KEYS, _("Activar claves de producto - Prepago")),
    SidebarEntry("confirmation", _("Solicitar Clave de Confirmación"), ready=False),
    SidebarEntry(SHOP, _("Comprar ahora")),
)
_BUSINESS = SidebarEntry("business", _("Mi Negocio"), ready=False, section=True)
_DISTRIBUTOR = SidebarEntry("distributor", _("Distribuidor"), ready=False, section=True)
_LEAVE = SidebarEntry(LEAVE, _("Salir"), section=True)


def menu_entries(visit: Visit) -> Iterator[SidebarEntry]:
    """Give the entries that somebody sees: «Distribuidor» is for distributors only (SPEC 2).

    The staff have pages of their own, and those of the desk they chose to look at; a kiosk has chosen entries only.
    """
    if visit.entries is not None:
        yield from (entry for entry in _SERVICES if entry.id in visit.entries)
        yield _LEAVE
        return
    if visit.person.staff_role is not None:
        needed = ((entry, _NEEDED.get(entry.id, Power.LOOK_EVERYWHERE)) for entry in _STAFF)
        yield from (entry for entry, power in needed if may(visit.person, power))
    if visit.person.desk_id is not None:
        yield from _SERVICES
        yield _BUSINESS
    if visit.is_distributor:
        yield _DISTRIBUTOR
    yield _LEAVE


def first_entry(visit: Visit) -> str:
    """Give the entry whose page a visit begins with."""
    if visit.person.desk_id is None:
        return PAYMENTS
    if visit.entries is None or KEYS in visit.entries:
        return KEYS
    return next(entry.id for entry in menu_entries(visit))


def leads_to(visit: Visit, entry_id: str) -> bool:
    """Tell whether a visit may go to a page; the orders belong to the shop."""
    shown = SHOP if entry_id == ORDERS else entry_id
    return visit.entries is None or shown in visit.entries
