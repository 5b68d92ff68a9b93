"""Every «no» the desk can say.

    Refusal
    ├── Mistyped                what was typed cannot be right; carries the field it stands in
    │   └── KeyMistyped         … a key: EmptyKey, WrongLength, ConfusingSign, StrangeSign, WrongCheckSymbol
    ├── NotAllowed              this person may not do that, or not any more: SessionEnded
    ├── SignInRefused           wrong usuario or password, wrong door, closed desk, too old a password
    ├── TooManyAttempts         over a limit; carries when it ends
    ├── KeyRefused              the one text for a key that cannot be confirmed, LicenceNotAccepted, KeyAlreadyHere
    ├── EspacioRefused          what a desk's Espacio does not allow: FreeNotDue, AlreadyHeld, DoesNotFit, ChangeWaits,
    │                           OrderWaits, NameRefused (NameTaken, NameGeneric, NameSettled), WrongCode …
    ├── FileRefused             a price list or another data file with mistakes; carries each with its line
    ├── OrderRefused            a cart that cannot be placed, PricesChanged, an order that is past the step
    ├── PaymentRefused          MovementTaken, OwnPayment, a balance that is too small
    ├── NotFound                nothing of that name
    ├── ViewUnreadable          a saved view that is damaged, or of a newer program
    └── StoreRefused            the store cannot serve: missing, newer, replaced, busy, full, damaged …

A refusal changes nothing. Its text is the one sentence a person reads, in Spanish (SPEC 3; facts/reliability 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from store.calendar import long_date
from store.text import _, clean


class Refusal(Exception):
    """The desk says no, changes nothing, and says why in one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Mistyped(Refusal):
    """What was typed into a field cannot be right."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class KeyMistyped(Mistyped):
    """A key that is not well written; found without asking the store."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="key")


class EmptyKey(KeyMistyped):
    """Nothing was typed."""

    def __init__(self) -> None:
        super().__init__(_("Captura la clave de prepago."))


class WrongLength(KeyMistyped):
    """Too few or too many signs."""

    def __init__(self, length: int, typed: int) -> None:
        super().__init__(
            _("La clave tiene {length} caracteres; escribiste {typed}.").format(
                length=length, typed=typed
            )
        )


class ConfusingSign(KeyMistyped):
    """One of 0 1 I L O, which no key uses; `position` counts signs from 1, without hyphens."""

    def __init__(self, position: int) -> None:
        super().__init__(
            _("Las claves no usan 0, 1, I, L ni O: revisa el carácter {position}.").format(
                position=position
            )
        )


class StrangeSign(KeyMistyped):
    """A sign that cannot stand in any key; `position` counts signs from 1, without hyphens."""

    def __init__(self, position: int, sign: str) -> None:
        super().__init__(
            _("El carácter {position} («{sign}») no puede ir en una clave.").format(
                position=position, sign=clean(sign)
            )
        )


class WrongCheckSymbol(KeyMistyped):
    """The last sign does not fit the others: a typo somewhere."""

    def __init__(self) -> None:
        super().__init__(_("La clave no está bien escrita; revísala."))


class NotAllowed(Refusal):
    """The person's role, account or desk does not allow it."""


class PasswordChangeRequired(NotAllowed):
    """The first password has to be changed before anything else."""

    def __init__(self) -> None:
        super().__init__(_("Antes de continuar, cambia tu contraseña."))


class SessionEnded(NotAllowed):
    """Somebody ended this session from another place."""

    def __init__(self) -> None:
        super().__init__(_("Tu sesión se terminó desde otro lugar."))


class SignInRefused(Refusal):
    """Nobody was let in."""


class WrongCredentials(SignInRefused):
    """Unknown usuario or wrong password: one answer for both (SPEC 1)."""

    def __init__(self) -> None:
        super().__init__(_("Usuario o contraseña incorrectos."))


class WrongPassword(SignInRefused):
    """Whoever is in did not type their password."""

    def __init__(self) -> None:
        super().__init__(_("La contraseña no es correcta."))


class WrongDoor(SignInRefused):
    """The password was right, the door was the other one; `door` names the right one."""

    def __init__(self, door: str) -> None:
        super().__init__(
            _("Tu usuario entra por «{door}»; presiona Enter para entrar.").format(door=door)
        )
        self.door = door


