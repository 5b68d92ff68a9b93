"""Reading the bank's CSV: its columns by their headings, its days and amounts; what is no income is left out."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from store.calendar import read_date
from store.errors import Mistyped
from store.money import LARGEST
from store.orders.movement import tracking_key
from store.text import _, clean, normal, search_key

_LARGEST_FILE = 5_000_000
"""Bytes; a year of a shop's statement is a tenth of it."""
_DEEPEST = 20
"""Rows among which the headings stand."""
_POINT = re.compile(r"(\d{1,3}(?:,\d{3})*|\d{1,15}|)(?:\.(\d{1,2})0*)?", re.ASCII)
_COMMA = re.compile(r"(\d{1,3}(?:\.\d{3})*|\d{1,15}),(\d{1,2})", re.ASCII)
Row = tuple[int, list[str]]
"""A line's number in the file, and its cells."""


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


def read_income(content: bytes, columns: Columns) -> Iterator[Income]:
    """Read the lines that brought money; zero, negative and empty amounts are none of them.

    Banks write their own name and the account above the table: it begins where all the headings stand.

    Raises:
        Mistyped: A column is not there, or a line has an amount or a day that cannot be read.
    """
    rows = _rows(content)
    start, place = _headings(rows, columns)

    def cell(row: list[str], name: str) -> str:
        number = place.get(search_key(name)) if name else None
        return row[number] if number is not None and number < len(row) else ""

    seen: Counter[str] = Counter()
    for number, row in rows[start + 1 :]:
        amount = _amount(cell(row, columns.amount), number)
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


def _headings(rows: Sequence[Row], columns: Columns) -> tuple[int, dict[str, int]]:
    """Find the row of the headings, and the place of each; they stand near the top."""
    wanted = (columns.day, columns.amount, columns.reference, columns.concept, columns.tracking)
    for start, (_line, row) in enumerate(rows[:_DEEPEST]):
        place = {search_key(heading): number for number, heading in enumerate(row) if heading}
        missing = [name for name in wanted if name and search_key(name) not in place]
        if not missing:
            return start, place
        if search_key(columns.day) in place or search_key(columns.amount) in place:
            break
    else:
        row = max((row for _line, row in rows[:_DEEPEST]), key=len)
        missing = [columns.day]
    raise Mistyped(
        _("El archivo no tiene la columna «{name}»; tiene: {headings}.").format(
            name=clean(missing[0], 60), headings=clean(", ".join(filter(None, row)), 200)
        ),
        "file",
    )


def _stand_in(said: str, place: int) -> str:
    """Name a line that the bank does not: the same line of a later, overlapping file gets the same name."""
    return "LINEA" + hashlib.sha256(f"{said}|{place}".encode()).hexdigest()[:20].upper()


def _rows(content: bytes) -> list[Row]:
    """Read the rows that hold anything, each with its line in the file."""
    if len(content) > _LARGEST_FILE:
        raise Mistyped(_("El archivo es demasiado grande para un estado de cuenta."), "file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    lines = text.splitlines()
    top = "".join(lines[:_DEEPEST])
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=max(",;\t", key=top.count))
    try:
        found = [(reader.line_num, [normal(cell) for cell in row]) for row in reader]
    except csv.Error:
        found = []
    rows = [(line, row) for line, row in found if any(row)]
    if len(rows) < 2 or max(len(row) for _line, row in rows[:_DEEPEST]) < 2:
        raise Mistyped(_("El archivo no es una tabla CSV con encabezados."), "file")
    return rows


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


def _amount(text: str, line: int) -> int | None:
    """Read an amount above zero as banks write it: «1,903.29», «$1,903.29», «+65.4», and «1.903,29»; `None` if none.

    A comma before one or two last digits is the decimals', else the thousands'.
    """
    plain = text.replace("$", "").replace(" ", "").removeprefix("+")
    if not plain.strip("-") or plain.startswith(("-", "(")) or plain.endswith("-"):
        return None
    match = _POINT.fullmatch(plain) or _COMMA.fullmatch(plain)
    if match is not None:
        whole, rest = re.sub(r"[.,]", "", match[1]), match[2] or ""
        amount = int(whole or "0") * 100 + int(rest.ljust(2, "0"))
        if amount <= LARGEST:
            return amount or None
    raise Mistyped(
        _("Línea {line}: «{text}» no es un importe.").format(line=line, text=clean(text, 20)),
        "file",
    )
