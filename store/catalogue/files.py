"""Data files that an installation may replace: TOML, each mistake named with its line.

Nothing here needs a database or a library beyond Python's own, since the login page is painted with the words of one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from store.errors import FileRefused, LineProblem, Refusal
from store.text import _, clean, said_of_fault

_HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]?\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_WHERE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class DataFile:
    """A file that was read, and where in it each thing stands."""

    name: str
    data: Mapping[str, Any]
    lines: Mapping[Place, int]

    def line_of(self, *place: str | int) -> int:
        """Give the line of a key or a table, «("price", 3, "centavos")»; of a missing one, that of what holds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_data(path: Path | None, shipped: str) -> DataFile:
    """Read an installation's file, or the one of that name that the package ships.

    Raises:
        FileRefused: It is not TOML; the line is named.
        Refusal: It cannot be read at all.
    """
    source = files("store.catalogue").joinpath(shipped) if path is None else path
    name = shipped if path is None else str(path)
    try:
        written = source.read_bytes()
    except OSError as error:
        raise Refusal(
            _("No se puede leer {file}: {problem}.").format(
                file=clean(name), problem=said_of_fault(error)
            )
        ) from None
    text = _text_of(name, written)
    try:
        return DataFile(name, tomllib.loads(text), _lines_of(text))
    except tomllib.TOMLDecodeError as error:
        raise FileRefused(name, [_problem_of(error, text)]) from None


def _text_of(name: str, written: bytes) -> str:
    try:
        return written.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise FileRefused(name, [LineProblem(line, _("no está escrito en UTF-8"))]) from None


def _problem_of(error: tomllib.TOMLDecodeError, text: str) -> LineProblem:
    where = _WHERE.search(str(error))
    line = int(where[1]) if where and where[1] else text.count("\n") + 1
    words = clean(_WHERE.sub("", str(error)))
    return LineProblem(line, _("no es TOML ({problem})").format(problem=words))


def _lines_of(text: str) -> dict[Place, int]:
    """Say on which line each table and each key begins.

    `tomllib` alone decides what the file says; this only finds the places of what a hand writes: one key a line, in
    tables of one level.
    """
    lines: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            name = header[1]
            lines.setdefault((name,), number)
            table = (name, counts.get(name, 0))
            counts[name] = counts.get(name, 0) + 1
            lines[table] = number
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1]), number)
    return lines
