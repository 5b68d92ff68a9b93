"""Texts to print: seventy-two columns, plain, kept in the folder that the installation names."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

from store.errors import Refusal
from store.settings import Settings, refuse_without_files
from store.text import _, clean, said_of_fault

WIDTH = 72
_LABEL = 22


class Paper:
    """A sheet that is filled from the top."""

    def __init__(self, title: str) -> None:
        self._lines = [clean(title).center(WIDTH).rstrip(), "=" * WIDTH]

    @property
    def text(self) -> str:
        """The whole sheet."""
        return "\n".join(self._lines).rstrip() + "\n"

    def facts(self, *facts: tuple[str, str]) -> None:
        """Add a block of names and values; a long value goes on below itself."""
        for name, value in facts:
            pieces = textwrap.wrap(clean(value), WIDTH - _LABEL) or [""]
            self._lines.append(f"{clean(name) + ':':<{_LABEL}}{pieces[0]}".rstrip())
            self._lines += [" " * _LABEL + piece for piece in pieces[1:]]
        self._lines.append("")

    def sums(self, *lines: tuple[str, str]) -> None:
        """Add a block of words and amounts, the amounts one below the other on the right."""
        for words, amount in lines:
            *before, last = textwrap.wrap(clean(words), WIDTH - 18) or [""]
            self._lines += before
            self._lines.append(f"{last:<{WIDTH - 18}}{amount:>18}")
        self._lines.append("")

    def words(self, words: str) -> None:
        """Add a paragraph."""
        self._lines += [*textwrap.wrap(clean(words, len(words)), WIDTH), ""]


def save_paper(settings: Settings, name: str, text: str) -> Path:
    """Write a text into the folder `exports`, for its owner's eyes; a former one is replaced whole.

    Raises:
        NotAllowed: No file may be saved here.
        Refusal: The folder cannot be written.
    """
    refuse_without_files(settings)
    path = settings.exports / name
    draft = path.with_name(f".{name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        raise Refusal(
            _("No se puede guardar en {folder}: {problem}.").format(
                folder=clean(path.parent), problem=said_of_fault(error)
            )
        ) from None
    return path
