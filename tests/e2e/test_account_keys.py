"""Binding an account to a public key, on the command line."""

import json
from pathlib import Path

from store.accounts.public_key import read_public_key
from store.demo import DISTRIBUTOR
from tests.e2e.conftest import Command
from tests.store.accounts.test_public_key import ANAS

FINGERPRINT = read_public_key(ANAS).fingerprint


def keys_of(command: Command, username: str) -> str:
    accounts = json.loads(command("accounts", "list", "--json").stdout)
    (keys,) = [account["llaves"] for account in accounts if account["usuario"] == username]
    return str(keys)


def test_a_key_is_bound_listed_and_unbound(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "ana.pub"
    file.write_text(f"{ANAS}\n")
    bound = command("accounts", "bind", DISTRIBUTOR, str(file))
    assert bound.stdout == f"{DISTRIBUTOR} entra con la llave {FINGERPRINT} y su contraseña.\n"
    assert keys_of(command, DISTRIBUTOR) == f"{FINGERPRINT} (con contraseña) ana@caja"
    again = command("accounts", "bind", DISTRIBUTOR, "-", "--instead", typed=ANAS)
    assert (again.returncode, again.stderr) == (2, "Esa llave ya está ligada a un usuario.\n")
    unbound = command("accounts", "unbind", DISTRIBUTOR, FINGERPRINT)
    assert unbound.stdout == f"{DISTRIBUTOR} ya no entra con esa llave.\n"
    assert keys_of(command, DISTRIBUTOR) == ""


def test_a_file_that_is_not_there_is_told(command: Command) -> None:
    done = command("accounts", "bind", DISTRIBUTOR, "/nowhere/ana.pub")
    assert done.returncode == 2
    assert done.stderr == "No se puede leer /nowhere/ana.pub: no existe.\n"
