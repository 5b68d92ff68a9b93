"""`make demo`: a fresh one each time; `--store` opens the same one again (SPEC 8)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from store.demo import GOOD_50
from tests.e2e.conftest import Command, Sit, enter
from tests.e2e.terminal import CHECKOUT, Terminal

ROW = r"38SQ-••••-••••-UHBE +50 Timbres 14/07/2020 Inactiva +Disponible +Sin asignar"
DEMO = [sys.executable, "-m", "tui", "demo"]


def test_it_is_fresh_each_time_and_opens_again_by_its_path() -> None:
    for _time in range(2):
        with Terminal(DEMO) as desk:
            desk.sees("Demostración", timeout=30)
            enter(desk, "empresasis")
            desk.type(f"a{GOOD_50}\r \r\r")
            desk.sees(ROW)
            desk.sees_no("Aviso")
            desk.press("f10")
            assert desk.wait_gone() == 0
            said = desk.raw.rpartition(b"\x1b[3J")[2].decode().strip()
    assert said.startswith("La demostración quedó en /")
    path = said.removeprefix("La demostración quedó en ").split(";")[0]
    assert said.endswith(f"escritorio demo --store {path}».")
    with Terminal([*DEMO, "--store", path]) as desk:
        desk.sees("Demostración")
        enter(desk, "empresasis")
        desk.sees(ROW)
        assert "Último acceso: 14/07/2020" in desk.text


def test_it_stays_in_july_2020(sit: Sit) -> None:
    desk = sit()
    desk.sees("14/07/2020")
    enter(desk, "empresasis")
    desk.sees("desde 14/05/2020 al 14/07/2020")


def test_without_a_terminal_it_reports_and_may_be_made_twice(tmp_path: Path) -> None:
    for _time in range(2):
        done = subprocess.run(
            DEMO,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "Clave 38SQ-••••-••••-UHBE confirmada." in done.stdout
        assert "Y7AU" not in done.stdout
    folder = tmp_path / "data" / "escritorio"
    assert [file.name for file in folder.glob("*.db")] == ["demo.db"]
    assert len(list((folder / "demo.mail" / "new").iterdir())) == 1


def test_a_desk_in_earnest_is_not_touched(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "real.db"
    monkeypatch.setenv("ESCRITORIO_STORE", str(place))
    made = command("init", typed="jefa\nuna frase bien larga\nuna frase bien larga\n")
    assert made.returncode == 0, made.stderr
    before = place.read_bytes()
    with Terminal([*DEMO, "--store", str(place)]) as desk:
        desk.sees(r"no\s+es\s+una\s+demostración;\s+no\s+se\s+toca\.")
        assert desk.wait_gone() == 2
        assert "La demostración quedó" not in desk.text
    assert place.read_bytes() == before


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_demo_is_this_program() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "demo"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.splitlines()[-1] == ".venv/bin/python -m tui demo"
