"""An sshd of our own on a free port of this machine, with the drop-in that `escritorio deploy` writes."""

import socket
import subprocess
import time
from pathlib import Path

from tests.e2e.installed import Installed, run

GENEROUS = """
Include {written}/etc/ssh/sshd_config.d/*.conf
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
UsePAM no
# All that the drop-in has to take away again.
AcceptEnv *
Subsystem sftp internal-sftp
AllowTcpForwarding yes
AllowAgentForwarding yes
X11Forwarding yes
PermitTunnel yes
"""
SOONER = (("ClientAliveInterval 15", "ClientAliveInterval 1"), ("CountMax 3", "CountMax 2"))
"""A test does not wait for three quarters of a minute."""


class Server:
    """sshd, and the keys of two people who may come in."""

    def __init__(self, installed: Installed) -> None:
        """Write the files with the installed desk's own command, and start."""
        self.installed, self._folder = installed, installed.folder
        self.port = _free_port()
        for name in ("host_key", "ana", "beto"):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self._folder / name))
        self._write()
        # sshd wants to be started by its full name, and its folder for the time before anybody is known.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self._log = (self._folder / "sshd.log").open("w")
        self._process = subprocess.Popen(
            ["/usr/sbin/sshd", "-D", "-e", "-f", str(self._folder / "sshd_config")],
            stderr=self._log,
        )
        self._await()

    def _write(self) -> None:
        written = self._folder / "written"
        python = str(self.installed.python)
        run(python, "-I", "-m", "tui", "deploy", "ssh",
            "--user", self.installed.user, "--out", str(written))  # fmt: skip
        drop_in = written / "etc/ssh/sshd_config.d/escritorio.conf"
        text = drop_in.read_text()
        here = (
            ("/usr/local/lib/escritorio", f"{written}/usr/local/lib/escritorio"),
            ("/etc/escritorio", str(self._folder)),
            *SOONER,
        )
        for place, ours in here:
            assert text.count(place) == 1
            text = text.replace(place, ours)
        drop_in.write_text(text)
        keys = "".join((self._folder / f"{name}.pub").read_text() for name in ("ana", "beto"))
        (self._folder / "authorized_keys").write_text(keys)
        config = GENEROUS.format(written=written, port=self.port, folder=self._folder)
        (self._folder / "sshd_config").write_text(config)
        host = " ".join((self._folder / "host_key.pub").read_text().split()[:2])
        (self._folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {host}\n")

    def _await(self) -> None:
        for _try in range(200):
            assert self._process.poll() is None, self.log
            try:
                with socket.create_connection(("127.0.0.1", self.port)) as connection:
                    assert connection.recv(4) == b"SSH-"
                    return
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise AssertionError(f"sshd does not answer:\n{self.log}")

    @property
    def log(self) -> str:
        """What sshd has said."""
        return (self._folder / "sshd.log").read_text()

    def key(self, name: str) -> Path:
        """Give the file of somebody's private key."""
        return self._folder / name

    def fingerprint(self, name: str) -> str:
        """Say which key somebody has, as ssh-keygen does."""
        return run("ssh-keygen", "-lf", str(self.key(name))).split()[1]

    def options(self, name: str = "ana") -> list[str]:
        """Give the options of a client that is alone in the world, with somebody's key."""
        said = {
            "IdentityFile": self.key(name),
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "UserKnownHostsFile": self._folder / "known_hosts",
            "StrictHostKeyChecking": "yes",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
        }
        return [
            "-F",
            "none",
            *(word for said in said.items() for word in ("-o", "=".join(map(str, said)))),
        ]

    def ssh(self, *more: str, name: str = "ana") -> list[str]:
        """Give the command of a client; what is more goes before the host."""
        address = f"{self.installed.user}@127.0.0.1"
        return ["ssh", *self.options(name), "-p", str(self.port), "-e", "none", *more, address]

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
        self._log.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
