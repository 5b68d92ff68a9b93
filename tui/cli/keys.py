"""`keys`: issuing, importing, and what the staff may do to one."""

from __future__ import annotations

import csv
import errno
import getpass
import io
import os
import sys
from argparse import Namespace
from pathlib import Path

from store.accounts.person import console
from store.calendar import long_date
from store.errors import Refusal
from store.keys.code import read_key
from store.keys.importing import import_keys
from store.keys.issuing import IssuedLot, issue_keys
from store.keys.life import Move, find_key, move_key
from store.keys.lots import read_redeem_by, vendor_lengths
from store.text import _, clean, said_of_fault
from tui.cli.outcome import DONE, FAILED, complain, say, show
from tui.cli.stores import ORIGIN, open_settings_store


def issue(arguments: Namespace) -> int:
    """Issue a lot: its keys are safe in the file before the lot exists."""
    redeem_by = read_redeem_by(arguments.redeem_by)
    out = Path(arguments.out)
    store = open_settings_store()
    draft = _new_file(out)
    try:
        with store.writing() as session:
            lot = issue_keys(
                session,
                console(ORIGIN),
                store.pepper,
                arguments.product,
                arguments.count,
                redeem_by=redeem_by,
                now=store.clock.now(),
            )
            _keep(draft, lot)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    os.replace(draft, out)
    row = {
        "lote": lot.folio,
        "producto": lot.product_code,
        "claves": len(lot.keys),
        "archivo": str(out),
    }
    show([row], as_json=arguments.json, empty="")
    return DONE


def _new_file(out: Path) -> Path:
    """Make an empty file of its owner's beside the one that is asked for, which must not exist."""
    draft = out.with_name(out.name + ".part")
    try:
        if out.exists():
            raise FileExistsError(errno.EEXIST, "")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise Refusal(
            _("No se puede escribir {file}: {problem}. No se emitió nada.").format(
                file=clean(out), problem=said_of_fault(error)
            )
        ) from None
    return draft


def _keep(file: Path, lot: IssuedLot) -> None:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["clave", "producto", "timbres", "lote", "vence"])
    expires = long_date(lot.redeem_by) if lot.redeem_by else ""
    for key in lot.keys:
        table.writerow([key.grouped(), lot.product_code, lot.units, lot.folio, expires])
    with file.open("w", encoding="utf-8", newline="") as target:
        target.write(text.getvalue())
        target.flush()
        os.fsync(target.fileno())


def take(arguments: Namespace) -> int:
    """Import keys, and name each line that was refused with its reason."""
    redeem_by = read_redeem_by(arguments.redeem_by)
    store = open_settings_store()
    try:
        with Path(arguments.file).open(encoding="utf-8", errors="replace", newline=None) as lines:
            report = import_keys(
                store,
                console(ORIGIN),
                lines,
                arguments.product,
                vendor_length=arguments.vendor_length,
                redeem_by=redeem_by,
            )
    except OSError as error:
        raise Refusal(
            _("No se puede leer {file}: {problem}.").format(
                file=clean(arguments.file), problem=said_of_fault(error)
            )
        ) from None
    if not report.taken and not report.refused:
        complain(_("El archivo no tiene claves."))
        return FAILED
    refused = [{"línea": refusal.line, "motivo": refusal.reason} for refusal in report.refused]
    if arguments.json:
        show(
            [{"lote": report.folio, "claves": report.taken, "rechazadas": refused}],
            as_json=True,
            empty="",
        )
    else:
        say(
            _("Lote {lot}: {taken} claves; {refused} líneas rechazadas.").format(
                lot=report.folio, taken=report.taken, refused=len(refused)
            )
        )
        if refused:
            show(refused, as_json=False, empty="")
    return FAILED if refused else DONE


def move(arguments: Namespace) -> int:
    """Change one key's state; the key is asked for, so that no shell history keeps it."""
    typed = getpass.getpass(_("Clave: ")) if sys.stdin.isatty() else sys.stdin.readline()
    store = open_settings_store()
    with store.writing() as session:
        key_id = find_key(session, store.pepper, read_key(typed, vendor_lengths(session)))
        moved = move_key(
            session,
            console(ORIGIN),
            key_id,
            Move(arguments.step),
            arguments.reason,
            now=store.clock.now(),
        )
    say(_("La clave pasó de {before} a {after}.").format(before=moved.before, after=moved.after))
    return DONE
