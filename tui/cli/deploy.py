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
LIBRARY = "/usr/local/lib/escritorio"
UNITS = "/etc/systemd/system"
PROGRAMS = ("session", "kiosk", "keymap")
"""Files that are started, and not only read."""
SSH_PLACES = {
    "sshd.conf": "/etc/ssh/sshd_config.d/escritorio.conf",
    "session": f"{LIBRARY}/session",
    "tmpfiles.conf": "/etc/tmpfiles.d/escritorio.conf",
    **{
        unit: f"{UNITS}/{unit}"
        for unit in (
            "escritorio-mail.service",
            "escritorio-mail.timer",
            "escritorio-tick.service",
            "escritorio-tick.timer",
        )
    },
}
"""Where each file of `deploy/ssh` belongs."""
KIOSK_PLACES = {
    "kiosk": f"{LIBRARY}/kiosk",
    "keymap": f"{LIBRARY}/keymap",
    "tmpfiles.conf": "/etc/tmpfiles.d/escritorio-kiosk.conf",
    "escritorio-kiosk@.service": f"{UNITS}/escritorio-kiosk@.service",
    "escritorio-keymap.service": f"{UNITS}/escritorio-keymap.service",
}
"""Where each file of `deploy/kiosk` belongs."""
STEPS = "steps.txt"
_TTY = re.compile(r"tty[1-9][0-9]?", re.ASCII)
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,30}", re.ASCII)


class Blanks(Template):
    """A text with `@{name}` where something is to be filled in; `$` is the shell's."""

    delimiter = "@"


def deploy_ssh(arguments: Namespace) -> int:
    """Show the steps and the files that serve the desk over SSH, or write the files under a folder."""
    blanks = _blanks(arguments.user)
    blanks |= {"keys": f"{SETTINGS}/authorized_keys", "launcher": SSH_PLACES["session"]}
    return _deploy("ssh", SSH_PLACES, blanks, arguments.out)


def deploy_kiosk(arguments: Namespace) -> int:
    """Show the steps and the files of a kiosk on a console of this machine, or write the files under a folder."""
    if not _TTY.fullmatch(arguments.tty):
        raise Mistyped(_("Una consola se llama tty1, tty2, …, hasta tty63."), "tty")
    blanks = _blanks(arguments.user)
    blanks |= {
        "tty": arguments.tty,
        "number": arguments.tty.removeprefix("tty"),
        "launcher": KIOSK_PLACES["kiosk"],
        "keymap": KIOSK_PLACES["keymap"],
    }
    return _deploy("kiosk", KIOSK_PLACES, blanks, arguments.out)


def _deploy(way: str, places: dict[str, str], blanks: dict[str, str], out: str | None) -> int:
    texts = {place: _filled(way, name, blanks) for name, place in places.items()}
    if out is None:
        print(_filled(way, STEPS, blanks))
        for place, text in texts.items():
            print(f"──── {place}\n{text}")
    else:
        _write(Path(out), texts)
        say(_("Los archivos quedaron en {folder}.").format(folder=out))
    _warn_of_closed_folders(blanks["user"])
    return DONE


def _blanks(user: str) -> dict[str, str]:
    if not _USER.fullmatch(user):
        raise Mistyped(_("Eso no puede ser un usuario de este sistema."), "user")
    python = Path(sys.executable)
    return {
        "user": user,
        "home": f"/var/lib/{user}",
        "settings": SETTINGS,
        "python": str(python),
        "command": str(python.with_name("escritorio")),
    }


def _filled(way: str, name: str, blanks: dict[str, str]) -> str:
    return Blanks(files(deploy).joinpath(way, name).read_text("utf-8")).substitute(blanks)


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
            if file.name in PROGRAMS:
                file.chmod(0o755)
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
