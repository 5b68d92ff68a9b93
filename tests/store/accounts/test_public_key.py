"""A public key and its fingerprint, as OpenSSH says them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from store.accounts.public_key import PublicKey, read_public_key
from store.errors import Mistyped
from tests.store.refusals import refused

ANAS = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq1+M0qZRVphXpjpVFdZrZ6lwPTRxVvV6LSIJ3k0S3A ana@caja"
NO_KEY = "Eso no es una llave pública de OpenSSH; da el contenido de un archivo .pub."
PRIVATE = "Eso es una llave privada: no la entregues; da la pública, el archivo .pub."


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_the_fingerprint_is_the_one_that_ssh_keygen_prints(kind: str, tmp_path: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    file = tmp_path / "key"
    make = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "ñandú del mostrador", "-f", str(file)]
    subprocess.run(make, check=True)
    shown = subprocess.run(
        ["ssh-keygen", "-lf", f"{file}.pub"], capture_output=True, text=True, check=True
    ).stdout.split()
    key = read_public_key(file.with_suffix(".pub").read_text())
    assert (key.fingerprint, key.comment) == (shown[1], "ñandú del mostrador")
    with refused(PRIVATE, Mistyped, field="key"):
        read_public_key(file.read_text())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 no-base64!",
        ANAS.replace("ssh-ed25519", "ssh-rsa"),
        ANAS.replace("0S3A", ""),
        "restrict " + ANAS,
        ANAS.replace("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com"),
        f"{ANAS}\n{ANAS}",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
        "ssh-ed25519 AAAAAA==",
    ],
)
def test_what_is_no_whole_key_is_refused(text: str) -> None:
    with refused(NO_KEY, Mistyped, field="key"):
        read_public_key(text)


def test_a_comment_cannot_act_on_a_terminal() -> None:
    key = read_public_key(f"  {ANAS}\x1b[2J{'x' * 200}\n")
    assert key == PublicKey("ssh-ed25519", key.fingerprint, key.comment)
    assert key.comment.startswith("ana@caja")
    assert "\x1b" not in key.comment
    assert len(key.comment) == 100
