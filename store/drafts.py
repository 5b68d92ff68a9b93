"""Files that are there whole or not at all: written beside their name, and given it when they are safe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from store.errors import Refusal
from store.text import _, clean, said_of_fault


class Draft:
    """A new file, for its owner's eyes, under a name that nothing has; it vanishes unless it is kept."""

    def __init__(self, folder: Path, stem: str, ending: str) -> None:
        for number in count(1):
            self.path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
            self._draft = self.path.with_name(f"{self.path.name}.part")
            try:
                handle = os.open(self._draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            except FileExistsError:
                continue
            # Asked only now: who holds the draft alone can give its file this name.
            if not self.path.exists():
                break
            os.close(handle)
            self._draft.unlink()
        self.file: BinaryIO = os.fdopen(handle, "w+b")

    def secure(self) -> None:
        """Bring all that was written to the disk."""
        self.file.flush()
        os.fsync(self.file.fileno())

    def keep(self) -> None:
        """Give the file its name."""
        os.rename(self._draft, self.path)

    def close(self) -> None:
        """Leave nothing half done."""
        with suppress(OSError):  # what could not be written is thrown away with the rest
            self.file.close()
        self._draft.unlink(missing_ok=True)


@contextmanager
def draft_in(folder: Path, stem: str, ending: str) -> Iterator[Draft]:
    """Give a draft in a folder, which is made where it is missing.

    Raises:
        Refusal: The folder cannot be written, or the disk is full; no file was left.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = Draft(folder, stem, ending)
        try:
            yield draft
        finally:
            draft.close()
    except OSError as error:
        raise Refusal(
            _("No se puede guardar en {folder}: {problem}. No quedó ningún archivo.").format(
                folder=clean(folder), problem=said_of_fault(error)
            )
        ) from None
