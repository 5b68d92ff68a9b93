"""Activating a key: is it good, and then the one transaction that binds it to a desk for ever (SPEC 3).

Both steps write the attempt down first, in a transaction of their own, so they take the `Store`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, or_, select, update

from store.accounts.person import Person, Power, require
from store.accounts.tables import Desk
from store.attempts.limits import Limit, Scope, Try, Window, reserve, settle
from store.attempts.tables import AttemptKind, Verdict
from store.audit.chain import record
from store.errors import (
    KeyAlreadyHere,
    KeyRefused,
    KeyUnavailable,
    LicenceChanged,
    LicenceNotAccepted,
    NotAllowed,
    StoreRefused,
    WrongCheckSymbol,
)
from store.installation.store import Store
from store.keys.code import KeyCode, MaskedKey, read_key
from store.keys.lots import key_mac, vendor_lengths
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.keys.words import said_of_state
from store.legal.tables import Acceptance, LegalKind, LegalText
from store.legal.texts import current
from store.mail.letters import key_confirmed
from store.mail.outbox import enqueue
from store.text import _

GUESS_LIMITS = (
    Window(Scope.SUBJECT, most=5, length=timedelta(minutes=15)),
    Window(Scope.DESK, most=20, length=timedelta(hours=1)),
    Window(Scope.ORIGIN, most=60, length=timedelta(hours=1)),
)
"""SPEC 3's table: per account, per desk, per origin."""
TYPO_LIMITS = (Window(Scope.SUBJECT, most=20, length=timedelta(minutes=15)),)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckedKey:
    """A key that was good a moment ago: what window 2 shows, and what confirming needs."""

    code: KeyCode
    units: int
    licence: Licence


@dataclass(frozen=True)
class Licence:
    """The text that has to be accepted, as it stood when it was shown."""

    text_id: int
    version: int
    body: str


@dataclass(frozen=True)
class ConfirmedKey:
    """A key that is this desk's now."""

    key_id: int
    masked: MaskedKey
    units: int
    confirmed_on: date


def check_key(store: Store, person: Person, typed: str) -> CheckedKey:
    """Tell whether a typed key can be confirmed in the person's desk, and what it holds; nothing is changed.

    Raises:
        KeyMistyped: It is not well written.
        KeyAlreadyHere: It is this desk's already.
        KeyUnavailable: Unknown, held, expired, void or another desk's.
        TooManyAttempts: Over the limit.
        NotAllowed: The person may not activate keys.
    """
    with store.reading() as session:
        require(session, person, Power.ACTIVATE)
        lengths = vendor_lengths(session)
    try:
        code = read_key(typed, lengths)
    except WrongCheckSymbol:
        _count_typo(store, person)
        raise
    with _guessing(store, person, GUESS_LIMITS) as number:
        try:
            with store.reading() as session:
                key = _good_key(session, store, person, code)
                licence = current(session, LegalKind.PREPAID_LICENCE)
        except KeyRefused as refusal:
            _settle_refused(store, person, code, number, refusal)
            raise
        with store.writing() as session:
            settle(session, number, Verdict.FREE)
    return CheckedKey(code, key.units, Licence(licence.id, licence.version, licence.body))


def confirm_key(
    store: Store, person: Person, checked: CheckedKey, *, licence_accepted: bool
) -> ConfirmedKey:
    """Bind a checked key to the person's desk, for ever: key, acceptance, audit event and mail, or none of them.

    No limit holds it back: what was found good is no guess, and the good ones of a list are confirmed however many
    others it held.

    Raises:
        LicenceNotAccepted: The box is empty.
        LicenceChanged: Another version was published since it was shown.
        KeyAlreadyHere: It is this desk's already, as after a retry.
        KeyUnavailable: It was taken, held, voided … since it was checked; that counts, as a guess does.
        NotAllowed: The person may not activate keys.
    """
    if not licence_accepted:
        raise LicenceNotAccepted
    with store.reading() as session:
        require(session, person, Power.ACTIVATE)
    with _guessing(store, person, ()) as number:
        try:
            with store.writing() as session:
                confirmed = _confirm(session, store, person, checked)
                settle(session, number, Verdict.FREE)
                _record_confirmed(session, store, person, checked, confirmed)
        except KeyRefused as refusal:
            _settle_refused(store, person, checked.code, number, refusal)
            raise
        except NotAllowed:
            with store.writing() as session:
                settle(session, number, Verdict.FREE)
            raise
    return confirmed


