"""The file that a lot's keys are issued into: the only copy of them.

While it grows it is called «….part», held by one process, and may end with keys that the store does not know yet. It
gets its own name when the store has every key of it.
"""

from __future__ import annotations

import csv
import errno
import fcntl
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from store.errors import Refusal
from store.text import _, clean, said_of_fault

_HEADINGS = ("clave", "producto", "timbres", "lote", "vence")


class KeyFile:
    """The growing file, open and held; what a full disk refuses is not kept in a buffer to be tried again."""

    def __init__(self, out: Path, file: FileIO) -> None:
        self._out, self._file = out, file

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written into it."""
        return os.fstat(self._file.fileno()).st_size == 0

    def keep_first(self, keys: int) -> bool:
        """Cut off what follows that many keys, which no store knows; tell whether there were so many."""
        end = 0
        with part_of(self._out).open("rb") as lines:
            for _line in range(keys + 1 if keys else 0):
                line = lines.readline()
                if not line.endswith(b"\n"):
                    return False
                end += len(line)
        self._file.truncate(end)
        self._file.seek(end)
        return True

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Put keys behind the others, safe on the disk.

        Raises:
            Refusal: The disk is full, or gone.
        """
        text = io.StringIO()
        table = csv.writer(text)
        if self.is_empty:
            table.writerow(_HEADINGS)
        table.writerows(rows)
        left = memoryview(text.getvalue().encode())
        try:
            while left:
                left = left[self._file.write(left) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            raise Refusal(
                _("No se puede escribir {file}: {problem}; la misma orden continúa.").format(
                    file=clean(part_of(self._out)), problem=said_of_fault(error)
                )
            ) from None

    def settle(self) -> None:
        """Give the file its own name, for good."""
        os.replace(part_of(self._out), self._out)
        folder = os.open(self._out.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def part_of(out: Path) -> Path:
    """Say what the file is called while it grows."""
    return out.with_name(out.name + ".part")


@contextmanager
def held(out: Path) -> Iterator[KeyFile]:
    """Open the growing file for its owner's eyes, where nobody else has it; an empty one is not left behind.

    Raises:
        Refusal: The file is there already, cannot be written, or is another process's.
    """
    try:
        if out.exists():
            raise FileExistsError(errno.EEXIST, "")
        handle = os.open(part_of(out), os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise not_written(out, said_of_fault(error)) from None
    with FileIO(handle, "r+") as file:
        _hold(out, file)
        keys = KeyFile(out, file)
        try:
            yield keys
        finally:
            if keys.is_empty:
                part_of(out).unlink()


def _hold(out: Path, file: FileIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise not_written(out, _("otro proceso lo está escribiendo")) from None
    # Whoever held it may have finished, and given it its name, between the opening and the lock.
    if not part_of(out).exists() or not os.path.samestat(
        os.fstat(file.fileno()), part_of(out).stat()
    ):
        raise not_written(out, _("otro proceso lo está escribiendo"))


def not_written(out: Path, problem: str) -> Refusal:
    """Say why no key goes into the file."""
    return Refusal(
        _("No se puede escribir {file}: {problem}. No se emitió nada.").format(
            file=clean(out), problem=problem
        )
    )