class TooManyAttempts(Refusal):
    """A limit was reached; `until` is the instant it ends, `hour` the same as the desk's local «18:45»."""

    def __init__(self, until: datetime, hour: str) -> None:
        super().__init__(
            _("Demasiados intentos. Vuelve a intentar a las {hour}.").format(hour=hour)
        )
        self.until = until


class KeyRefused(Refusal):
    """A key that cannot be confirmed here."""


class KeyUnavailable(KeyRefused):
    """Unknown, held, expired, void or another desk's: one text; `reason` is for the log and the staff alone."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("La clave no es válida o ya no está disponible."))
        self.reason = reason


class KeyAlreadyHere(KeyRefused):
    """The key is this desk's already; `key_id` is its row."""

    def __init__(self, key_id: int, status: str, since: date) -> None:
        super().__init__(
            _("Esta clave ya está en tu escritorio: {status} desde {since}.").format(
                status=status, since=long_date(since)
            )
        )
        self.key_id = key_id


class LicenceNotAccepted(KeyRefused):
    """Confirming needs the licence box."""

    def __init__(self) -> None:
        super().__init__(_("Debes aceptar la Licencia de Uso."))


class LicenceChanged(KeyRefused):
    """The licence that was read is no longer the one in force."""

    def __init__(self) -> None:
        super().__init__(_("La Licencia de Uso cambió; léela y acéptala de nuevo."))


class OrderRefused(Refusal):
    """A cart or an order does not allow the step."""


class CartEmpty(OrderRefused):
    """There is nothing to place."""

    def __init__(self) -> None:
        super().__init__(_("El carrito está vacío."))


class ConditionsNotAccepted(OrderRefused):
    """Placing needs the box of the contract's conditions."""

    def __init__(self) -> None:
        super().__init__(_("Debes aceptar las condiciones del contrato."))


class ConditionsChanged(OrderRefused):
    """The conditions that were read are no longer those in force."""

    def __init__(self) -> None:
        super().__init__(_("Las condiciones del contrato cambiaron; léelas y acéptalas de nuevo."))


class CartChanged(OrderRefused):
    """Somebody else of the desk changed the cart since it was shown."""

    def __init__(self) -> None:
        super().__init__(_("El carrito cambió en otra sesión; revísalo de nuevo."))


class PricesChanged(OrderRefused):
    """A price is another one than was shown; `changes` are the lines, to be shown and asked for again."""

    def __init__(self, changes: Sequence[PriceChange]) -> None:
        super().__init__(_("Cambió un precio; revisa el pedido y confírmalo de nuevo."))
        self.changes = tuple(changes)


@dataclass(frozen=True)
class PriceChange:
    """A line whose price changed; before tax, in centavos."""

    description: str
    before: int
    after: int


class AlreadyPlaced(OrderRefused):
    """The cart became an order in another session; `order_id` leads to it."""

    def __init__(self, folio: str, order_id: int) -> None:
        super().__init__(_("Ese carrito ya es el pedido {folio}.").format(folio=folio))
        self.order_id = order_id


class PaymentRefused(Refusal):
    """Money cannot be taken like this."""


class MovementTaken(PaymentRefused):
    """A bank movement pays once; the staff are told which order has it (facts/domain 4.b.3)."""


class MovementAlike(PaymentRefused):
    """The same number and amount stand elsewhere with another bank or day; a person says whether it is another one."""

    def __init__(self, folio: str) -> None:
        super().__init__(
            _("Se parece a un pago de {folio}: misma clave, mismo importe. ¿Es otro?").format(
                folio=folio
            )
        )


class OwnPayment(PaymentRefused):
    """Who recorded a payment may not confirm it (SPEC 6)."""

    def __init__(self) -> None:
        super().__init__(_("Lo registraste tú: lo confirma otra persona."))


class OwnRefund(PaymentRefused):
    """Who asked for a refund may not decide on it."""

    def __init__(self) -> None:
        super().__init__(_("Lo pediste tú: lo decide otra persona."))


