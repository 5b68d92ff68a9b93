"""Reading a CSV of keys a line at a time: what its layout is, and which cell should hold the key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from store.errors import Refusal
from store.text import _, clean, said_of_fault

_LONGEST = 65_536
"""Signs of a line that are read together; a file without line breaks must not fill the memory."""
_DELIMITERS = ",;\t"
_HEADINGS = frozenset({"clave", "claves"})


class Line(NamedTuple):
    """A line of the file, and what stands where its key should be."""

    number: int
    cell: str
    """Empty where the line holds nothing."""


class KeyCells:
    """Which cell of a line should hold its key: the one headed «clave» in the first line, else the first one."""

    def __init__(self, first: str) -> None:
        self._delimiter = max(_DELIMITERS, key=first.count)
        headings = [cell.lower() in _HEADINGS for cell in self._cells(first)]
        self.is_headed = any(headings)
        """Whether the first line holds no key."""
        self._column = headings.index(True) if self.is_headed else 0

    def of(self, text: str) -> str:
        """Give the cell of a line; empty where the line ends before."""
        cells = self._cells(text)
        return cells[self._column] if len(cells) > self._column else ""

    def _cells(self, text: str) -> list[str]:
        if self._delimiter not in text:
            return [text.strip().strip('"')]
        return [cell.strip().strip('"') for cell in text.split(self._delimiter)]


class KeyLines:
    """The lines of an open file; no cell spans lines, so that one bad line stays one."""

    def __init__(self, file: TextIO, size: int) -> None:
        self._size = size
        self._file = file
        self._lines = iter(partial(file.readline, _LONGEST), "")
        first = next(self._lines, "")
        self._cells = KeyCells(first)
        self._first = "" if self._cells.is_headed else first

    def after(self, done: int) -> Iterator[Line]:
        """Pass over that many lines, and give those behind them."""
        texts = self._texts()
        next(islice(texts, done, done), None)
        return self._read(texts, done)

    def _read(self, texts: Iterator[str], done: int) -> Iterator[Line]:
        for number, text in enumerate(texts, start=done + 1):
            yield Line(number, self._cells.of(text))

    def _texts(self) -> Iterator[str]:
        yield self._first
        yield from self._lines

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return min(1.0, self._file.buffer.tell() / self._size) if self._size else 1.0


@contextmanager
def opened(path: Path) -> Iterator[KeyLines]:
    """Open a file of keys, as UTF-8 with any line ends.

    Raises:
        Refusal: It cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise Refusal(_("{file} no es un archivo.").format(file=clean(path)))
        with path.open(encoding="utf-8-sig", errors="replace", newline=None) as file:
            yield KeyLines(file, path.stat().st_size)
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: OSError) -> Refusal:
    """Say why a file cannot be read."""
    return Refusal(
        _("No se puede leer {file}: {problem}.").format(
            file=clean(path), problem=said_of_fault(error)
        )
    )


def fingerprint_of(path: Path) -> str:
    """Give the SHA-256 of a file's contents."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
