"""The list as a table for an office: CSV, or a workbook. Neither holds more than a few rows in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from enum import Enum
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from store.errors import Refusal
from store.keys.cells import said_of_cell
from store.keys.query import KeyColumn
from store.keys.rows import KeyRow
from store.text import _, clean

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

WriteRow = Callable[[KeyRow], None]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What an office takes for a formula at the beginning of a cell (ASVS 5.0, 1.2.10)."""
_MOST_IN_SHEET = 1_048_575
"""Rows of a sheet below its headings."""
_WIDTH = 22
"""Of a sheet's columns, in signs."""
_FORMS = {
    KeyColumn.QUANTITY: '[=1]0 "Timbre";#,##0 "Timbres"',
    KeyColumn.DATE: "dd/mm/yyyy",
    KeyColumn.ACTIVATION: "dd/mm/yy",
}
"""How a sheet shows what it holds as a number or a day: as the list does."""


class SheetKind(Enum):
    """In which form a list is written; a value is the ending of the file's name."""

    CSV = ".csv"
    XLSX = ".xlsx"


def can_write_xlsx() -> bool:
    """Tell whether the library for workbooks is installed; it is an extra."""
    return find_spec("xlsxwriter") is not None


def refuse_kind(kind: SheetKind, rows: int) -> None:
    """Refuse a form that cannot hold the list.

    Raises:
        Refusal: XLSX without its library, or with more rows than a sheet has.
    """
    if kind is SheetKind.CSV:
        return
    if not can_write_xlsx():
        raise Refusal(_("Falta XlsxWriter; instala escritorio[xlsx] o usa CSV."))
    if rows > _MOST_IN_SHEET:
        raise Refusal(
            _("Una hoja de XLSX tiene {most:,} filas; usa CSV o filtra.").format(
                most=_MOST_IN_SHEET
            )
        )


@contextmanager
def sheet(
    kind: SheetKind, file: BinaryIO, columns: Sequence[KeyColumn], folder: Path
) -> Iterator[WriteRow]:
    """Begin a table; leaving it normally brings all of it into the file.

    Args:
        folder: Where a workbook's parts may lie; whoever made it takes them away.
    """
    writer = (
        _csv_sheet(file, columns) if kind is SheetKind.CSV else _xlsx_sheet(file, columns, folder)
    )
    with writer as write:
        yield write


@contextmanager
def _csv_sheet(file: BinaryIO, columns: Sequence[KeyColumn]) -> Iterator[WriteRow]:
    # The mark at the beginning tells an office that this is UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow([column.title for column in columns])

    def write(row: KeyRow) -> None:
        table.writerow([defused(said_of_cell(row, column)) for column in columns])

    try:
        yield write
    finally:
        text.detach()


def defused(cell: str) -> str:
    """Give a cell that no office takes for a formula, nor a terminal for a command."""
    if cell.startswith(_FORMULA):
        cell = f"'{cell}"
    return clean(cell)


class _UntilItFails:
    """A file that takes everything once it could not write: XlsxWriter leaves a ZipFile open, which would try again.

    The file's end comes at an unforeseen moment, and its complaint would stand on the screen.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._failed = file, False

    def write(self, data: bytes) -> int:
        if self._failed:
            return len(data)
        try:
            return self._file.write(data)
        except OSError:
            self._failed = True
            raise

    def flush(self) -> None:
        if not self._failed:
            self._file.flush()

    def tell(self) -> int:
        return self._file.tell() if not self._failed else 0

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence) if not self._failed else 0


@contextmanager
def _xlsx_sheet(file: BinaryIO, columns: Sequence[KeyColumn], folder: Path) -> Iterator[WriteRow]:
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook

    book = Workbook(
        cast("IO[str]", _UntilItFails(file)), {"constant_memory": True, "tmpdir": str(folder)}
    )
    page = book.add_worksheet(_("Claves prepago"))
    try:
        yield _row_writer(book, page, columns)
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None
    finally:
        with suppress(OSError):  # of a disk that is full; the part is thrown away
            page._opt_close()


def _row_writer(book: Workbook, page: Worksheet, columns: Sequence[KeyColumn]) -> WriteRow:
    """Give a function that writes row after row below the headings; numbers and days stay such."""
    formats = {column: book.add_format({"num_format": form}) for column, form in _FORMS.items()}
    page.set_column(0, len(columns) - 1, _WIDTH)
    page.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        page.write_string(0, place, column.title, book.add_format({"bold": True}))
    lines = count(1)

    def write(row: KeyRow) -> None:
        line = next(lines)
        for place, column in enumerate(columns):
            _write_cell(page, line, place, _value(row, column), formats.get(column))

    return write


def _value(row: KeyRow, column: KeyColumn) -> int | date | str:
    match column:
        case KeyColumn.QUANTITY:
            return row.units
        case KeyColumn.DATE:
            return row.confirmed_on
        case KeyColumn.ACTIVATION:
            return row.activated_on or said_of_cell(row, column)
        case _:
            return clean(said_of_cell(row, column))


def _write_cell(
    page: Worksheet, line: int, place: int, value: int | date | str, form: Format | None
) -> None:
    # By its own type, since `write` makes formulas and links of texts.
    if isinstance(value, int):
        page.write_number(line, place, value, form)
    elif isinstance(value, date):
        page.write_datetime(line, place, datetime.combine(value, time()), form)
    else:
        page.write_string(line, place, value)
