"""What nobody foresaw: the person reads one line with a reference, the staff find the rest in the log."""

import logging
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from store.demo import DISTRIBUTOR, GOOD_50, PASSWORD
from store.installation.store import Store
from tests.tui.person import at_the_desk
from tui.__main__ import tell_failure
from tui.log import FILE, log, log_failure, start_log
from tui.screens.keys import page as keys_page

SAID = re.compile(
    r"Ocurrió un error inesperado; avisa a soporte con la referencia ([0-9A-F]{6})\.\n"
)


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """The log of this test alone."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    start_log(tmp_path / "state")
    yield tmp_path / "state" / FILE
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


async def test_one_line_with_a_reference_and_the_rest_in_the_log(
    store: Store,
    log_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaks(_store: Store, _person: object, typed: str) -> None:
        raise RuntimeError(f"unforeseen {typed}")

    async def types_the_key() -> None:
        async with at_the_desk(store) as person:
            await person.signs_in(DISTRIBUTOR)
            await person.presses("a")
            await person.types(GOOD_50)
            await person.presses("enter")

    monkeypatch.setattr(keys_page, "check_key", breaks)
    with pytest.raises(WorkerFailed):
        await types_the_key()
    said = SAID.fullmatch(capsys.readouterr().err.replace(" \n", " "))
    assert said
    written = log_file.read_text("utf-8")
    assert f"reference {said[1]}" in written
    assert "Traceback" in written
    assert "unforeseen 38SQ-••••-••••-UHBE" in written
    assert "Y7AU" not in written
    assert PASSWORD not in written


async def test_a_password_is_not_in_the_log_of_a_failed_sign_in(
    store: Store,
    log_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaks(*_arguments: object) -> None:
        raise RuntimeError("unforeseen")

    async def signs_in() -> None:
        async with at_the_desk(store) as person:
            await person.signs_in(DISTRIBUTOR, "secreto-de-ana")

    monkeypatch.setattr("store.accounts.signing_in.matches", breaks)
    with pytest.raises(WorkerFailed):
        await signs_in()
    said = capsys.readouterr().err
    written = log_file.read_text("utf-8")
    assert "unforeseen" in written
    for text in (said, written):
        assert "secreto-de-ana" not in text


def test_the_command_line_says_one_line_too(
    log_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ValueError("unforeseen")
    tell_failure(ValueError, error, None)
    said = SAID.fullmatch(capsys.readouterr().err)
    assert said
    assert f"reference {said[1]}" in log_file.read_text("utf-8")


def test_only_its_owner_reads_the_log(log_file: Path) -> None:
    assert stat.S_IMODE(log_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(log_file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "key", [GOOD_50, GOOD_50.lower(), GOOD_50.replace("-", ""), GOOD_50.replace("-", " ")]
)
def test_a_key_is_masked_in_whatever_is_logged(log_file: Path, key: str) -> None:
    log.error("typed %s, and more", key)
    written = log_file.read_text("utf-8").upper()
    assert "38SQ-••••-••••-UHBE, AND MORE" in written
    assert "Y7AU" not in written


def test_what_is_logged_cannot_act_on_who_reads_it(log_file: Path) -> None:
    log.error("name \x1b]0;x\x07 \x9b2J \u202e \r end")
    written = log_file.read_text("utf-8")
    assert "end" in written
    assert written.replace("\n", "").isprintable()


def test_without_a_folder_the_log_starts_where_the_platform_keeps_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    reference = log_failure(RuntimeError("unforeseen"))
    [handler] = root.handlers
    handler.close()
    written = (tmp_path / "state" / "escritorio" / FILE).read_text("utf-8")
    assert f"reference {reference}" in written


def test_references_differ(log_file: Path) -> None:
    references = {log_failure(None) for _ in range(20)}
    assert len(references) == 20
