"""A desk and nothing else: whatever else a client asks of a generous server is refused."""

import os
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.e2e.ssh.conftest import Come
from tests.e2e.ssh.server import Server

NO_TERMINAL = "El escritorio necesita una terminal; aquí no hay ninguna.\n"
KEPT = {
    "HOME",
    "LANG",
    "LOGNAME",
    "PATH",
    "SHELL",
    "SSH_CONNECTION",
    "SSH_USER_AUTH",
    "TERM",
    "USER",
}
"""All that reaches the desk's process of anybody's environment."""


def ended(argv: Sequence[str], typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        argv, input=typed, capture_output=True, text=True, timeout=20, check=False
    )


@pytest.mark.parametrize(
    "command", ["id", "/bin/sh -i", ""], ids=["command", "shell", "no terminal"]
)
def test_without_a_terminal_there_is_one_sentence(server: Server, command: str) -> None:
    done = ended([*server.ssh("-T"), *filter(None, [command])], typed="id\n")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", NO_TERMINAL)


def test_a_shell_that_is_asked_for_with_a_terminal_is_the_desk(server: Server, come: Come) -> None:
    desk = come("-o", "RemoteCommand=/bin/sh -i")
    desk.sees("Iniciar sesión")
    desk.press("ctrl+z", "ctrl+c")
    desk.type("sigo")
    desk.sees("│  sigo ")


@pytest.mark.parametrize("way", [[], ["-O"]], ids=["scp", "scp -O"])
def test_no_file_goes_out_or_in(
    server: Server, store: Path, tmp_path: Path, way: list[str]
) -> None:
    there = f"{server.installed.user}@127.0.0.1:{store}"
    scp = ["scp", *way, *server.options(), "-P", str(server.port)]
    assert ended([*scp, there, str(tmp_path / "stolen")]).returncode != 0
    assert list(tmp_path.iterdir()) == []
    before = store.read_bytes()
    assert ended([*scp, __file__, there]).returncode != 0
    assert store.read_bytes() == before


def test_no_sftp(server: Server) -> None:
    address = f"{server.installed.user}@127.0.0.1"
    sftp = ["sftp", *server.options(), "-P", str(server.port), "-b", "-", address]
    done = ended(sftp, typed="ls /\n")
    assert done.returncode == 255
    assert "etc" not in done.stdout


def test_nothing_is_forwarded_from_here(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        near = taken.getsockname()[1]
    forward = ["-N", "-L", f"{near}:127.0.0.1:{server.port}"]
    with subprocess.Popen(server.ssh(*forward), stderr=subprocess.DEVNULL) as client:
        try:
            assert first_bytes(near) == b""
        finally:
            client.terminate()


def first_bytes(port: int) -> bytes:
    """Give what is at the other end of a forwarded port, once the port is open; nothing if the line is cut."""
    for _try in range(400):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                return connection.recv(4)
        except ConnectionRefusedError:
            time.sleep(0.02)
        except ConnectionResetError:
            return b""
    raise AssertionError("the client opens no port")


def test_nor_from_there(server: Server) -> None:
    wish = ["-N", "-o", "ExitOnForwardFailure=yes", "-R", f"0:127.0.0.1:{server.port}"]
    assert ended(server.ssh(*wish)).returncode == 255


def test_nor_through(server: Server) -> None:
    done = ended(server.ssh("-W", f"127.0.0.1:{server.port}"))
    assert (done.returncode, done.stdout) == (255, "")


def test_no_second_desk_through_one_connection(server: Server, come: Come, tmp_path: Path) -> None:
    control = ["-o", f"ControlPath={tmp_path}/control"]
    come("-o", "ControlMaster=yes", *control).sees("Iniciar sesión")
    second = ended(["ssh", *control, "-T", "-F", "none", "-o", "ProxyCommand=false", "any", "id"])
    assert second.returncode == 255


def test_of_the_environment_nothing_comes_along(server: Server, come: Come) -> None:
    wishes = {
        "TEXTUAL": "devtools",
        "TEXTUAL_DRIVER": "os:system",
        "PYTHONSTARTUP": "/etc/passwd",
        "PYTHONINSPECT": "1",
        "PYTHONPATH": "/tmp",
        "LD_LIBRARY_PATH": "/tmp",
        "BROWSER": "sh",
        "COLUMNS": "10",
        "LANG": "es_ES@euro",
        "ESCRITORIO_STORE": "/tmp/other.db",
        "SSH_USER_AUTH": "/etc/passwd",
    }
    said = " ".join(f"{name}={value}" for name, value in wishes.items())
    desk = come("-o", f"SetEnv={said}")
    desk.sees("Demostración")
    (pid,) = server.installed.processes()
    environment = dict(
        pair.split("=", 1) for pair in Path(f"/proc/{pid}/environ").read_text().split("\0") if pair
    )
    assert environment.keys() == KEPT
    assert environment["LANG"] == wishes["LANG"]
    assert os.stat(environment["SSH_USER_AUTH"]).st_uid == Path(f"/proc/{pid}").stat().st_uid


@pytest.mark.parametrize("name", ["root", "nobody"])
def test_the_key_opens_no_other_door(server: Server, name: str) -> None:
    assert ended([*server.ssh()[:-1], f"{name}@127.0.0.1"]).returncode == 255


def test_a_stranger_and_a_password_open_none(server: Server) -> None:
    by_password = ["-o", "PreferredAuthentications=password,keyboard-interactive"]
    done = ended(server.ssh(*by_password))
    assert done.returncode == 255
    assert "Permission denied (publickey)" in done.stderr
