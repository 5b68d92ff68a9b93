"""The chain: each event's hash covers the one before, so that an edit, a gap or a cut end shows.

Whoever owns the file can write the whole chain anew; keep the head's hash, which `escritorio doctor` prints, elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select, update

from store.audit.tables import AuditEvent, AuditHead

if TYPE_CHECKING:
    from store.accounts.person import Person

GENESIS = "0" * 64
"""The hash before the first event."""


def record(
    session: Session, person: Person, action: str, subject: str, *, now: datetime, **detail: object
) -> None:
    """Append an event to the chain; call it last in a transaction, since it locks the chain until the end.

    Args:
        action: What was done, «key.confirmed».
        subject: What it was done to, «key:12».
        detail: More of it; never a key in clear, a password or a code.
    """
    session.flush()
    seq, previous = session.exec(
        update(AuditHead)
        .values(seq=col(AuditHead.seq) + 1)
        .returning(col(AuditHead.seq), col(AuditHead.hash))
    ).one()
    event = AuditEvent(
        seq=seq,
        at=now,
        account_id=person.account_id,
        desk_id=person.desk_id,
        origin=person.origin,
        action=action,
        subject=subject,
        detail=json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
        previous_hash=previous,
        hash="",
    )
    event.hash = _hash_of(event)
    session.add(event)
    session.flush()
    session.exec(update(AuditHead).values(hash=event.hash))


def _hash_of(event: AuditEvent) -> str:
    # In UTC, as the store gives it back: the same instant in the desk's zone must hash alike.
    at = event.at.astimezone(UTC).isoformat()
    said = event.model_dump(exclude={"hash", "at"}) | {"at": at}
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def head_of(session: Session) -> AuditHead:
    """Give the end of the chain."""
    return session.exec(select(AuditHead)).one()


def broken_links(session: Session) -> Iterator[str]:
    """Walk the whole chain and name each place where it does not hold; nothing where it is sound."""
    head = session.exec(select(AuditHead)).first()
    previous, expected = GENESIS, 1
    for event in session.exec(select(AuditEvent).order_by(col(AuditEvent.seq))).yield_per(1000):
        if event.seq != expected:
            yield f"{expected}…{event.seq - 1}"
        elif event.previous_hash != previous or event.hash != _hash_of(event):
            yield str(event.seq)
        previous, expected = event.hash, event.seq + 1
    if head is None or (head.seq, head.hash) != (expected - 1, previous):
        yield f"{expected}…{head.seq if head else ''}"
