"""Health: is the store whole, and does it say truthfully what happened?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import text
from sqlmodel import Session

from store.audit.chain import broken_links, head_of
from store.clients.search import unlearnt
from store.installation.store import Store
from store.keys.tally import wrong_tallies
from store.mail.outbox import stuck
from store.text import _, ngettext

_MOST_NAMED = 5
"""How many broken places a finding names; the first ones tell where to look."""


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    check: str
    sound: bool
    words: str


def examine(store: Store) -> Iterator[Finding]:
    """Check the file, its keys, the audit chain, the pepper, the mail, and what lists are counted and found by."""
    with store.reading() as session:
        yield _integrity(session)
        yield _foreign_keys(session)
        yield _audit(session)
        # Opening compared the pepper with the store's fingerprint; a different one never gets here.
        yield Finding(
            "pepper",
            True,
            _("La pimienta es la de este almacén ({print}).").format(
                print=store.pepper.fingerprint[:16]
            ),
        )
        yield _mail(session, store)
        yield _tallies(session)
        yield _clients(session)


def _integrity(session: Session) -> Finding:
    if session.get_bind().dialect.name != "sqlite":
        return Finding("integrity", True, _("El servidor cuida sus propios archivos."))
    problems = session.connection().execute(text("PRAGMA integrity_check")).scalars().all()
    sound = list(problems) == ["ok"]
    words = _("El archivo está íntegro.") if sound else _said("; ".join(problems[:_MOST_NAMED]))
    return Finding("integrity", sound, words)


def _said(problems: str) -> str:
    return _("El archivo está dañado: {problems}").format(problems=problems)


def _foreign_keys(session: Session) -> Finding:
    if session.get_bind().dialect.name != "sqlite":
        return Finding("foreign-keys", True, _("El servidor cuida las llaves foráneas."))
    broken = session.connection().execute(text("PRAGMA foreign_key_check")).all()
    if not broken:
        return Finding("foreign-keys", True, _("Las llaves foráneas están completas."))
    tables = ", ".join(sorted({str(row[0]) for row in broken}))
    words = ngettext(
        "{n} fila apunta a nada, en {tables}.",
        "{n} filas apuntan a nada, en {tables}.",
        len(broken),
    )
    return Finding("foreign-keys", False, words.format(n=len(broken), tables=tables))


def _audit(session: Session) -> Finding:
    broken = list(islice(broken_links(session), _MOST_NAMED))
    if broken:
        words = _("La bitácora está alterada en: {places}.").format(places=", ".join(broken))
        return Finding("audit", False, words)
    head = head_of(session)
    words = ngettext(
        "La bitácora está completa: {n} evento, {hash}.",
        "La bitácora está completa: {n} eventos, {hash}.",
        head.seq,
    )
    return Finding("audit", True, words.format(n=head.seq, hash=head.hash))


def _mail(session: Session, store: Store) -> Finding:
    waiting = stuck(session, store.clock.now())
    if not waiting:
        return Finding("mail", True, _("No hay correos detenidos."))
    words = ngettext(
        "{n} correo detenido; míralo con «escritorio mail list».",
        "{n} correos detenidos; míralos con «escritorio mail list».",
        len(waiting),
    )
    return Finding("mail", False, words.format(n=len(waiting)))


def _tallies(session: Session) -> Finding:
    wrong = wrong_tallies(session)
    if not wrong:
        return Finding("tallies", True, _("Las claves están bien contadas."))
    words = ngettext("{n} cuenta de claves no cuadra.", "{n} cuentas de claves no cuadran.", wrong)
    return Finding("tallies", False, words.format(n=wrong))


def _clients(session: Session) -> Finding:
    missing = unlearnt(session)
    if not missing:
        return Finding("clients", True, _("Todos los clientes se encuentran por su nombre."))
    words = ngettext(
        "{n} cliente no se encuentra por partes de su nombre.",
        "{n} clientes no se encuentran por partes de su nombre.",
        missing,
    )
    return Finding("clients", False, words.format(n=missing))
