"""The login page is painted before the store's libraries are loaded (DESIGN, Starting fast)."""

import json
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "pydantic_settings", "argon2")

WATCHED = """
import json, sys
from tui.environment import prepare_environment

prepare_environment()
from tui.driver import DeskDriver

write, heavy, report = DeskDriver.write, {heavy!r}, {report!r}

def watch(driver, data):
    write(driver, data)
    if "sesión" in data:
        DeskDriver.write = write
        with open(report, "w") as file:
            json.dump([name for name in heavy if name in sys.modules], file)

DeskDriver.write = watch
from tui.cli.run import run

sys.exit(run({words!r}))
"""
"""The real program, which notes what is loaded at the moment when the first frame with the page is written."""


@pytest.mark.parametrize("words", [[], ["demo", "--store"]], ids=["escritorio", "demo"])
def test_nothing_of_the_store_is_loaded_yet(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("ESCRITORIO_STORE", str(demo))
    report = tmp_path / "loaded.json"
    if words:
        words = [*words, str(demo)]
    program = WATCHED.format(heavy=HEAVY, report=str(report), words=words)
    with Terminal([sys.executable, "-c", program]) as desk:
        desk.sees("Demostración")
        assert json.loads(report.read_text()) == []
        desk.type("empresasis\rdemo2020\r")
        desk.sees("Claves prepago")