def _confirm(session: Session, store: Store, person: Person, checked: CheckedKey) -> ConfirmedKey:
    require(session, person, Power.ACTIVATE)
    now, today = store.clock.now(), store.clock.today()
    licence = current(session, LegalKind.PREPAID_LICENCE)
    if licence.id != checked.licence.text_id:
        raise LicenceChanged
    acceptance = _accept(session, person, licence, store)
    # The claim is the test: of two desks in the same instant, one finds the key issued and the other does not.
    claimed = session.exec(
        update(PrepaidKey)
        .where(
            col(PrepaidKey.mac) == key_mac(store.pepper, checked.code),
            col(PrepaidKey.state) == KeyState.ISSUED,
            col(PrepaidKey.lot_id).in_(
                select(KeyLot.id).where(
                    or_(col(KeyLot.redeem_by).is_(None), col(KeyLot.redeem_by) >= today)
                )
            ),
        )
        .values(
            state=KeyState.AVAILABLE,
            desk_id=person.desk_id,
            confirmed_at=now,
            confirmed_on=today,
            confirmed_by=person.account_id,
            acceptance_id=acceptance.id,
        )
        .returning(col(PrepaidKey.id), col(PrepaidKey.units))
    ).first()
    if claimed is None:
        _good_key(session, store, person, checked.code)
        raise KeyUnavailable("taken")
    key_id, units = claimed
    confirmed = ConfirmedKey(key_id, checked.code.masked, units, today)
    desk = session.get_one(Desk, person.desk_id)
    letter = key_confirmed(desk, person, confirmed.masked, units, store.clock.moment_of(now))
    enqueue(session, letter, fact=f"key-confirmed:{key_id}", desk=desk, now=now)
    return confirmed


def _record_confirmed(
    session: Session, store: Store, person: Person, checked: CheckedKey, confirmed: ConfirmedKey
) -> None:
    record(
        session,
        person,
        "key.confirmed",
        f"key:{confirmed.key_id}",
        now=store.clock.now(),
        key=str(confirmed.masked),
        units=confirmed.units,
        licence=checked.licence.version,
    )


def _accept(session: Session, person: Person, licence: LegalText, store: Store) -> Acceptance:
    if person.account_id is None or person.desk_id is None:
        raise NotAllowed(_("Elige primero un escritorio."))
    acceptance = Acceptance(
        legal_text_id=licence.id,
        account_id=person.account_id,
        desk_id=person.desk_id,
        accepted_at=store.clock.now(),
    )
    session.add(acceptance)
    session.flush()
    return acceptance


def _good_key(session: Session, store: Store, person: Person, code: KeyCode) -> PrepaidKey:
    """Find the key if it can be confirmed here and now.

    Raises:
        KeyAlreadyHere, KeyUnavailable: It cannot; the reason stays with the staff.
    """
    found = session.exec(
        select(PrepaidKey, KeyLot)
        .join(KeyLot, col(KeyLot.id) == col(PrepaidKey.lot_id))
        .where(col(PrepaidKey.mac) == key_mac(store.pepper, code))
    ).first()
    if found is None:
        raise KeyUnavailable("unknown")
    key, lot = found
    if key.desk_id is not None and key.desk_id == person.desk_id and key.confirmed_on is not None:
        raise KeyAlreadyHere(key.id, said_of_state(key.state), key.confirmed_on)
    if key.desk_id is not None:
        raise KeyUnavailable("another desk's")
    if key.state is not KeyState.ISSUED:
        raise KeyUnavailable(key.state.name.lower())
    if lot.redeem_by is not None and lot.redeem_by < store.clock.today():
        raise KeyUnavailable("expired")
    return key


def _guess(person: Person, kind: AttemptKind) -> Try:
    return Try(kind, f"account:{person.account_id}", person.origin, person.desk_id)


@contextmanager
def _guessing(store: Store, person: Person, limits: Sequence[Limit]) -> Iterator[int]:
    """Write a guess down before it is checked; what the store leaves without a verdict is not held against anybody."""
    number = _reserve_guess(store, person, limits)
    try:
        yield number
    except StoreRefused:
        store.unsettled.add(number)
        raise


def _reserve_guess(store: Store, person: Person, limits: Sequence[Limit]) -> int:
    unsettled = frozenset(store.unsettled)
    with store.writing() as session:
        for number in unsettled:
            settle(session, number, Verdict.FREE)
        number = reserve(session, _guess(person, AttemptKind.KEY), limits, store.clock)
    store.unsettled.difference_update(unsettled)
    return number


def _count_typo(store: Store, person: Person) -> None:
    with store.writing() as session:
        number = reserve(session, _guess(person, AttemptKind.TYPO), TYPO_LIMITS, store.clock)
        settle(session, number, Verdict.COUNTED)


def _settle_refused(
    store: Store, person: Person, code: KeyCode, number: int, refusal: KeyRefused
) -> None:
    """Count a guess that failed, and tell the staff why; a key that is here already is no guess."""
    with store.writing() as session:
        if not isinstance(refusal, KeyUnavailable):
            settle(session, number, Verdict.FREE)
            return
        settle(session, number, Verdict.COUNTED)
        record(
            session,
            person,
            "key.refused",
            f"desk:{person.desk_id}",
            now=store.clock.now(),
            key=str(code),
            reason=refusal.reason,
        )
    log.warning("key %s refused to %s: %s", code, person.username, refusal.reason)
