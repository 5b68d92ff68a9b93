"""A key's whole story: where it came from, who confirmed it, who uses it, and what the staff did with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from store.accounts.person import Person, Power, require
from store.accounts.tables import Account
from store.audit.tables import AuditEvent
from store.calendar import Clock, long_date
from store.clients.tables import Client
from store.errors import NotFound
from store.keys.code import MaskedKey
from store.keys.life import Move
from store.keys.query import KeyColumn
from store.keys.tables import KeyLot, PrepaidKey
from store.keys.words import said_of_activation, said_of_client, said_of_state, stamps
from store.legal.tables import Acceptance, LegalText
from store.text import _

_STAFF_STEPS = [f"key.{move.name.lower()}" for move in Move]


@dataclass(frozen=True)
class Chapter:
    """One thing that happened to a key."""

    when: str
    what: str


@dataclass(frozen=True)
class KeyStory:
    """A key, its row in words, and what happened to it, oldest first."""

    key: MaskedKey
    facts: Sequence[tuple[str, str]]
    chapters: Sequence[Chapter]


def story_of(session: Session, person: Person, key_id: int, clock: Clock) -> KeyStory:
    """Tell the story of a key of the person's desk.

    Raises:
        NotFound: The desk has no such key.
    """
    require(session, person, Power.LOOK)
    key = session.exec(
        select(PrepaidKey).where(
            col(PrepaidKey.id) == key_id, col(PrepaidKey.desk_id) == person.desk_id
        )
    ).first()
    if key is None or key.confirmed_on is None:
        raise NotFound(_("La clave ya no está en este escritorio."))
    client = session.get(Client, key.client_id) if key.client_id is not None else None
    facts = [
        (KeyColumn.KEY.title, str(MaskedKey(key.signs))),
        (KeyColumn.QUANTITY.title, stamps(key.units)),
        (KeyColumn.DATE.title, long_date(key.confirmed_on)),
        (KeyColumn.ACTIVATION.title, said_of_activation(key.activated_on)),
        (KeyColumn.STATUS.title, said_of_state(key.state)),
        (KeyColumn.CLIENT.title, said_of_client(client.name if client else None)),
    ]
    if key.reason:
        facts.append((_("Motivo"), key.reason))
    chapters = [*_origin(session, key, clock), *_moves(session, key, clock), *_use(key, client)]
    return KeyStory(MaskedKey(key.signs), facts, chapters)


def _origin(session: Session, key: PrepaidKey, clock: Clock) -> Iterator[Chapter]:
    lot = session.get_one(KeyLot, key.lot_id)
    issued = _("Se emitió en el lote {folio}.").format(folio=lot.folio)
    if lot.redeem_by is not None:
        issued += " " + _("Podía confirmarse hasta el {day}.").format(day=long_date(lot.redeem_by))
    yield Chapter(clock.moment_of(lot.created_at), issued)
    if key.confirmed_at is None:
        return
    account = session.get_one(Account, key.confirmed_by)
    acceptance = session.get_one(Acceptance, key.acceptance_id)
    licence = session.get_one(LegalText, acceptance.legal_text_id)
    yield Chapter(
        clock.moment_of(key.confirmed_at),
        _("La confirmó {username}, que aceptó la Licencia de Uso versión {version}.").format(
            username=account.username, version=licence.version
        ),
    )


def _moves(session: Session, key: PrepaidKey, clock: Clock) -> Iterator[Chapter]:
    events = session.exec(
        select(AuditEvent)
        .where(
            col(AuditEvent.subject) == f"key:{key.id}",
            col(AuditEvent.action).in_(_STAFF_STEPS),
        )
        .order_by(col(AuditEvent.seq))
    ).all()
    for event in events:
        yield Chapter(clock.moment_of(event.at), _said_of_move(event))


def _said_of_move(event: AuditEvent) -> str:
    detail = json.loads(event.detail)
    return _("Pasó de {before} a {after}: {reason}").format(
        before=detail["before"], after=detail["after"], reason=detail["reason"]
    )


def _use(key: PrepaidKey, client: Client | None) -> Iterator[Chapter]:
    if key.activated_on is not None and client is not None:
        yield Chapter(
            long_date(key.activated_on),
            _("{client} comenzó a usarla; desde entonces está asignada.").format(
                client=client.name
            ),
        )
