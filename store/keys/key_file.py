"""A file of keys to activate: read on the machine that the desk runs on, from the one folder that settings name."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from store.errors import Mistyped
from store.settings import Settings, refuse_without_files
from store.text import _, clean, said_of_fault

LARGEST = 200_000
"""Bytes; five hundred keys in a table of five columns are a sixth of it."""


def read_key_file(settings: Settings, name: str) -> str:
    """Give the text of a file in the folder `imports`.

    Args:
        name: Its name in that folder; a path that leads out of it is refused, by links too.

    Raises:
        NotAllowed: No file may be read here.
        Mistyped: There is no such file there, it is no text, too large, or not a file.
    """
    refuse_without_files(settings)
    if not name.strip():
        raise Mistyped(_("Escribe el nombre del archivo."), "file")
    try:
        content = _read(_inside(settings.imports, name.strip()))
        return content.decode("utf-8-sig")
    except OSError as error:
        raise _refused(name, said_of_fault(error)) from None
    except ValueError:  # no UTF-8, or a NUL in the name
        raise _refused(name, _("no es un archivo de texto")) from None


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise Mistyped(
            _("Los archivos se leen solo de {folder}.").format(folder=clean(folder)), "file"
        )
    return path


def _read(path: Path) -> bytes:
    with open(path, "rb", opener=_open_at_once) as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise _refused(path.name, _("no es un archivo"))
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _refused(path.name, _("es demasiado grande para una lista de claves"))
    if b"\0" in content:
        raise _refused(path.name, _("no es un archivo de texto"))
    return content


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting for the other end, as a pipe would, and follow no link that came since it was looked at."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW)


def _refused(name: str, problem: str) -> Mistyped:
    return Mistyped(
        _("No se puede leer {file}: {problem}.").format(file=clean(name, 80), problem=problem),
        "file",
    )