class CardNumberTyped(Mistyped):
    """Something that looks like a card number; it is neither kept nor repeated (SPEC 6)."""

    def __init__(self, field: str) -> None:
        super().__init__(
            _("Eso parece un número de tarjeta: aquí nunca se escribe; borra el campo."), field
        )


class EspacioRefused(Refusal):
    """Something that the desk's Espacio does not allow."""


class FreeNotDue(EspacioRefused):
    """The free Espacio is only for a desk that never had one (seed 003)."""

    def __init__(self) -> None:
        super().__init__(
            _("El Espacio gratuito es para escritorios que no han contratado un Espacio.")
        )


class AlreadyHeld(EspacioRefused):
    """The very plan and term that run now: it can be renewed, where the person says so."""

    def __init__(self) -> None:
        super().__init__(_("Ya tienes esta modalidad; puedes renovarla."))


class DoesNotFit(EspacioRefused):
    """What the Espacio holds is more than the plan allows."""


class ChangeWaits(EspacioRefused):
    """A renewal or a smaller plan was paid for already and begins on `starts_on`."""

    def __init__(self, plan: str, starts_on: date) -> None:
        super().__init__(
            _("Ya tienes {plan} programado desde el {day}.").format(
                plan=clean(plan), day=long_date(starts_on)
            )
        )
        self.starts_on = starts_on


class NoChangeWaits(EspacioRefused):
    """No renewal and no other plan waits for the end of the term, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("No hay un cambio programado."))


class OrderWaits(EspacioRefused):
    """An order of the desk's for its Espacio is not paid or not delivered yet; `order_id` is where to go."""

    def __init__(self, order_id: int, folio: str, *, is_paid: bool = False) -> None:
        words = _("Ya hay un pedido por pagar ({folio}).")
        if is_paid:
            words = _("Ya hay un pedido por entregar ({folio}).")
        super().__init__(words.format(folio=folio))
        self.order_id = order_id


class NoEspacio(EspacioRefused):
    """The desk has none."""

    def __init__(self) -> None:
        super().__init__(_("Tu escritorio no tiene un Espacio."))


class NameRefused(EspacioRefused):
    """The Espacio cannot be named so; it stands beside the choice of RFC or usuario."""

    field = "naming"


class NameTaken(NameRefused):
    """Another desk's Espacio has the name."""

    def __init__(self) -> None:
        super().__init__(_("Ese nombre ya está en uso; elige la otra opción."))


class NameGeneric(NameRefused):
    """The RFC is one of the two that many share."""

    def __init__(self) -> None:
        super().__init__(_("Un RFC genérico no puede dar nombre a un Espacio; elige el usuario."))


class NameSettled(NameRefused):
    """Only the first paid contract may rename an Espacio."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Tu Espacio ya se llama {name}; no cambia.").format(name=clean(name)))


class WrongEspacioCredentials(EspacioRefused):
    """Unknown Espacio or usuario, or wrong password: one answer for all."""

    def __init__(self) -> None:
        super().__init__(_("Espacio, usuario o contraseña incorrectos."))


class WrongCode(EspacioRefused):
    """A one-time code that is unknown, used or too old: one answer for all."""

    def __init__(self) -> None:
        super().__init__(_("El código no es válido o ya venció; pide otro en tu escritorio."))


@dataclass(frozen=True)
class LineProblem:
    """What is wrong in a line of a file."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("línea {line}: {words}").format(line=self.line, words=self.words)


class FileRefused(Refusal):
    """A data file with mistakes; nothing of it was taken."""

    def __init__(self, file: str, problems: Sequence[LineProblem]) -> None:
        super().__init__(
            _("{file} no se cargó: {problems}").format(
                file=clean(file), problems="; ".join(str(problem) for problem in problems)
            )
        )
        self.problems = tuple(problems)


class NotFound(Refusal):
    """Nothing of that name."""


class ViewUnreadable(Refusal):
    """A saved view that this program cannot open; the list stays as it is."""


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
            _(
                "El almacén está dañado: ejecuta «escritorio doctor» y recupera el respaldo más reciente."
            )
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


class LoadRelieved(Refusal):
    """The same load of keys was begun again elsewhere, and goes on there."""

    def __init__(self) -> None:
        super().__init__(
            _("Otro proceso tomó esta carga y la continúa; aquí ya no se hizo nada más.")
        )
