"""The vendor's words: the only place where they stand, so that an installation can show its own.

Light on purpose: the login page is painted before the store's libraries are loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from store.catalogue.files import DataFile, read_data
from store.errors import FileRefused, LineProblem
from store.text import _, clean, is_plain

SHIPPED = "words.toml"
_LONGEST = 100


@dataclass(frozen=True)
class Words:
    """What the vendor and its things are called; by default as in the seeds."""

    vendor: str
    customer_door: str
    distributor_door: str
    espacio: str
    """«@spacio», in running text."""
    espacio_brand: str
    """«ⓔspacio», where the terminal can show it."""
    espacio_title: str
    """«Espacio Aspel», as the section is headed."""
    espacio_address: str
    """Where every Espacio is, with a slash at its end."""
    free_banner: str
    upgrade_button: str
    upgrade_title: str
    products: tuple[str, ...]
    """The strip at the foot."""

    def address_of(self, name: str) -> str:
        """Give the address of an Espacio by its name, which stands there in lower case."""
        return f"{self.espacio_address}{name.lower()}"


def read_words(path: Path | None = None) -> Words:
    """Read the vendor's words from the package, and from an installation's file what that one says otherwise.

    Raises:
        FileRefused: The file has mistakes; each is named with its line.
        Refusal: It cannot be read.
    """
    said = dict(read_data(None, SHIPPED).data)
    if path is not None:
        file = read_data(path, SHIPPED)
        problems = sorted(_problems(file), key=lambda problem: problem.line)
        if problems:
            raise FileRefused(file.name, problems)
        said |= file.data
    return Words(**said | {"products": tuple(said["products"])})


def _problems(file: DataFile) -> Iterator[LineProblem]:
    known = {field.name for field in fields(Words)}
    for key, value in file.data.items():
        line = file.line_of(key)
        if key not in known:
            yield LineProblem(line, _("no existe «{key}»").format(key=clean(key)))
        elif not _fits(key, value):
            yield LineProblem(line, _("«{key}» no es válido").format(key=clean(key)))


def _fits(key: str, value: Any) -> bool:
    if key == "products":
        return isinstance(value, list) and all(_is_text(product) for product in value)
    if key == "espacio_address":
        return _is_text(value) and value.startswith(("https://", "http://")) and value.endswith("/")
    return _is_text(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST and is_plain(value)
