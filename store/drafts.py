"""Files that are there whole or not at all: written beside their name, and given it when they are safe.

A draft lies in a folder of its own, which is locked as long as its writer lives; so what a killed one left is known for
that, and whoever writes next takes it away.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

from store.errors import Refusal
from store.text import _, clean, said_of_fault

_UNFINISHED = ".borrador"
"""How the name of a draft's folder ends."""


class Draft:
    """A new file, for its owner's eyes, under a name that nothing has; it vanishes unless it is kept."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.folder = folder
        """The draft's own; what else lies in it goes with it."""
        self._file = folder / "archivo"
        handle = os.open(self._file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        self.file: BinaryIO = os.fdopen(handle, "w+b")

    def secure(self) -> None:
        """Bring all that was written to the disk."""
        self.file.flush()
        os.fsync(self.file.fileno())

    def keep(self) -> None:
        """Give the file its name."""
        os.rename(self._file, self.path)

    def close(self) -> None:
        """Write no more."""
        with suppress(OSError):  # what could not be written is thrown away with the rest
            self.file.close()


@contextmanager
def draft_in(folder: Path, stem: str, ending: str) -> Iterator[Draft]:
    """Give a draft in a folder, which is made where it is missing.

    Raises:
        Refusal: The folder cannot be written, or the disk is full; no file was left.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with ExitStack() as held:
            with _locked(folder):
                _sweep(folder)
                path, own = _reserved(folder, stem, ending)
                held.enter_context(_locked(own))
            held.callback(rmtree, own)
            draft = Draft(path, own)
            held.callback(draft.close)
            yield draft
    except OSError as error:
        raise Refusal(
            _("No se puede guardar en {folder}: {problem}. No quedó ningún archivo.").format(
                folder=clean(folder), problem=said_of_fault(error)
            )
        ) from None


def _reserved(folder: Path, stem: str, ending: str) -> tuple[Path, Path]:
    """Find a name that nothing has; give it, and the folder in which its draft is written."""
    for number in count(1):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
        own = folder / f".{path.name}{_UNFINISHED}"
        try:
            own.mkdir(mode=0o700)
        except FileExistsError:
            continue
        # Asked only now: who holds the draft alone can give its file this name.
        if not path.exists():
            break
        own.rmdir()
    return path, own


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a file system without locks: there nobody is taken for dead
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Take away what killed writers left; what belongs to another person stays."""
    for own in folder.glob(f".*{_UNFINISHED}"):
        if _is_abandoned(own):
            rmtree(own, ignore_errors=True)


def _is_abandoned(own: Path) -> bool:
    try:
        handle = os.open(own, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:  # done since, or another person's
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
