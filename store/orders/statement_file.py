"""Reading the bank's CSV: its columns by their headings, its days and amounts; what is no income is left out."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from store.calendar import read_date
from store.errors import Mistyped
from store.money import LARGEST
from store.orders.movement import tracking_key
from store.text import _, clean, normal, search_key

_LARGEST_FILE = 5_000_000
"""Bytes; a year of a shop's statement is a tenth of it."""


@dataclass(frozen=True)
class Columns:
    """How the bank heads its columns; an empty name is a column that it does not have."""

    bank: str
    day: str
    amount: str
    """The column of what came in: «Abono», «Depósito»."""
    reference: str
    concept: str = ""
    tracking: str = ""


@dataclass(frozen=True)
class Income:
    """A movement that brought money."""

    line: int
    """In the file, the headings being the first."""
    paid_on: date
    amount_centavos: int
    reference: str
    concept: str
    tracking: str
    """The clave de rastreo; where the bank gives none, a digest of the line stands for it."""


def headings_of(content: bytes) -> tuple[str, ...]:
    """Give the headings of a file, so that a person can say which is which.

    Raises:
        Mistyped: It is no table.
    """
    rows = _rows(content)
    return tuple(cell for cell in rows[0] if cell)


def read_income(content: bytes, columns: Columns) -> Iterator[Income]:
    """Read the lines that brought money; zero, negative and empty amounts are none of them.

    Raises:
        Mistyped: A column is not there, or a line with an amount has no day that can be read.
    """
    rows = _rows(content)
    place = {search_key(heading): number for number, heading in enumerate(rows[0])}
    for name in (columns.day, columns.amount, columns.reference, columns.concept, columns.tracking):
        if name and search_key(name) not in place:
            raise Mistyped(
                _("El archivo no tiene la columna «{name}».").format(name=clean(name, 60)), "file"
            )

    def cell(row: list[str], name: str) -> str:
        number = place.get(search_key(name)) if name else None
        return row[number] if number is not None and number < len(row) else ""

    seen: Counter[str] = Counter()
    for number, row in enumerate(rows[1:], start=2):
        amount = _amount(cell(row, columns.amount))
        if amount is None:
            continue
        day = _day(cell(row, columns.day), number)
        reference = clean(cell(row, columns.reference), 40)
        concept = clean(cell(row, columns.concept), 200)
        tracking = cell(row, columns.tracking)
        if not tracking_key(tracking):
            said = f"{day}|{amount}|{reference}|{concept}"
            seen[said] += 1
            tracking = _stand_in(said, seen[said])
        yield Income(number, day, amount, reference, concept, clean(tracking, 40))


def _stand_in(said: str, place: int) -> str:
    """Name a line that the bank does not: the same line of a later, overlapping file gets the same name."""
    return "LINEA" + hashlib.sha256(f"{said}|{place}".encode()).hexdigest()[:20].upper()


def _rows(content: bytes) -> list[list[str]]:
    if len(content) > _LARGEST_FILE:
        raise Mistyped(_("El archivo es demasiado grande para un estado de cuenta."), "file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    lines = [line for line in text.splitlines() if line.strip()]
    delimiter = max(",;\t", key=(lines[0] if lines else "").count)
    try:
        found = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))
    except csv.Error:
        found = []
    if len(found) < 2 or len(found[0]) < 2:
        raise Mistyped(_("El archivo no es una tabla CSV con encabezados."), "file")
    return [[normal(cell) for cell in row] for row in found]


def _day(text: str, line: int) -> date:
    day = read_date(text[:10]) or _iso(text[:10])
    if day is None:
        raise Mistyped(
            _("Línea {line}: «{text}» no es una fecha.").format(line=line, text=clean(text, 20)),
            "file",
        )
    return day


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _amount(text: str) -> int | None:
    """Read an amount above zero as banks write it, «1,903.29», «$1,903.29», «+65.4»; `None` for all else."""
    plain = text.replace("$", "").replace(",", "").replace(" ", "").removeprefix("+")
    whole, _point, rest = plain.partition(".")
    digits = whole + rest
    if not (digits.isascii() and digits.isdigit()) or len(rest.rstrip("0")) > 2:
        return None
    amount = int(whole or "0") * 100 + int(rest[:2].ljust(2, "0"))
    return amount if 0 < amount <= LARGEST else None
