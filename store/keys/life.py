"""What the staff may do to a key, with a reason: hold, withhold, release, void (SPEC 3; facts/domain 4.b.1).

From «utilizada» there is no way back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlmodel import Session, col, select, update

from store.accounts.person import Person, Power, require
from store.audit.chain import record
from store.errors import Mistyped, NotFound, Refusal
from store.installation.pepper import Pepper
from store.keys.code import KeyCode
from store.keys.lots import key_mac
from store.keys.tables import KeyState, PrepaidKey
from store.text import _, clean, normal

LONGEST_REASON = 300


class Move(Enum):
    """A step of the staff's; a value is its word on the command line."""

    HOLD = "bloquear"
    WITHHOLD = "retener"
    RELEASE = "liberar"
    VOID = "anular"


_STEPS: dict[Move, dict[KeyState, KeyState]] = {
    Move.HOLD: {KeyState.ISSUED: KeyState.HELD},
    Move.WITHHOLD: {KeyState.AVAILABLE: KeyState.WITHHELD},
    Move.RELEASE: {KeyState.HELD: KeyState.ISSUED, KeyState.WITHHELD: KeyState.AVAILABLE},
    Move.VOID: {
        KeyState.ISSUED: KeyState.VOID,
        KeyState.HELD: KeyState.VOID,
        KeyState.EXPIRED: KeyState.VOID,
        KeyState.AVAILABLE: KeyState.VOID,
        KeyState.WITHHELD: KeyState.VOID,
    },
}
"""Whence each step may start, and where it leads."""


@dataclass(frozen=True)
class MovedKey:
    """A key whose state the staff changed."""

    key_id: int
    before: KeyState
    after: KeyState


def find_key(session: Session, pepper: Pepper, code: KeyCode) -> int:
    """Find a key that somebody has in hand.

    Raises:
        NotFound: No lot has it.
    """
    key_id = session.exec(
        select(PrepaidKey.id).where(col(PrepaidKey.mac) == key_mac(pepper, code))
    ).first()
    if key_id is None:
        raise NotFound(_("No hay una clave {key}.").format(key=code))
    return key_id


def move_key(
    session: Session, person: Person, key_id: int, move: Move, reason: str, *, now: datetime
) -> MovedKey:
    """Change a key's state and say why.

    Raises:
        Mistyped: There is no reason.
        Refusal: Its state does not allow it, or changed in this instant.
    """
    require(session, person, Power.ISSUE)
    reason = clean(normal(reason), LONGEST_REASON)
    if not reason:
        raise Mistyped(_("Escribe el motivo."), "reason")
    before = session.get_one(PrepaidKey, key_id).state
    after = _STEPS[move].get(before)
    moved = (
        after
        and session.exec(
            update(PrepaidKey)
            .where(col(PrepaidKey.id) == key_id, col(PrepaidKey.state) == before)
            .values(state=after, reason=None if move is Move.RELEASE else reason)
            .returning(col(PrepaidKey.id))
        ).first()
    )
    if after is None or moved is None:
        raise Refusal(
            _("La clave está {state}; no se puede {move}.").format(
                state=before.value, move=move.value
            )
        )
    record(
        session,
        person,
        f"key.{move.name.lower()}",
        f"key:{key_id}",
        now=now,
        before=before.value,
        after=after.value,
        reason=reason,
    )
    return MovedKey(key_id, before, after)
