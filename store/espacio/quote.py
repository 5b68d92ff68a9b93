"""What a plan costs: the seed's figure, line by line; pure, in whole centavos (SPEC 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.catalogue.tables import PriceSource
from store.espacio.plans import PlanRow, TermRow
from store.money import percent, share
from store.text import _


@dataclass(frozen=True)
class QuoteLine:
    """A line of the figure; the last one is the sum of what comes before it."""

    words: str
    centavos: int
    """Signed: what is taken off is below zero, so that the lines add up as they stand."""


@dataclass(frozen=True)
class Quote:
    """A price, worked out."""

    description: str
    """«@spacio 4G por un Mes»."""
    unit_centavos: int
    """For a month, before tax."""
    months: int
    discount_bp: int
    tax_rate_bp: int
    available_centavos: int = 0
    """What is unused of the contract that this one replaces."""

    @property
    def gross_centavos(self) -> int:
        """The service: so many months of it."""
        return self.unit_centavos * self.months

    @property
    def discount_centavos(self) -> int:
        """What the term takes off, half-up."""
        return share(self.gross_centavos, self.discount_bp)

    @property
    def net_centavos(self) -> int:
        """The price before any credit: what a later credit will be a part of."""
        return self.gross_centavos - self.discount_centavos

    @property
    def credit_centavos(self) -> int:
        """What is unused of the old contract, up to the new price; the rest goes to the saldo a favor."""
        return min(self.available_centavos, self.net_centavos)

    @property
    def subtotal_centavos(self) -> int:
        """What tax is reckoned on."""
        return self.net_centavos - self.credit_centavos

    @property
    def tax_centavos(self) -> int:
        """Once, on the subtotal, half-up."""
        return share(self.subtotal_centavos, self.tax_rate_bp)

    @property
    def total_centavos(self) -> int:
        """What is to be paid."""
        return self.subtotal_centavos + self.tax_centavos

    @property
    def lines(self) -> tuple[QuoteLine, ...]:
        """The seed's five lines, or six where there is a credit."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[QuoteLine]:
        yield QuoteLine(self.description, self.gross_centavos)
        discount = _("Descuento ({n}%)").format(n=percent(self.discount_bp))
        yield QuoteLine(discount, -self.discount_centavos)
        if self.credit_centavos:
            yield QuoteLine(_("Crédito"), -self.credit_centavos)
        yield QuoteLine(_("Subtotal"), self.subtotal_centavos)
        yield QuoteLine(_("Impuesto(s)"), self.tax_centavos)
        yield QuoteLine(_("Total:"), self.total_centavos)


@dataclass(frozen=True)
class Combination:
    """One cell of the table of all plans and terms."""

    plan: PlanRow
    term: TermRow
    quote: Quote

    @property
    def source(self) -> PriceSource:
        """Where its figures come from: a sample, if one of them is."""
        sources = {self.plan.source, self.term.source}
        by_doubt = (PriceSource.SAMPLE, PriceSource.OPERATOR)
        return next((source for source in by_doubt if source in sources), PriceSource.SEED)

    @property
    def per_month_centavos(self) -> int:
        """What a month of it costs before tax, half-up."""
        return (2 * self.quote.net_centavos + self.quote.months) // (2 * self.quote.months)

    @property
    def saving_centavos(self) -> int:
        """What it costs less than the same months one by one."""
        return self.quote.discount_centavos


def make_quote(
    plan: PlanRow, term: TermRow, unit_centavos: int, tax_rate_bp: int, available_centavos: int = 0
) -> Quote:
    """Work out the price of a plan for a term."""
    return Quote(
        description=_("{plan} por {term}").format(plan=plan.name, term=term.phrase),
        unit_centavos=unit_centavos,
        months=term.months,
        discount_bp=term.discount_bp,
        tax_rate_bp=tax_rate_bp,
        available_centavos=available_centavos,
    )


def combine(
    plans: Sequence[PlanRow], terms: Sequence[TermRow], tax_rate_bp: int
) -> Sequence[Combination]:
    """Put every plan that is for sale beside every term: the twenty of SPEC 5, side by side."""
    return [
        Combination(plan, term, make_quote(plan, term, plan.monthly_centavos, tax_rate_bp))
        for plan in plans
        if plan.monthly_centavos is not None and not plan.is_free
        for term in terms
    ]
