"""From an empty machine to the row in the list: an installation in earnest, by its own commands alone."""

import csv
import json
import stat
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Command
from tests.e2e.terminal import Terminal
from tui.cli.parser import build_parser

ENGLISH = (
    "usage",
    "positional",
    "options:",
    "show this",
    "default",
    "required",
    "invalid",
    "expected",
)
DESK = [sys.executable, "-m", "tui"]


@pytest.fixture
def empty(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store will be; nothing is there."""
    place = tmp_path / "nuevo" / "escritorio.db"
    monkeypatch.setenv("ESCRITORIO_STORE", str(place))
    return place


def told(command: Command, *words: str) -> dict[str, object]:
    """Run a command that tells one row as JSON."""
    done = command(*words, "--json")
    assert done.returncode == 0, done.stderr
    [row] = json.loads(done.stdout)
    assert isinstance(row, dict)
    return row


def test_the_whole_way(command: Command, empty: Path, tmp_path: Path) -> None:
    made = command("init", typed="jefa\nuna frase bien larga\nuna frase bien larga\n")
    assert made.returncode == 0, made.stderr
    assert stat.S_IMODE(empty.stat().st_mode) == 0o600
    [pepper] = (tmp_path / "config" / "escritorio").glob("pepper-*")
    assert stat.S_IMODE(pepper.stat().st_mode) == 0o600
    again = command("init", typed="jefa\nuna frase bien larga\nuna frase bien larga\n")
    assert again.returncode == 2
    assert "no se sobrescribe" in again.stderr

    added = told(
        command, "desks", "add", "--name", "ACME & Ñandú S.A.", "--rfc", "EKU9003173C9",
        "--email", "ana@acme.mx", "--kind", "distributor",
    )  # fmt: skip
    assert added["usuario"] == "acmenandusa"
    out = tmp_path / "claves.csv"
    lot = told(
        command, "keys", "issue", "--product", "timbres-50", "--count", "2", "--out", str(out)
    )
    assert (lot["claves"], lot["lote"]) == (2, "L-000001")
    keys = [row["clave"] for row in csv.DictReader(out.read_text("utf-8").splitlines())]

    with Terminal(DESK) as desk:
        desk.sees("Iniciar sesión")
        assert "Demostración" not in desk.text
        desk.type(f"acmenandusa\r{added['contraseña inicial']}\r")
        desk.sees("Cambia tu contraseña")
        desk.type("caballo-bateria\rcaballo-bateria\r")
        desk.sees("Claves prepago")
        desk.sees("Es tu primer acceso")
        desk.type(f"a{keys[0]}\r \r\r")
        shown = f"{keys[0][:4]}-••••-••••-{keys[0][-4:]}"
        desk.sees(f"{shown} +50 Timbres")
        desk.sees_no("Aviso")
        desk.press("f10")
        assert desk.wait_gone() == 0

    mails = json.loads(command("mail", "list", "--json").stdout)
    assert [mail["para"] for mail in mails] == ["ana@acme.mx"]
    assert told(command, "mail", "send") == {"enviados": 1, "fallidos": 0}
    [mail] = (empty.with_suffix(".mail") / "new").glob("*.eml")
    assert keys[0] not in mail.read_text()
    assert told(command, "mail", "send") == {"enviados": 0, "fallidos": 0}
    assert command("doctor").returncode == 0
    log = (tmp_path / "state" / "escritorio" / "escritorio.log").read_text("utf-8")
    assert keys[0].replace("-", "") not in log.replace("-", "")


def test_a_store_whose_pepper_is_gone_is_not_opened(
    command: Command, empty: Path, tmp_path: Path
) -> None:
    command("init", typed="jefa\nuna frase bien larga\nuna frase bien larga\n")
    [pepper] = (tmp_path / "config" / "escritorio").glob("pepper-*")
    pepper.rename(pepper.with_name("elsewhere"))
    with Terminal(DESK) as desk:
        desk.sees("Falta la pimienta de las claves de este almacén")
        assert desk.wait_gone() == 2
    assert command("doctor").returncode == 2


def test_the_desk_on_a_missing_store_makes_nothing(empty: Path) -> None:
    with Terminal(DESK) as desk:
        desk.sees("No hay un almacén en")
        assert desk.wait_gone() == 2
    assert not empty.parent.exists()


def test_an_import_takes_what_it_can_and_names_the_rest_by_line(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "claves.csv"
    file.write_text(
        "\ufefflote;clave\n"
        "1;22222-22222-22222-Z\n"
        "1;38SQ-Y7AU-NS7R-UHBE\n"
        "1;\n"
        "1;38SQ-Y70U-NS7R-UHBE\n"
        "1;2222 2222 2222 2222\n"
        "1;2222-2222-2222-2222\n",
        encoding="utf-8",
    )
    done = command("keys", "import", str(file), "--product", "TIMBRES-50", "--json")
    assert done.returncode == 1
    [report] = json.loads(done.stdout)
    assert report["claves"] == 1
    refused = file.with_name("claves.rechazadas.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (report["rechazadas"], refused[1:]) == (
        4,
        [
            "2,La clave no está bien escrita; revísala.",
            "3,La clave ya está en el almacén.",
            '5,"Las claves no usan 0, 1, I, L ni O: revisa el carácter 7."',
            "7,La clave se repite en el archivo.",
        ],
    )
    missing = command("keys", "import", str(tmp_path / "no.csv"), "--product", "TIMBRES-50")
    assert missing.returncode == 2
    assert missing.stderr.startswith("No se puede leer")


def test_a_damaged_file_is_one_sentence(command: Command, demo: Path) -> None:
    demo.write_bytes(b"not a database" * 1000)
    done = command("doctor")
    assert done.returncode == 2
    assert done.stderr.startswith("El almacén está dañado")
    assert done.stderr.count("\n") == 1


def test_wrong_words_are_told_in_spanish_first(command: Command) -> None:
    for words in ((), ("keys",), ("desks", "add"), ("accounts", "add", "ana")):
        done = command(*words)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr


def test_all_of_the_help_is_in_spanish() -> None:
    """Every command and its words, from the parser itself."""
    pending = [build_parser()]
    while pending:
        parser = pending.pop()
        said = parser.format_help().lower()
        assert not [word for word in ENGLISH if word in said], said
        for action in parser._actions:
            pending += (
                list((action.choices or {}).values()) if isinstance(action.choices, dict) else []
            )
            assert action.help or action.metavar, (parser.prog, action.dest)
