"""`keys`: issuing, importing, and what the staff may do to one."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from store.accounts.person import console
from store.errors import Refusal
from store.keys.code import read_key
from store.keys.importing import ImportReport, import_keys
from store.keys.issuing import issue_keys
from store.keys.life import Move, find_key, move_key
from store.keys.loading.refusals import RefusalFile
from store.keys.lots import LotForm, read_redeem_by, vendor_lengths
from store.text import _, clean, ngettext
from tui.cli.outcome import DONE, FAILED, complain, say, show
from tui.cli.progress import ProgressLine
from tui.cli.stores import ORIGIN, open_settings_store

_REFUSED_SHOWN = 20
"""Refused lines on the screen; the report has them all."""


def issue(arguments: Namespace) -> int:
    """Issue a lot: its keys are safe in the file before the store has them."""
    form = LotForm(arguments.product, read_redeem_by(arguments.redeem_by))
    store = open_settings_store()
    with _progress(_("Emitiendo"), arguments) as tell:
        lot = issue_keys(store, console(ORIGIN), form, arguments.count, Path(arguments.out), tell)
    row = {
        "lote": lot.folio,
        "producto": lot.product_code,
        "claves": lot.quantity,
        "archivo": arguments.out,
    }
    show([row], as_json=arguments.json, empty="")
    return DONE


def take(arguments: Namespace) -> int:
    """Import keys, and name each line that was refused with its reason."""
    redeem_by = read_redeem_by(arguments.redeem_by)
    form = LotForm(arguments.product, redeem_by, arguments.vendor_length)
    file = Path(arguments.file)
    refused = RefusalFile(_report_of(file, arguments.report))
    store = open_settings_store()
    with _progress(_("Importando"), arguments) as tell:
        report = import_keys(store, console(ORIGIN), file, form, refused, tell)
    if not report.taken and not report.refused:
        complain(_("El archivo no tiene claves."))
        return FAILED
    if arguments.json:
        _show_facts(report, refused)
    else:
        _show_words(report, refused)
    return FAILED if report.refused else DONE


@contextmanager
def _progress(doing: str, arguments: Namespace) -> Iterator[ProgressLine]:
    line = ProgressLine(doing, quiet=arguments.quiet)
    try:
        yield line
    except KeyboardInterrupt:
        line.clear()
        complain(_("Interrumpido. La misma orden continúa donde quedó."))
        raise
    finally:
        line.clear()


def _report_of(file: Path, named: str | None) -> Path:
    """Say where the refused lines go: beside the file, unless another place is named."""
    report = Path(named) if named else file.with_name(f"{file.stem}.rechazadas.csv")
    if report.exists() and file.exists() and report.samefile(file):
        raise Refusal(_("El informe no puede ser el archivo de las claves."))
    return report


def _show_facts(report: ImportReport, refused: RefusalFile) -> None:
    row = {
        "lote": report.folio,
        "claves": report.taken,
        "rechazadas": report.refused,
        "informe": str(refused.path) if report.refused else None,
    }
    show([row], as_json=True, empty="")


def _show_words(report: ImportReport, refused: RefusalFile) -> None:
    if report.folio is None:
        say(_("Ninguna clave es nueva; no se hizo ningún lote."))
    else:
        words = ngettext("Lote {lot}: {n:,} clave.", "Lote {lot}: {n:,} claves.", report.taken)
        say(words.format(lot=report.folio, n=report.taken))
    if not report.refused:
        return
    words = ngettext(
        "{n:,} línea rechazada, en {file}:", "{n:,} líneas rechazadas, en {file}:", report.refused
    )
    say(words.format(n=report.refused, file=clean(refused.path)))
    rows = [
        {"línea": line.line, "motivo": line.reason}
        for line in islice(refused.read(), _REFUSED_SHOWN)
    ]
    show(rows, as_json=False, empty="")
    if report.refused > len(rows):
        say(_("… y {n:,} más.").format(n=report.refused - len(rows)))


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
