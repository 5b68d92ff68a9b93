"""The plainest terminals first: a Linux console, no colours, a slow line, tmux."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR, GOOD_50
from tests.e2e.conftest import Sit, enter
from tests.e2e.terminal import CHECKOUT, Terminal
from tui.glyphs import CONSOLE_GLYPHS

SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][0-9A-Za-z]|\x1b[=>78cDEHM]")
COLOURS = re.compile(rb"\x1b\[[0-9;]*m")
COLOUR_CODES = {*range(30, 39), *range(40, 49), *range(90, 108)}
"""All that colours; 39 and 49 are the terminal's own."""
STILL = 0.5
"""Seconds after which a desk that was given a key has nothing more to write."""


def visits_every_window(desk: Terminal, corner: str = "┌─") -> Iterator[str]:
    """Go through the desk, whose windows begin with this; give the screen at each stop."""
    enter(desk, DISTRIBUTOR)
    yield desk.sees(r"(?s).*1-16 de 28.*")
    for key, title in (
        ("f", "Filtro"),
        ("c", "Columnas"),
        ("g", "Agrupar"),
        ("o", "Ordenar"),
        ("enter", "Clave [0-9A-Z]{4}-"),
        ("?", "Ayuda"),
        ("m", "Mis Servicios"),
    ):
        desk.press(key)
        yield desk.sees(f"(?s).*{corner} {title}.*")
        desk.press("escape")
        desk.sees_no(f"{corner} {title}")
    desk.type(f"a{GOOD_50}\r")
    yield desk.sees("(?s).*v[áa]lida.*")
    desk.press("v")
    yield desk.sees(f"(?s).*{corner} Licencia de Uso.*")
    desk.press("escape")
    desk.sees_no(f"{corner} Licencia de Uso")
    desk.press("f10")
    yield desk.sees(f"(?s).*{corner} Salir.*")
    desk.press("escape")
    desk.sees_no(f"{corner} Salir")
    desk.press("space", "enter")
    yield desk.sees(f"(?s).*{corner} Aviso.*")
    desk.press("enter")
    desk.sees_no(f"{corner} Aviso")
    yield desk.text


def test_on_a_linux_console_every_glyph_is_one_of_its_font(sit: Sit) -> None:
    desk = sit(TERM="linux")
    for screen in visits_every_window(desk):
        assert set(screen) - {"\n"} <= CONSOLE_GLYPHS, screen
    written = SEQUENCE.sub("", desk.raw.decode("utf-8"))
    assert set(written) - set("\r\n\x1b") <= CONSOLE_GLYPHS


def test_on_a_vt100_without_a_locale_the_main_job_is_done_in_ascii(demo: Path) -> None:
    """Frames, marks and letters; the row under the cursor has a mark besides its reverse video."""
    argv = [sys.executable, "-m", "tui", "demo", "--store", str(demo)]
    with Terminal(argv, env={"TERM": "vt100", "LC_ALL": "C"}) as desk:
        desk.sees("Demostracion")
        for screen in visits_every_window(desk, r"\+-"):
            assert screen.isascii()
        desk.sees(r">38SQ-\*{4}-\*{4}-UHBE +50 Timbres")
        assert desk.raw.isascii()


def test_only_the_sixteen_colours_are_asked_for(sit: Sit) -> None:
    desk = sit(COLORTERM="truecolor")
    for _screen in visits_every_window(desk):
        pass
    for style in set(COLOURS.findall(desk.raw)):
        assert not re.search(rb"[34]8;[25]", style), style


def test_without_colours_cursor_and_focus_still_show(sit: Sit) -> None:
    desk = sit(NO_COLOR="1")
    enter(desk, DISTRIBUTOR)
    desk.sees_marked("200 Timbres 14/07/2020 Inactiva")
    desk.press("a")
    desk.sees("Captura")
    desk.press("tab")
    desk.sees_marked("[ Activar ]")
    desk.press("escape", "c")
    desk.sees("─ Columnas ")
    desk.sees_marked("[x] Clave")
    for style in set(COLOURS.findall(desk.raw)):
        codes = style[2:-1].split(b";")
        assert not {int(code or 0) for code in codes} & COLOUR_CODES, style


