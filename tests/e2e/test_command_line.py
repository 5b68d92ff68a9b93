"""The command line, as an administrator types it."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.e2e.conftest import Command
from tests.e2e.terminal import CHECKOUT, Terminal


def test_help_is_in_spanish(command: Command) -> None:
    said = command("--help").stdout
    assert said.startswith("uso: escritorio")
    assert "crea el almacén y pide el primer administrador" in said


def test_a_missing_store_is_not_made_and_the_way_out_is_told(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "mistyped" / "escritorio.db"
    monkeypatch.setenv("ESCRITORIO_STORE", str(path))
    done = command("mail", "list")
    assert done.returncode == 2
    assert "escritorio init" in done.stderr
    assert not path.parent.exists()


def test_without_a_terminal_the_desk_says_so(command: Command) -> None:
    done = command()
    assert (done.returncode, done.stdout) == (2, "")
    assert "terminal" in done.stderr


def test_an_unknown_setting_is_refused(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCRITORIO_STROE", "x")
    done = command("mail", "list")
    assert done.returncode == 2
    assert "ESCRITORIO_STROE" in done.stderr


def test_wrong_words_are_one_sentence(command: Command) -> None:
    done = command("keys", "frobnicate")
    assert done.returncode == 2
    assert done.stderr.startswith("No entiendo la orden")
    assert done.stderr.count("\n") == 1


def test_a_desk_is_made_and_its_titular_changes_the_password(command: Command, demo: Path) -> None:
    added = command(
        "desks", "add", "--name", "Peña & Hijos", "--rfc", "WATM640917J45",
        "--email", "pena@empresa.mx", "--kind", "customer", "--json",
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    (row,) = json.loads(added.stdout)
    argv = [sys.executable, "-m", "tui", "demo", "--store", str(demo)]
    with Terminal(argv) as desk:
        desk.sees("Demostración")
        desk.type(f"{row['usuario']}\r{row['contraseña inicial']}\r")
        desk.sees("entra por")
        desk.press("enter")
        desk.sees("Cambia tu contraseña")
        desk.type("corta\rcorta\r")
        desk.sees("al menos 8")
        desk.press("escape")
        desk.sees("Acceso a Distribuidores")


def test_issued_keys_are_in_the_file_and_nowhere_else(
    command: Command, demo: Path, tmp_path: Path
) -> None:
    out = tmp_path / "claves.csv"
    issued = command("keys", "issue", "--product", "TIMBRES-50", "--count", "3", "--out", str(out))
    assert issued.returncode == 0, issued.stderr
    assert out.stat().st_mode & 0o777 == 0o600
    heading, *lines = out.read_text().splitlines()
    assert heading.startswith("clave,")
    keys = [line.split(",")[0] for line in lines]
    assert len(keys) == 3
    stored = demo.read_bytes()
    assert not any(key.replace("-", "").encode() in stored for key in keys)
    again = command("keys", "issue", "--product", "TIMBRES-50", "--count", "3", "--out", str(out))
    assert again.returncode == 2
    assert [line.split(",")[0] for line in out.read_text().splitlines()[1:]] == keys


def test_an_import_names_each_refused_line_with_its_reason(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "otras.csv"
    file.write_text("clave\n38SQ-Y7AU-NS7R-UHBE\nABC\nYZWZ-J3HS-WU5H-XDM2\n" + "ABC\n" * 30)
    done = command("keys", "import", str(file), "--product", "TIMBRES-50")
    assert done.returncode == 1
    assert "Ninguna clave es nueva; no se hizo ningún lote." in done.stdout
    assert "2      La clave ya está en el almacén." in done.stdout
    assert "3      La clave tiene 16 caracteres; escribiste 3." in done.stdout
    assert "4      La clave no está bien escrita; revísala." in done.stdout
    assert "… y 13 más." in done.stdout
    report = file.with_name("otras.rechazadas.csv").read_text().splitlines()
    assert len(report) == 1 + 33
    assert report[-1] == "34,La clave tiene 16 caracteres; escribiste 3."


def test_an_issue_that_is_killed_goes_on_and_its_file_is_what_the_store_has(
    command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "claves.csv"
    issue = ("keys", "issue", "--product", "TIMBRES-50", "--count", "20000", "--out", str(out))
    killed(issue, out.with_name("claves.csv.part"))
    assert not out.exists()
    done = command(*issue)
    assert done.returncode == 0, done.stderr
    assert "Continúa en la línea" in done.stderr
    assert len(set(out.read_text().splitlines())) == 1 + 20_000
    again = command("keys", "import", str(out), "--product", "TIMBRES-50", "--json")
    (row,) = json.loads(again.stdout)
    assert (row["lote"], row["rechazadas"]) == (None, 20_000)


def killed(words: Sequence[str], file: Path) -> None:
    """Give an order, and kill -9 it when some steps are in the file."""
    process = subprocess.Popen([sys.executable, "-m", "tui", *words], cwd=CHECKOUT)
    while process.poll() is None and (not file.exists() or file.stat().st_size < 200_000):
        time.sleep(0.002)
    process.kill()
    assert process.wait() == -signal.SIGKILL


def test_accounts_are_added_listed_and_given_new_passwords(command: Command) -> None:
    added = command("accounts", "add", "operadora", "--desk", "empresasis", "--role", "consulta")
    assert added.returncode == 0, added.stderr
    listed = json.loads(command("accounts", "list", "--json").stdout)
    assert "operadora" in [account["usuario"] for account in listed]
    assert command("accounts", "password", "operadora").returncode == 0
    assert command("accounts", "password", "nadie-asi").returncode == 2
    torn = command("accounts", "add", "doble", "--staff", "caja", "--role", "consulta")
    assert (torn.returncode, "no va junto con" in torn.stderr) == (2, True)


def test_doctor_finds_a_changed_audit(command: Command, demo: Path) -> None:
    assert command("doctor").returncode == 0
    with sqlite3.connect(demo) as connection:
        triggers = connection.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit_event'"
        ).fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE audit_event SET detail='{}' WHERE seq=1")
    connection.close()
    done = command("doctor", "--json")
    assert done.returncode == 1
    states = {finding["revisión"]: finding["estado"] for finding in json.loads(done.stdout)}
    assert states["audit"] == "broken"
    assert "mal" in command("doctor").stdout


def test_init_asks_for_the_first_admin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ESCRITORIO_STORE", str(tmp_path / "nuevo" / "escritorio.db"))
    with Terminal([sys.executable, "-m", "tui", "init"]) as shell:
        shell.sees("Usuario del primer administrador:")
        shell.type("jefa\r")
        shell.sees("Contraseña:")
        shell.type("corta\r")
        shell.sees(
            r"al menos 8 caracteres\.\s+Contraseña:"
        )  # before it, what is typed is thrown away
        shell.type("una frase bien larga\r")
        shell.sees("Otra vez:")
        shell.type("una frase bien larga\r")
        shell.sees("Listo")
        assert shell.wait_gone() == 0
    assert (tmp_path / "nuevo" / "escritorio.db").stat().st_mode & 0o777 == 0o600


def test_the_demo_without_a_terminal_does_the_main_job(command: Command, tmp_path: Path) -> None:
    done = command("demo", "--store", str(tmp_path / "otra.db"))
    assert done.returncode == 0, done.stderr
    assert "Clave 38SQ-••••-••••-UHBE confirmada." in done.stdout
    assert "kemper: La clave no es válida o ya no está disponible." in done.stdout
    assert "Correos enviados: 1" in done.stdout
