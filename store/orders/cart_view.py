"""The cart as a screen shows it, always at today's prices."""

from __future__ import annotations

from dataclasses import dataclass

from store.espacio.tables import Naming
from store.money import share
from store.orders.pricing import LinePrice


@dataclass(frozen=True)
class CartLine:
    """A line at today's price."""

    item_id: int
    product_code: str
    price: LinePrice
    before_centavos: int
    """What the line added to the subtotal when it was put in, to tell where a price changed."""
    term_code: str | None = None
    naming: Naming | None = None

    @property
    def is_espacio(self) -> bool:
        """Whether it is the line of Espacio, of which there is one."""
        return self.term_code is not None


@dataclass(frozen=True)
class CartView:
    """The cart as a screen shows it; money in centavos."""

    order_id: int | None
    """`None` where the desk has no cart."""
    lines: tuple[CartLine, ...]
    tax_rate_bp: int

    @property
    def gross_centavos(self) -> int:
        """All lines before anything is taken off."""
        return sum(line.price.gross_centavos for line in self.lines)

    @property
    def discount_centavos(self) -> int:
        """What terms take off."""
        return sum(line.price.discount_centavos for line in self.lines)

    @property
    def credit_centavos(self) -> int:
        """What is unused of a contract that an upgrade replaces."""
        return sum(line.price.credit_centavos for line in self.lines)

    @property
    def subtotal_centavos(self) -> int:
        """What tax is reckoned on."""
        return self.gross_centavos - self.discount_centavos - self.credit_centavos

    @property
    def tax_centavos(self) -> int:
        """Once, on the subtotal, half-up."""
        return share(self.subtotal_centavos, self.tax_rate_bp)

    @property
    def total_centavos(self) -> int:
        """What is to be paid."""
        return self.subtotal_centavos + self.tax_centavos

    @property
    def units(self) -> int:
        """What the header counts; a line of Espacio is one."""
        return sum(line.price.quantity for line in self.lines)
