"""Who is at the other end."""

import os
from pathlib import Path

import pytest

from store.accounts.public_key import read_public_key
from tests.store.accounts.test_public_key import ANAS
from tui.connection import key_fingerprint, origin

FROM_CAJA = "192.0.2.7 50022 192.0.2.1 22"


def test_whoever_comes_by_ssh_is_named_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", FROM_CAJA)
    assert origin() == "192.0.2.7"


def test_and_by_the_key_that_sshd_let_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sshauth"
    file.write_text(f"publickey {' '.join(ANAS.split()[:2])}\npassword\n")
    monkeypatch.setenv("SSH_CONNECTION", FROM_CAJA)
    monkeypatch.setenv("SSH_USER_AUTH", str(file))
    assert key_fingerprint() == read_public_key(ANAS).fingerprint
    assert origin() == f"192.0.2.7 {read_public_key(ANAS).fingerprint}"


@pytest.mark.parametrize(
    "told",
    ["", "password\n", "publickey\n", "publickey ssh-ed25519-cert-v01@openssh.com AAAA\n", "\x00"],
)
def test_without_a_key_nobody_is_named(
    told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sshauth"
    file.write_text(told)
    for path in (file, tmp_path / "gone"):
        monkeypatch.setenv("SSH_USER_AUTH", str(path))
        assert key_fingerprint() is None


def test_an_address_cannot_act_on_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "\x1b]0;x\x07" * 40)
    assert "\x1b" not in origin()
    assert len(origin()) == 49


def test_else_by_the_terminal_and_else_as_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.setattr(os, "ttyname", lambda _: "/dev/tty9")
    assert origin() == "/dev/tty9"

    def no_terminal(_: int) -> str:
        raise OSError

    monkeypatch.setattr(os, "ttyname", no_terminal)
    assert origin() == "local"