def test_while_nothing_happens_nothing_is_written(sit: Sit) -> None:
    desk = sit()
    desk.hears(STILL)
    assert desk.hears(1) == b"", "on the login page, with the cursor in a field"
    enter(desk, DISTRIBUTOR)
    desk.hears(STILL)
    assert desk.hears(3) == b"", "on the list"
    desk.press("a")
    desk.sees("Captura")
    desk.hears(STILL)
    assert desk.hears(1) == b"", "in a window, with the cursor in a field"


def test_an_arrow_on_the_list_costs_a_slow_line_little(sit: Sit) -> None:
    """Two lines are written anew, and the place in the list (facts/terminals 8.1: 314 bytes)."""
    desk = sit()
    enter(desk, DISTRIBUTOR)
    desk.sees("1-16 de 28")
    desk.hears(STILL)
    desk.press("down")
    assert 0 < len(desk.hears(STILL)) <= 350


@pytest.mark.parametrize(("cols", "rows"), [(79, 24), (80, 22)])
def test_a_window_made_too_small_says_so_and_loses_nothing(sit: Sit, cols: int, rows: int) -> None:
    desk = sit()
    enter(desk, DISTRIBUTOR)
    desk.press("a")
    desk.sees("Captura")
    desk.type("38sq")
    desk.sees("38SQ")
    desk.resize(cols, rows)
    desk.sees("La terminal es muy pequeña: agrándala a 80x23")
    assert "Captura" not in desk.text
    desk.resize(80, 23)
    desk.sees("Llevas 4 de 16 caracteres")


def test_a_window_that_shrinks_for_a_moment_is_whole_again(sit: Sit) -> None:
    """The terminal has lost what it showed, though the desk may hear of the same size twice only."""
    desk = sit()
    enter(desk, DISTRIBUTOR)
    desk.sees("1-16 de 28")
    desk.hears(STILL)
    before = desk.text
    desk.resize(60, 20)
    desk.resize(80, 24)
    desk.sees(re.escape(before))


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_show_nothing_is_refused(term: str) -> None:
    with Terminal([sys.executable, "-m", "tui"], env={"TERM": term}) as shell:
        shell.sees("Esta terminal no puede mostrar el escritorio: revisa la variable TERM.")
        assert shell.wait_gone() == 2


class Tmux:
    """A tmux server of its own, with one pane."""

    def __init__(self, socket: Path) -> None:
        self._start = ["tmux", "-S", str(socket), "-f", "/dev/null"]

    def __call__(self, *words: str) -> str:
        return subprocess.run(
            [*self._start, *words], cwd=CHECKOUT, capture_output=True, text=True, check=True
        ).stdout


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    tmux = Tmux(tmp_path / "tmux")
    yield tmux
    tmux("kill-server")


def test_the_main_job_inside_tmux_which_takes_a_line(tmux: Tmux, demo: Path) -> None:
    argv = f"{sys.executable} -m tui demo --store {demo}"
    tmux("new-session", "-d", "-x", "80", "-y", "23", argv)
    shown = waits_for(tmux, "Demostración")
    assert "muy pequeña" not in shown
    tmux("send-keys", "empresasis", "Enter", "demo2020", "Enter")
    waits_for(tmux, "Claves prepago")
    tmux("set-buffer", "38sq y7au\nns7r uhbe\n")
    tmux("send-keys", "a")
    waits_for(tmux, "Captura")
    tmux("paste-buffer", "-p")
    waits_for(tmux, "Llevas 16 de 16")
    tmux("send-keys", "Enter")
    waits_for(tmux, "válida")
    tmux("send-keys", "Space", "Enter")
    waits_for(tmux, "Aviso")
    tmux("send-keys", "Escape")
    shown = waits_for(tmux, r"(?s)38SQ-••••-••••-UHBE +50 Timbres(?!.*Aviso)")
    assert len(shown.splitlines()) == 23


