"""`deploy`: the files of an installation, filled in, and the steps that put them in their places."""

from __future__ import annotations

import re
import stat
import sys
from argparse import Namespace
from importlib.resources import files
from pathlib import Path
from string import Template

import deploy
from store.errors import Mistyped, Refusal
from store.text import _, clean, said_of_fault
from tui.cli.outcome import DONE, complain, say

SETTINGS = "/etc/escritorio"
LAUNCHER = "session"
PLACES = {
    "sshd.conf": "/etc/ssh/sshd_config.d/escritorio.conf",
    LAUNCHER: "/usr/local/lib/escritorio/session",
    "tmpfiles.conf": "/etc/tmpfiles.d/escritorio.conf",
    **{
        unit: f"/etc/systemd/system/{unit}"
        for unit in (
            "escritorio-mail.service",
            "escritorio-mail.timer",
            "escritorio-tick.service",
            "escritorio-tick.timer",
        )
    },
}
"""Where each file of `deploy/ssh` belongs."""
STEPS = "steps.txt"
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,30}", re.ASCII)


class Blanks(Template):
    """A text with `@{name}` where something is to be filled in; `$` is the shell's."""

    delimiter = "@"


def deploy_ssh(arguments: Namespace) -> int:
    """Show the steps and the files that serve the desk over SSH, or write the files under a folder."""
    if not _USER.fullmatch(arguments.user):
        raise Mistyped(_("Eso no puede ser un usuario de este sistema."), "user")
    blanks = _blanks(arguments.user)
    texts = {place: _filled(name, blanks) for name, place in PLACES.items()}
    if arguments.out is None:
        print(_filled(STEPS, blanks))
        for place, text in texts.items():
            print(f"──── {place}\n{text}")
    else:
        _write(Path(arguments.out), texts)
        say(_("Los archivos quedaron en {folder}.").format(folder=arguments.out))
    _warn_of_closed_folders(arguments.user)
    return DONE


def _blanks(user: str) -> dict[str, str]:
    python = Path(sys.executable)
    return {
        "user": user,
        "home": f"/var/lib/{user}",
        "settings": SETTINGS,
        "keys": f"{SETTINGS}/authorized_keys",
        "launcher": PLACES[LAUNCHER],
        "python": str(python),
        "command": str(python.with_name("escritorio")),
    }


def _filled(name: str, blanks: dict[str, str]) -> str:
    return Blanks(files(deploy).joinpath("ssh", name).read_text("utf-8")).substitute(blanks)


def _write(folder: Path, texts: dict[str, str]) -> None:
    """Write the files as they lie on the machine, under a folder that is new or empty."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refusal(
                _("{folder} no está vacía; no se toca.").format(folder=clean(str(folder)))
            )
        for place, text in texts.items():
            file = folder / place.removeprefix("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        (folder / PLACES[LAUNCHER].removeprefix("/")).chmod(0o755)
    except OSError as error:
        raise Refusal(
            _("No se puede escribir en {folder}: {problem}.").format(
                folder=clean(str(folder)), problem=said_of_fault(error)
            )
        ) from None


def _warn_of_closed_folders(user: str) -> None:
    """Say what the user could not reach: a Python under /root is «Permission denied» for everybody else."""
    needed = (Path(sys.executable).resolve(), Path(sys.prefix), Path(str(files(deploy))))
    closed = sorted(
        folder for path in needed for folder in (path, *path.parents) if _closed(folder)
    )
    if closed:
        complain(
            _(
                "Aviso: {user} no puede entrar a {folder}; instala con el Python del sistema."
            ).format(user=user, folder=closed[0])
        )


def _closed(folder: Path) -> bool:
    return folder.is_dir() and not folder.stat().st_mode & stat.S_IXOTH
