"""What is settled before Textual is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.environment import is_terminal, prepare_environment, refusal


def test_the_hooks_of_developers_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = {
        "TEXTUAL": "devtools",
        "TEXTUAL_DRIVER": "evil:Driver",
        "TEXTUAL_LOG": "/tmp/log",
        "COLUMNS": "10",
        "PYTHONINSPECT": "1",
    }
    monkeypatch.setattr(os, "environ", {"HOME": "/home/ana", **hooks})
    prepare_environment()
    assert not hooks.keys() & os.environ.keys()
    assert os.environ["HOME"] == "/home/ana"
    assert os.environ["TEXTUAL_DISABLE_KITTY_KEY"] == "1"


def test_without_a_terminal_the_desk_says_so() -> None:
    sentence = subprocess.run(
        [sys.executable, "-c", "import tui.environment as e; print(e.refusal())"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert sentence.stdout == "El escritorio necesita una terminal; aquí no hay ninguna.\n"


@pytest.mark.parametrize("name", ["dumb", "", "unknown"])
def test_a_terminal_that_can_show_nothing_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setenv("TERM", name)
    assert refusal() == "Esta terminal no puede mostrar el escritorio: revisa la variable TERM."


def test_a_terminal_at_every_end_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "isatty", lambda descriptor: descriptor != 1)
    assert not is_terminal()
    monkeypatch.setattr(os, "isatty", lambda _: True)
    assert is_terminal()
    assert refusal() is None


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("tui.environment", ("textual", "rich")),
        ("tui.driver", ("sqlmodel", "sqlalchemy", "pydantic")),
        ("tui.terminal", ("sqlmodel", "sqlalchemy", "pydantic")),
        ("tui.theme", ("sqlmodel", "sqlalchemy", "pydantic")),
        ("tui.widgets.key_bar", ("sqlmodel", "sqlalchemy", "pydantic")),
        ("tui.widgets.button", ("sqlmodel", "sqlalchemy", "pydantic")),
    ],
)
def test_what_is_not_needed_yet_is_not_imported(module: str, unwanted: tuple[str, ...]) -> None:
    program = f"import sys, {module}; print(sorted(set(sys.modules) & set({unwanted!r})))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_asyncio_comes_without_tls_and_whoever_wants_it_gets_it() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from tui.environment import load_asyncio; load_asyncio();"
            " assert 'asyncio' in sys.modules and 'ssl' not in sys.modules;"
            " import asyncio, ssl, smtplib; asyncio.run(asyncio.sleep(0));"
            " ssl.create_default_context(); smtplib.SMTP_SSL",
        ],
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
