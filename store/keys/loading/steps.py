"""A load's steps: taken on, moved forward with each batch in the same transaction, ended.

A process that is killed leaves whole steps. Whoever takes the load on again goes on behind the last one, and relieves a
process that should still be at it: that one's next step finds another runner, and changes nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sqlmodel import Session, col, delete, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from store.accounts.person import Person
from store.audit.chain import record
from store.errors import LoadRelieved
from store.installation.counters import take_turn
from store.installation.store import Store
from store.keys.loading.progress import Progress
from store.keys.loading.tables import KeyLoad
from store.keys.lots import LOT_COUNTER, LotForm, new_lot, refuse_past
from store.keys.tables import KeyLot, PrepaidKey


@dataclass(frozen=True)
class Load:
    """A load that this process has taken on, and how far it has come."""

    id: int
    runner: str
    lot: KeyLot | None
    """None until there is a first key to put into it."""
    asked: int | None
    line: int
    taken: int
    refused: int
    newest: int
    """The newest key when `line` was reached: those of the lot that are newer come from the lines behind it."""

    @property
    def lot_opened(self) -> KeyLot:
        """The lot, where there must be one."""
        if self.lot is None:
            raise RuntimeError("this load has no lot yet")
        return self.lot

    def progress(self, share: float, beyond: int = 0) -> Progress:
        """Say how far it has come.

        Args:
            share: How much of the whole is done.
            beyond: Lines behind `line` whose keys are in already.
        """
        folio = self.lot.folio if self.lot else None
        return Progress(folio, self.line + beyond, self.taken, self.refused, share)


def find_load(session: Session, fingerprint: str) -> KeyLoad | None:
    """Find a load that has not come to its end."""
    return session.exec(_of(fingerprint)).first()


def _of(fingerprint: str) -> SelectOfScalar[KeyLoad]:
    return select(KeyLoad).where(KeyLoad.fingerprint == fingerprint)


def take_on(
    session: Session, store: Store, form: LotForm, fingerprint: str, asked: int | None = None
) -> Load:
    """Begin a load, or take on the one that was cut.

    Raises:
        Mistyped: It is new, and its keys could not be confirmed on any day.
    """
    # Of two that begin the same one at once, the second takes the first's on …
    take_turn(session, LOT_COUNTER)
    # … behind the step that the first may be at: its end is what is gone on from.
    row = session.exec(_of(fingerprint).with_for_update()).first()
    if row is None:
        refuse_past(form.redeem_by, store.clock.today())
        row = KeyLoad(
            fingerprint=fingerprint,
            runner="",
            newest=_newest_key(session),
            began_at=store.clock.now(),
        )
    if row.lot_id is None:
        row.asked = asked
    row.runner = secrets.token_hex(16)
    session.add(row)
    session.flush()
    lot = session.get_one(KeyLot, row.lot_id) if row.lot_id else None
    return Load(row.id, row.runner, lot, row.asked, row.line, row.taken, row.refused, row.newest)


def _newest_key(session: Session) -> int:
    return session.exec(select(func.max(PrepaidKey.id))).one() or 0


def open_lot(session: Session, store: Store, person: Person, form: LotForm, load: Load) -> Load:
    """Give a load its lot, unless it has one."""
    if load.lot is not None:
        return load
    lot = new_lot(session, person, form, 0, now=store.clock.now())
    return replace(load, lot=lot)


def advance(session: Session, load: Load, *, line: int, taken: int = 0, refused: int = 0) -> Load:
    """Write down what a step added, in the step's own transaction.

    Args:
        line: Where the file is done up to now.
        taken: Keys that the step put into the lot.
        refused: Lines that it refused.

    Raises:
        LoadRelieved: Another process has taken the load on.
    """
    newest = _newest_key(session) if line > load.line else load.newest
    taken, refused = load.taken + taken, load.refused + refused
    further = replace(load, line=line, taken=taken, refused=refused, newest=newest)
    lot_id = further.lot.id if further.lot else None
    moved = session.exec(
        update(KeyLoad)
        .where(col(KeyLoad.id) == load.id, col(KeyLoad.runner) == load.runner)
        .values(line=line, taken=taken, refused=refused, newest=newest, lot_id=lot_id)
        .returning(col(KeyLoad.id))
    ).first()
    if moved is None:
        raise LoadRelieved
    if lot_id is not None:
        size = update(KeyLot).where(col(KeyLot.id) == lot_id).values(quantity=taken)
        session.exec(size)
    return further


def finish(session: Session, store: Store, person: Person, load: Load, action: str) -> None:
    """End a load: nothing of it is left but the lot, and the event that tells of it.

    Raises:
        LoadRelieved: Another process has taken the load on.
    """
    ended = session.exec(
        delete(KeyLoad)
        .where(col(KeyLoad.id) == load.id, col(KeyLoad.runner) == load.runner)
        .returning(col(KeyLoad.id))
    ).first()
    if ended is None:
        raise LoadRelieved
    if load.lot is not None:
        said = {"folio": load.lot.folio, "product": load.lot.product_code, "quantity": load.taken}
        if load.asked is None:
            said["refused"] = load.refused
        record(session, person, action, f"lot:{load.lot.id}", now=store.clock.now(), **said)
