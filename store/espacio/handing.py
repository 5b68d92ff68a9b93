"""A new code for an Espacio: mailed to its desk, or handed over by soporte where there is no mail (SPEC 7)."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, select

from store.accounts.person import Person, Power, desk_of, require
from store.accounts.tables import Desk
from store.audit.chain import record
from store.errors import NoEspacio, TooManyAttempts
from store.espacio.codes import IssuedCode, issue_code, issued_since
from store.espacio.letters import Entry, Writer
from store.espacio.tables import Espacio
from store.installation.store import Store
from store.mail.outbox import enqueue
from store.orders.locking import lock_desk

MOST_CODES = 5
"""New codes that a desk may ask for in an hour."""
_HOUR = timedelta(hours=1)


def send_code(session: Session, person: Person, store: Store) -> None:
    """Mail the person's desk a new code for its Espacio.

    Raises:
        NoEspacio: The desk has none.
        TooManyAttempts: It asked five times in the last hour.
        NotAllowed: The person may not contract.
    """
    require(session, person, Power.CONTRACT)
    desk, clock, now = lock_desk(session, desk_of(person)), store.clock, store.clock.now()
    espacio = _espacio(session, desk)
    recent = issued_since(session, espacio.id, now - _HOUR)
    if len(recent) >= MOST_CODES:
        until = recent[-MOST_CODES] + _HOUR
        raise TooManyAttempts(until, clock.hour_of(until))
    issued = issue_code(session, store.pepper, espacio.id, now=now)
    letter = Writer(store.words, clock).access(Entry(espacio.written_name, desk.handle, issued))
    fact = f"espacio-code:{issued.code_id}"
    enqueue(session, letter, fact=fact, desk=desk, now=now)
    record(session, person, "espacio.code_sent", f"espacio:{espacio.id}", now=now)


def hand_over_code(session: Session, person: Person, store: Store) -> IssuedCode:
    """Make a code for the chosen desk, for soporte to hand over in person; the audit says so.

    Raises:
        NoEspacio: The desk has none.
        NotAllowed: The person is not of soporte, or chose no desk.
    """
    require(session, person, Power.HAND_OVER)
    desk, now = lock_desk(session, desk_of(person)), store.clock.now()
    espacio = _espacio(session, desk)
    issued = issue_code(session, store.pepper, espacio.id, now=now)
    record(session, person, "espacio.code_handed_over", f"espacio:{espacio.id}", now=now)
    return issued


def _espacio(session: Session, desk: Desk) -> Espacio:
    espacio = session.exec(select(Espacio).where(Espacio.desk_id == desk.id)).first()
    if espacio is None:
        raise NoEspacio
    return espacio
