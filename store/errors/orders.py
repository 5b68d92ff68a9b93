"""Carts, orders and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.errors.base import Mistyped, Refusal
from store.text import _


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
