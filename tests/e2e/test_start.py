"""The start: the login page stands on the terminal before the store's libraries are loaded (the issue's point 6)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import CHECKOUT, Terminal

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "pydantic_settings", "argon2")

WATCHED = """
import json, sys
from tui.environment import prepare_environment

prepare_environment()
from tui.driver import DeskDriver

write, heavy, report = DeskDriver.write, {heavy!r}, {report!r}

def watch(driver, data):
    write(driver, data)
    if "Contraseña" in data:
        DeskDriver.write = write
        with open(report, "w") as file:
            json.dump([name for name in heavy if name in sys.modules], file)

DeskDriver.write = watch
from tui.cli.run import run

sys.exit(run({words!r}))
"""
"""The real program, which notes what is loaded when the first frame of the page is written."""


@pytest.mark.parametrize("words", [(), ("demo", "--store")], ids=["escritorio", "demo"])
def test_nothing_heavy_is_loaded_when_the_login_is_painted(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ESCRITORIO_STORE", str(demo))
    report = tmp_path / "loaded.json"
    said = [*words, str(demo)] if words else []
    program = WATCHED.format(heavy=HEAVY, report=str(report), words=said)
    with Terminal([sys.executable, "-c", program]) as desk:
        desk.sees("Demostración")
        assert json.loads(report.read_text()) == []
        desk.press("f10")
        assert desk.wait_gone() == 0


def test_what_is_typed_before_the_store_is_open_waits_for_it(demo: Path) -> None:
    with Terminal([sys.executable, "-m", "tui", "demo", "--store", str(demo)]) as desk:
        desk.sees("Contraseña")
        assert "Demostración" not in desk.text
        desk.type("empresasis\rdemo2020\r")
        desk.sees("Claves prepago")


def test_the_desk_loads_no_store_at_import() -> None:
    code = "import sys, tui.app, tui.cli.run; print([n for n in ('sqlmodel', 'pydantic') if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
