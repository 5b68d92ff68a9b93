"""The start: the login page stands on the terminal before the store's libraries are loaded (the issue's point 6)."""

import subprocess
import sys
from pathlib import Path

from tests.e2e.terminal import CHECKOUT, Terminal

LOOK = """
import sys
from tui.environment import prepare_environment
prepare_environment()
from tui.app import DeskApp
from tui.cli.stores import open_settings_store

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "pydantic_settings", "alembic", "argon2")
seen = []

def look(desk):
    if not seen and any("Contraseña" in strip.text for strip in desk.screen._compositor.render_strips()):
        seen.append([name for name in HEAVY if name in sys.modules])
        open(sys.argv[1], "w").write(repr(seen[0]))

DeskApp.post_display_hook = look
DeskApp(open_settings_store).run()
"""


def test_nothing_heavy_is_loaded_when_the_login_is_painted(demo: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    env = {"ESCRITORIO_STORE": str(demo), "PYTHONPATH": str(CHECKOUT)}
    with Terminal([sys.executable, "-c", LOOK, str(told)], env=env) as desk:
        desk.sees("Demostración")
        desk.press("f10")
        assert desk.wait_gone() == 0
    assert told.read_text() == "[]"


def test_the_desk_loads_no_store_at_import() -> None:
    code = "import sys, tui.app, tui.cli.run; print([n for n in ('sqlmodel', 'pydantic') if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
