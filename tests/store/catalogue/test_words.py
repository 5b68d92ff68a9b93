"""The vendor's words: the seeds' by default, an installation's where it names a file."""

import subprocess
import sys
from pathlib import Path

import pytest

from store.catalogue.words import read_words
from store.errors import FileRefused, Refusal
from store.installation.opening import open_store
from store.installation.store import Store
from store.settings import Settings
from tests.store.refusals import refused

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "argon2"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An installation's own words."""
    return tmp_path / "palabras.toml"


def test_the_words_of_the_seeds() -> None:
    words = read_words()
    assert words.vendor == "Aspel"
    assert (words.customer_door, words.distributor_door) == (
        "Mi cuenta Aspel",
        "Acceso a Distribuidores",
    )
    assert (words.espacio, words.espacio_brand) == ("@spacio", "ⓔspacio")
    assert words.free_banner == "Espacio Aspel 1GB Gratis Comienza Ahora"
    assert words.upgrade_button == "Actualizar modalidad de @spacio Aspel →"
    assert words.upgrade_title == "Actualizar @spacio Aspel"
    assert words.address_of("kemper") == "https://espacio.aspel.com.mx/kemper"
    assert words.products[0] == "aspel SAE"
    assert len(words.products) == 8


def test_an_installation_says_only_what_is_otherwise(file: Path) -> None:
    file.write_text('vendor = "Contadores"\nespacio_address = "https://nube.example/"\n')
    words = read_words(file)
    assert words.vendor == "Contadores"
    assert words.address_of("kemper") == "https://nube.example/kemper"
    assert words.espacio == "@spacio"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('\nvendedor = "X"\n', "línea 2: no existe «vendedor»"),
        ("vendor = 5", "línea 1: «vendor» no es válido"),
        ('vendor = " "', "línea 1: «vendor» no es válido"),
        ('vendor = "a\\u001bb"', "línea 1: «vendor» no es válido"),
        ('espacio_address = "espacio"', "línea 1: «espacio_address» no es válido"),
        ('espacio_address = "https://nube.example"', "línea 1: «espacio_address» no es válido"),
        ('products = "SAE"', "línea 1: «products» no es válido"),
        ('products = ["SAE", 5]', "línea 1: «products» no es válido"),
        ('vendor = "a"\nvendor = "b"', "línea 2: no es TOML (Cannot overwrite a value)"),
    ],
)
def test_a_mistake_is_named_with_its_line(file: Path, text: str, problem: str) -> None:
    file.write_text(text)
    with refused(f"{file} no se cargó: {problem}", FileRefused):
        read_words(file)


def test_a_file_that_is_not_there(file: Path) -> None:
    with refused(f"No se puede leer {file}: no existe.", Refusal):
        read_words(file)


def test_a_store_speaks_the_installations_words(store: Store, file: Path) -> None:
    file.write_text('espacio = "@nube"\n')
    opened = open_store(Settings(store=store.settings.store, words=file))
    assert opened.words.espacio == "@nube"
    assert store.words.espacio == "@spacio"
    opened.close()


def test_a_store_with_bad_words_is_not_opened(store: Store, file: Path) -> None:
    file.write_text("espacio = 5\n")
    with pytest.raises(FileRefused):
        open_store(Settings(store=store.settings.store, words=file))


def test_the_words_bring_no_database() -> None:
    program = (
        "import sys, store.catalogue.words as w, store.money; w.read_words(); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not {name.split(".")[0] for name in done.stdout.split()} & HEAVY
