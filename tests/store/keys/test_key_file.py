"""A file of keys: only from the folder that settings name, only text, and no larger than a list of keys."""

import os
from pathlib import Path

import pytest

from store.errors import Mistyped
from store.keys.key_file import LARGEST, read_key_file
from store.settings import Settings
from tests.store.refusals import refused


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation whose lists are in a folder of their own, with a secret beside it."""
    folder = tmp_path / "listas"
    (folder / "julio").mkdir(parents=True)
    (tmp_path / "secreto.txt").write_text("secreto")
    return Settings(imports=folder)


def test_a_file_is_read_as_text_whoever_wrote_it(settings: Settings) -> None:
    (settings.imports / "julio" / "claves.csv").write_bytes("\ufeff38SQ\r\nñ\r\n".encode())
    assert read_key_file(settings, " julio/claves.csv ") == "38SQ\r\nñ\r\n"


@pytest.mark.parametrize(
    "name", ["../secreto.txt", "enlace", "{folder}/secreto.txt", "/etc/passwd"]
)
def test_nothing_is_read_outside_the_folder(settings: Settings, name: str) -> None:
    (settings.imports / "enlace").symlink_to("../secreto.txt")
    name = name.format(folder=settings.imports.parent)
    with refused(f"Los archivos se leen solo de {settings.imports}.", Mistyped, field="file"):
        read_key_file(settings, name)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("falta.csv", "no existe"),
        ("julio", "es una carpeta"),
        ("tubo", "no es un archivo"),
        ("latin.txt", "no es un archivo de texto"),
        ("nulo.txt", "no es un archivo de texto"),
        ("grande.txt", "es demasiado grande para una lista de claves"),
        ("a\0b", "no es un archivo de texto"),
    ],
)
def test_what_is_no_list_of_keys_is_refused(settings: Settings, name: str, problem: str) -> None:
    folder = settings.imports
    os.mkfifo(folder / "tubo")
    (folder / "latin.txt").write_bytes("ñandú".encode("latin-1"))
    (folder / "nulo.txt").write_bytes(b"38SQ\0")
    (folder / "grande.txt").write_bytes(b"x" * (LARGEST + 1))
    shown = name.replace("\0", "\ufffd")
    with refused(f"No se puede leer {shown}: {problem}.", Mistyped, field="file"):
        read_key_file(settings, name)


def test_no_name_at_all(settings: Settings) -> None:
    with refused("Escribe el nombre del archivo.", Mistyped, field="file"):
        read_key_file(settings, "  ")
