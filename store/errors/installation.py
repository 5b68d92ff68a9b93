"""The store cannot serve, or the settings cannot be."""

from __future__ import annotations

from store.errors.base import Refusal
from store.text import _, clean


class StoreRefused(Refusal):
    """The store cannot serve; nothing was changed."""


class StoreMissing(StoreRefused):
    """No store at that place; a mistyped path never makes one."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "No hay un almacén en {place}. Créalo con «escritorio init» o prueba con «escritorio demo»."
            ).format(place=clean(place))
        )


class StoreNotInitialised(StoreRefused):
    """A file or database is there, but it holds no desk."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("{place} no contiene un escritorio. Créalo con «escritorio init».").format(
                place=clean(place)
            )
        )


class StoreNewer(StoreRefused):
    """The store was made by a newer version of the program."""

    def __init__(self) -> None:
        super().__init__(
            _("Este almacén es de una versión más nueva del programa: actualiza escritorio.")
        )


class StoreMigrated(StoreRefused):
    """The store was brought to another version while this program was running."""

    def __init__(self) -> None:
        super().__init__(
            _("El almacén se actualizó; sal y vuelve a entrar. No se hizo ningún cambio.")
        )


class StoreReplaced(StoreRefused):
    """The file was deleted or replaced while it was open: a write would reach nobody."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "El archivo del almacén fue reemplazado; sal y vuelve a entrar. No se hizo ningún cambio."
            )
        )


class StoreBusy(StoreRefused):
    """Somebody else is writing for more than five seconds (SPEC 3)."""

    def __init__(self) -> None:
        super().__init__(_("El sistema está ocupado; no se hizo ningún cambio. Intenta de nuevo."))


class StoreFull(StoreRefused):
    """No room is left for the store."""

    def __init__(self) -> None:
        super().__init__(
            _("No se guardó: el disco está lleno. No se hizo ningún cambio; avisa a soporte.")
        )


class StoreReadOnly(StoreRefused):
    """The file or its folder cannot be written."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No se puede escribir en el almacén: revisa los permisos del archivo y de su carpeta."
            )
        )


class StoreDamaged(StoreRefused):
    """The file is not a database, or a page of it is damaged."""

    def __init__(self) -> None:
        super().__init__(
            _("El almacén está dañado, o no es un almacén: recupera el respaldo más reciente.")
        )


class StoreUnreachable(StoreRefused):
    """The server does not answer, or the file cannot be opened."""

    def __init__(self) -> None:
        super().__init__(
            _("No se puede abrir el almacén: revisa que el servidor o la carpeta existan.")
        )


class PepperMissing(StoreRefused):
    """The pepper that this store's keys were kept with is not there."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "Falta la pimienta de las claves de este almacén: recupera {place} o define ESCRITORIO_PEPPER."
            ).format(place=clean(place))
        )


class PepperDifferent(StoreRefused):
    """A pepper is there, but it is another store's."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "La pimienta configurada no es la de este almacén; no se abre para no perder sus claves."
            )
        )


class SettingsRefused(Refusal):
    """The settings hold an unknown name or an impossible value."""