def test_every_kind_of_key_gets_through_tmux(tmux: Tmux, demo: Path) -> None:
    """Function keys, letters, Escape alone and what a field takes, as tmux sends them."""
    argv = f"{sys.executable} -m tui demo --store {demo}"
    tmux("new-session", "-d", "-x", "80", "-y", "24", argv)
    waits_for(tmux, "Demostración")
    tmux("send-keys", "empresasis", "Enter", "demo2020", "Enter")
    waits_for(tmux, "Claves prepago")
    for keys, seen in (
        (("F1",), "─ Ayuda ─"),
        (("Escape",), "1-16 de 28"),
        (("f",), "─ Filtro ─"),
        (("Tab", "Escape"), "1-16 de 28"),
        (("End",), "13-28 de 28"),
        (("PPage", "Home", "Down"), "1-16 de 28"),
        (("a",), "Captura"),
        (("ñ38sq", "Home", "DC"), "Llevas 4 de 16"),
        (("C-u",), "Llevas 4 de 16"),
        (("End", "C-u"), "Llevas 0 de 16"),
        (("C-o",), "─ Activar varias claves ─"),
    ):
        tmux("send-keys", *keys)
        waits_for(tmux, seen)
    tmux("send-keys", "C-d")
    waits_for(tmux, "¿Salir sin terminar?")


def test_the_main_job_inside_gnu_screen(demo: Path, tmp_path: Path) -> None:
    if shutil.which("screen") is None:
        pytest.skip("GNU screen is not installed")
    settings, sockets = tmp_path / "screenrc", tmp_path / "sockets"
    settings.write_text("startup_message off\nautodetach off\n")
    sockets.mkdir(mode=0o700)
    argv = ["screen", "-U", "-c", str(settings), sys.executable, "-m", "tui", "demo", "--store"]
    with Terminal([*argv, str(demo)], env={"SCREENDIR": str(sockets)}) as desk:
        desk.sees("Demostración")
        enter(desk, DISTRIBUTOR)
        desk.type(f"a{GOOD_50}\r")
        desk.sees("válida")
        desk.press("space", "enter")
        desk.sees("Aviso")
        desk.press("escape")
        desk.sees("38SQ-••••-••••-UHBE +50 Timbres")
        desk.sees_marked("38SQ-••••-••••-UHBE")
        desk.press("f10")
        desk.wait_gone()


def test_the_terminals_own_cursor_follows_the_focus(demo: Path) -> None:
    """What a screen reader or a Braille line reads: where the cursor is, it stands on the words that matter."""
    argv = [sys.executable, "-m", "tui", "demo", "--store", str(demo), "--cursor"]
    with Terminal(argv) as desk:
        desk.sees("Demostración")
        desk.type("emp")
        desk.sees_cursor("│  emp|")
        desk.press("home")
        desk.sees_cursor("│  |emp")
        desk.press("end")
        desk.type("resasis\rdemo2020\r")
        desk.sees("1-16 de 28")
        desk.press("down")
        desk.sees_cursor("| AHJ6-")
        for keys, place in (
            (("m",), "│| > Activar claves"),
            (("up",), "│|   (Cursos)"),
            (("escape", "c", "down"), "│ |[x] Cantidad"),
            (("tab",), " |[ Aceptar ]"),
        ):
            desk.press(*keys)
            desk.sees_cursor(place)
        assert not desk.hides_cursor


def waits_for(tmux: Tmux, pattern: str) -> str:
    """Look at the pane until the regular expression stands there."""
    for _look in range(200):
        shown = tmux("capture-pane", "-p")
        if re.search(pattern, shown):
            return shown
        time.sleep(0.05)
    raise AssertionError(f"no {pattern!r} in the pane:\n{shown}")
