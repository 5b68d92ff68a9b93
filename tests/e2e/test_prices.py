"""`prices` and `tick`, as an administrator types them."""

import json
import re
import sqlite3
from importlib.resources import files
from pathlib import Path

from tests.e2e.conftest import Command

SHIPPED = files("store.catalogue").joinpath("catalogue.toml").read_text("utf-8")


def test_a_sample_is_called_one(command: Command, demo: Path) -> None:
    said = command("prices", "show").stdout
    assert re.search(r"ESPACIO-4G +@spacio 4G +\$ 65\.00 +01/01/2017 +semilla", said)
    assert re.search(r"ESPACIO-10G +@spacio 10G +\$ 156\.00 +01/01/2017 +muestra", said)
    assert re.search(r"anual +Un año +-10 % +muestra", said)
    assert "Las cifras de muestra no son la tarifa de nadie" in said


def test_a_program_reads_whole_centavos(command: Command, demo: Path) -> None:
    rows = json.loads(command("prices", "show", "--json").stdout)
    assert rows[0] == {
        "producto": "ESPACIO-4G",
        "nombre": "@spacio 4G",
        "centavos": 6500,
        "desde": "2017-01-01",
        "hasta": None,
        "origen": "seed",
    }
    assert rows[-1]["descuento_pb"] == 1000


def test_a_list_with_mistakes_is_refused_whole(
    command: Command, demo: Path, tmp_path: Path
) -> None:
    before = command("prices", "show").stdout
    file = tmp_path / "precios.toml"
    file.write_text(
        SHIPPED.replace("centavos = 6500", "centavos = -1").replace("label", "labels", 1)
    )
    done = command("prices", "load", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "línea 15",
        "línea 18",
        "línea 119",
        "No se cargó nada.",
    ]
    assert command("prices", "show").stdout == before


def test_a_new_price_follows_the_old_one_once(command: Command, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "precios.toml"
    first = SHIPPED.index('product = "ESPACIO-4G"')
    file.write_text(
        SHIPPED[:first]
        + SHIPPED[first:]
        .replace("6500", "7000", 1)
        .replace("2017-01-01", "2090-08-01", 1)
        .replace("seed", "operator", 1)
    )
    for prices in (1, 0):
        (row,) = json.loads(command("prices", "load", str(file), "--json").stdout)
        assert row == {"productos": 0, "precios nuevos": prices, "precios cerrados": prices}
    said = command("prices", "show").stdout
    assert re.search(r"\$ 65\.00 +01/01/2017 +31/07/2090 +semilla", said)
    assert re.search(r"\$ 70\.00 +01/08/2090 +operador", said)


def test_a_file_that_is_not_there(command: Command, demo: Path) -> None:
    done = command("prices", "load", "/nowhere.toml")
    assert done.returncode == 2
    assert done.stderr == "No se puede leer /nowhere.toml: no existe.\n"


def test_the_clock_works_once(command: Command, demo: Path) -> None:
    first, second = (json.loads(command("tick", "--json").stdout)[0] for _time in range(2))
    assert first["claves vencidas"] <= 1
    assert set(second.values()) == {0}
    assert command("tick").stdout == "No había nada pendiente.\n"


def test_a_desk_at_the_border_pays_8_percent(command: Command, demo: Path) -> None:
    words = ("--name", "NOGALES & ÑUÑEZ", "--rfc", "XAXX010101000", "--email", "n@demo.example")
    assert command("desks", "add", *words, "--kind", "customer", "--border").returncode == 0
    with sqlite3.connect(demo) as connection:
        (rate,) = connection.execute("SELECT tax_rate_bp FROM desk WHERE handle LIKE 'nogales%'")
    assert rate == (800,)
