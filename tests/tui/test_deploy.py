"""`escritorio deploy`: files and steps, filled in for this machine."""

from pathlib import Path

import pytest

from tests.e2e.terminal import CHECKOUT
from tui.cli import deploy
from tui.cli.run import run

SSH_PLACES = [place.removeprefix("/") for place in deploy.SSH_PLACES.values()]


def test_the_files_are_written_as_they_lie_on_the_machine(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["deploy", "ssh", "--user", "desk2", "--out", str(out)]) == 0
    written = [str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()]
    assert sorted(written) == sorted(SSH_PLACES)
    for place in SSH_PLACES:
        assert "@{" not in (out / place).read_text()
    assert "Match User desk2\n" in (out / SSH_PLACES[0]).read_text()
    launcher = out / deploy.SSH_PLACES["session"].removeprefix("/")
    assert launcher.stat().st_mode & 0o777 == 0o755


def test_a_folder_with_something_in_it_is_not_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").touch()
    assert run(["deploy", "ssh", "--user", "desk", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"{tmp_path} no está vacía; no se toca.\n"
    assert run(["deploy", "ssh", "--user", "desk", "--out", str(tmp_path / "mine")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    "user", ["", "a b", "desk\nPermitRootLogin yes", "../desk", "ñandú", "Desk"]
)
def test_what_is_no_user_is_written_nowhere(
    user: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["deploy", "ssh", "--user", user, "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "Eso no puede ser un usuario de este sistema.\n"
    assert list(tmp_path.iterdir()) == []


def test_the_page_says_the_same_steps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.executable", "/opt/escritorio/bin/python")
    assert run(["deploy", "ssh", "--user", "desk"]) == 0
    steps = capsys.readouterr().out.split("────")[0].splitlines()
    commands = [line.strip() for line in steps if line.startswith("      ")]
    assert len(commands) > 10
    page = (CHECKOUT / "docs/ssh.md").read_text("utf-8")
    assert [command for command in commands if command not in page] == ["ssh desk@este-servidor"]


def test_a_python_that_the_user_cannot_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr("sys.prefix", str(closed))
    monkeypatch.setattr(deploy, "_closed", lambda folder: folder == closed)
    assert run(["deploy", "ssh", "--user", "desk"]) == 0
    assert f"Aviso: desk no puede entrar a {closed};" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("way", "place"),
    [
        (["ssh", "--user", "desk"], deploy.SSH_PLACES["tmpfiles.conf"]),
        (["kiosk", "--tty", "tty8", "--user", "desk"], deploy.KIOSK_PLACES["tmpfiles.conf"]),
    ],
)
def test_the_settings_lie_there_before_the_store_and_for_one_user_alone(
    way: list[str], place: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run(["deploy", *way, "--out", str(out)]) == 0
    made = (out / place.removeprefix("/")).read_text().splitlines()
    assert "d /var/lib/desk 0700 desk desk -" in made
    assert "d /var/lib/desk/.config/escritorio 0700 desk desk -" in made
    assert "f /var/lib/desk/.config/escritorio/config.toml 0600 desk desk -" in made


def test_the_kiosks_files_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run(["deploy", "kiosk", "--tty", "tty8", "--out", str(out)]) == 0
    for place in deploy.KIOSK_PLACES.values():
        file = out / place.removeprefix("/")
        assert "@{" not in file.read_text()
        assert bool(file.stat().st_mode & 0o111) is place.startswith(deploy.LIBRARY)
    assert run(["deploy", "kiosk", "--tty", "/dev/tty8"]) == 2
    assert capsys.readouterr().err.endswith("Una consola se llama tty1, tty2, …, hasta tty63.\n")


def test_the_kiosks_page_says_the_same_steps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.executable", "/opt/escritorio/bin/python")
    assert run(["deploy", "kiosk", "--tty", "tty8"]) == 0
    steps = capsys.readouterr().out.split("────")[0].splitlines()
    commands = [line.strip() for line in steps if line.startswith("      ")]
    assert len(commands) > 10
    page = (CHECKOUT / "docs/kiosk.md").read_text("utf-8")
    assert [command for command in commands if command not in page] == []
