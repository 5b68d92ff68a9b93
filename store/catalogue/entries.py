"""What a price list may say, entry by entry; each mistake is named with its line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, ValidationError
from pydantic_core import ErrorDetails

from store.catalogue.files import DataFile, read_data
from store.catalogue.tables import PriceSource
from store.errors import FileRefused, LineProblem
from store.money import LARGEST
from store.text import _, clean, is_plain

SHIPPED = "catalogue.toml"
_WORDS = {
    "extra_forbidden": _("no existe «{key}»"),
    "missing": _("falta «{key}»"),
    "greater_than_equal": _("«{key}» no puede ser menor que {least}"),
    "less_than": _("«{key}» no puede ser mayor que {most}"),
    "less_than_equal": _("«{key}» no puede ser mayor que {most}"),
    "int_type": _("«{key}» debe ser un número entero"),
    "date_type": _("«{key}» debe ser una fecha, como 2020-07-14"),
    "enum": _("«{key}» debe ser seed, sample u operator"),
}
"""What pydantic finds, in the words of who wrote the file."""


def _plain(text: str) -> str:
    if not text.strip() or not is_plain(text):
        raise ValueError
    return text


Name = Annotated[str, Field(max_length=32), AfterValidator(_plain)]
LongName = Annotated[str, Field(max_length=100), AfterValidator(_plain)]
ProductCode = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9.-]{1,31}$")]
Source = Annotated[PriceSource, Strict(False)]


class _Entry(BaseModel):
    """Something in the file: no key that nobody knows, no number that is a text, no fraction that is an integer."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class TermEntry(_Entry):
    """A «Plan»."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,16}$")]
    name: Name
    label: Name
    months: Annotated[int, Field(ge=1, le=120)]
    discount_bp: Annotated[int, Field(ge=0, lt=10_000)]
    source: Source


class PlanEntry(_Entry):
    """A «Modalidad»."""

    code: ProductCode
    name: LongName
    modality: Name
    rank: Annotated[int, Field(ge=0, le=10_000)]
    users: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    storage_gb: Annotated[int, Field(ge=1, le=1_000_000)]
    cfdi_years: Annotated[int, Field(ge=1, le=100)]
    free: bool = False


class PackageEntry(_Entry):
    """A package of stamps."""

    code: ProductCode
    name: LongName
    units: Annotated[int, Field(ge=1, le=1_000_000)]


class PriceEntry(_Entry):
    """What a product costs from one day to another."""

    product: ProductCode
    centavos: Annotated[int, Field(ge=0, le=LARGEST)]
    valid_from: date
    valid_to: date | None = None
    source: Source


class Entries(_Entry):
    """A whole price list."""

    currency: Literal["MXN"]
    tax_rate_bp: Annotated[int, Field(ge=0, le=10_000)]
    term: list[TermEntry]
    plan: list[PlanEntry]
    stamps: list[PackageEntry]
    price: list[PriceEntry]


def read_entries(path: Path | None) -> tuple[DataFile, Entries]:
    """Read an installation's price list, or the package's.

    Raises:
        FileRefused: An entry has a mistake; each is named with its line.
        Refusal: The file cannot be read.
    """
    file = read_data(path, SHIPPED)
    try:
        return file, Entries.model_validate(file.data)
    except ValidationError as error:
        problems = list(_problems(file, error))
    raise FileRefused(file.name, sorted(problems, key=lambda problem: problem.line))


def _problems(file: DataFile, error: ValidationError) -> Iterator[LineProblem]:
    for problem in error.errors(include_url=False, include_input=False):
        yield LineProblem(file.line_of(*problem["loc"]), _words(problem))


def _words(problem: ErrorDetails) -> str:
    key, limits = clean(problem["loc"][-1]), problem.get("ctx", {})
    most = limits["lt"] - 1 if "lt" in limits else limits.get("le")
    words = _WORDS.get(problem["type"], _("«{key}» no es válido"))
    return words.format(key=key, least=limits.get("ge"), most=most)
