"""The lines that an import refused: in a file as they come up, since there may be a million of them."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from store.errors import Refusal
from store.text import _, clean, said_of_fault

_HEADINGS = ("línea", "motivo")


@dataclass(frozen=True)
class RefusedLine:
    """A line of an import that was not taken; the reason never repeats the key."""

    line: int
    reason: str


class RefusalFile:
    """A CSV of refused lines; there is none where nothing was refused."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def go_on_after(self, line: int) -> None:
        """Keep what earlier runs told of the lines up to this one; with 0, nothing.

        Raises:
            Refusal: The file cannot be written.
        """
        with self._writable():
            if line == 0:
                self.path.unlink(missing_ok=True)
                return
            draft = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
            _append(draft, takewhile(lambda refused: refused.line <= line, self.read()))
            os.replace(draft, self.path)

    def add(self, refused: Sequence[RefusedLine]) -> None:
        """Put more lines behind the others, safe on the disk.

        Raises:
            Refusal: The file cannot be written.
        """
        if refused:
            with self._writable():
                _append(self.path, refused)

    def read(self) -> Iterator[RefusedLine]:
        """Give the lines in their order; a row that a kill cut in two ends them."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows, None)
            for row in rows:
                if len(row) != len(_HEADINGS):
                    return
                yield RefusedLine(int(row[0]), row[1])

    @contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Refusal(
                _("No se puede escribir {file}: {problem}; di otro lugar con «--report».").format(
                    file=clean(self.path), problem=said_of_fault(error)
                )
            ) from None


def _append(path: Path, refused: Iterable[RefusedLine]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        if file.tell() == 0:
            table.writerow(_HEADINGS)
        table.writerows((line.line, line.reason) for line in refused)
        file.flush()
        os.fsync(file.fileno())
