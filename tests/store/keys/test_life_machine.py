"""The life of keys as a state machine: whatever happens in whatever order, store and model say the same.

The model is a few lines of Python that know SPEC 3 and no SQL; the store is a real file.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select, update

from store.accounts.person import Person
from store.attempts.tables import Attempt, AttemptKind, Verdict
from store.audit.chain import broken_links
from store.audit.tables import AuditEvent
from store.clients.tables import Client
from store.errors import (
    KeyAlreadyHere,
    KeyUnavailable,
    LicenceNotAccepted,
    Refusal,
    TooManyAttempts,
    WrongCheckSymbol,
)
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.activation import CheckedKey, check_key, confirm_key
from store.keys.code import ALPHABET
from store.keys.life import Move, move_key
from store.keys.tables import KeyState, PrepaidKey
from store.mail.tables import Mail
from store.settings import Settings
from tests.store.contents import kept, rows
from tests.store.databases import copied, demo_file
from tests.store.lots import CONSOLE, issued, unknown
from tests.store.people import member
from tests.store.watch import Watch

DESKS = ("empresasis", "kemper")
MOVES = {
    (Move.HOLD, KeyState.ISSUED): KeyState.HELD,
    (Move.WITHHOLD, KeyState.AVAILABLE): KeyState.WITHHELD,
    (Move.RELEASE, KeyState.HELD): KeyState.ISSUED,
    (Move.RELEASE, KeyState.WITHHELD): KeyState.AVAILABLE,
    **{
        (Move.VOID, state): KeyState.VOID
        for state in set(KeyState) - {KeyState.VOID, KeyState.USED}
    },
}
LIMITS = (("account", 5, timedelta(minutes=15)), ("desk", 20, timedelta(hours=1)))
TYPO_LIMITS = (("account", 20, timedelta(minutes=15)),)


@dataclass
class Key:
    """What the model knows of a key."""

    id: int
    typed: str
    redeem_by: date | None
    state: KeyState = KeyState.ISSUED
    desk: str | None = None
    confirmed_on: date | None = None


@dataclass
class Guesses:
    """What the model knows of who guessed when; here a desk has one account."""

    counted: list[tuple[str, datetime]] = field(default_factory=list)

    def wait(
        self, desk: str, now: datetime, limits: Sequence[tuple[str, int, timedelta]]
    ) -> datetime | None:
        """Tell until when a desk has to wait, if it has to."""
        ends = []
        for _whose, most, length in limits:
            recent = [at for who, at in self.counted if who == desk and at > now - length]
            if len(recent) >= most:
                ends.append(recent[-most] + length)
        return max(ends, default=None)


class KeyLife(RuleBasedStateMachine):
    """Two desks, the staff, and time."""

    seen: ClassVar[Counter[str]] = Counter()
    """What came of all the machines of a run, so that none of it is left to chance."""
    keys: Bundle[Key] = Bundle("keys")
    checks: Bundle[tuple[str, Key, CheckedKey]] = Bundle("checks")

    def __init__(self, shelf: Path) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        file = copied(demo_file(shelf), Path(self.folder.name) / "escritorio.db")
        self.watch = Watch()
        opened = open_store(Settings(store=str(file)))
        self.store: Store = replace(opened, clock=self.watch.clock)
        self.people: dict[str, Person] = {name: member(self.store, name) for name in DESKS}
        self.model: list[Key] = []
        self.guesses, self.typos = Guesses(), Guesses()

    def teardown(self) -> None:
        """Look at what only grows, and leave nothing."""
        self.each_confirmation_left_one_of_everything()
        self.what_counts_is_counted()
        with self.store.reading() as session:
            assert not list(broken_links(session))
        self.store.close()
        self.folder.cleanup()

    # --- What may happen ---

    @initialize(target=keys)
    def begins(self) -> MultipleResults[Key]:
        """There are six keys to begin with: each desk has two, one is held, one is as it was printed."""
        keys = [self._issue(None) for _key in range(6)]
        for desk, key in zip(DESKS * 2, keys, strict=False):
            self.is_activated(key, desk)
        self.is_moved(keys[4], Move.HOLD)
        return multiple(*keys)

    @rule(target=keys, days=st.sampled_from([None, 0, 2]))
    def is_issued(self, days: int | None) -> Key:
        """A key is printed, for ever or for some days."""
        return self._issue(days)

    def _issue(self, days: int | None) -> Key:
        until = None if days is None else self.today + timedelta(days=days)
        (typed,) = issued(self.store, redeem_by=until)
        self.model.append(Key(kept(self.store, typed).id, typed, until))
        return self.model[-1]

    @rule(target=checks, key=keys, desk=st.sampled_from(DESKS))
    def is_checked(
        self, key: Key, desk: str
    ) -> tuple[str, Key, CheckedKey] | MultipleResults[tuple[str, Key, CheckedKey]]:
        """Somebody types a key."""
        expected = self._verdict(key, desk)
        try:
            checked = check_key(self.store, self.people[desk], key.typed)
        except Refusal as refusal:
            self._was_refused(refusal, expected, desk)
            return multiple()
        assert expected is None
        assert checked.units == 50
        return (desk, key, checked)

    @rule(check=checks)
    def is_confirmed_late(self, check: tuple[str, Key, CheckedKey]) -> None:
        """Somebody confirms a key that was good when it was typed, once or again."""
        self._confirm(*check)

    @rule(key=keys, desk=st.sampled_from(DESKS))
    def is_activated(self, key: Key, desk: str) -> None:
        """Somebody types a key and confirms it at once."""
        check = self.is_checked(key, desk)
        if isinstance(check, tuple):
            self._confirm(*check)

    def _confirm(self, desk: str, key: Key, checked: CheckedKey) -> None:
        expected = self._verdict_of_good(key, desk)
        try:
            confirm_key(self.store, self.people[desk], checked, licence_accepted=True)
        except Refusal as refusal:
            self._was_refused(refusal, expected, desk)
            return
        assert expected is None
        key.state, key.desk, key.confirmed_on = KeyState.AVAILABLE, desk, self.today
        self.seen["confirmed"] += 1

    @rule(check=checks)
    def is_not_accepted(self, check: tuple[str, Key, CheckedKey]) -> None:
        """Somebody forgets the box."""
        desk, _key, checked = check
        try:
            confirm_key(self.store, self.people[desk], checked, licence_accepted=False)
        except LicenceNotAccepted:
            return
        raise AssertionError("confirmed without the licence")

    @rule(desk=st.sampled_from(DESKS), times=st.sampled_from([1, 2, 6]))
    def is_guessed(self, desk: str, times: int) -> None:
        """Somebody tries keys that do not exist."""
        for _time in range(times):
            limited = self.guesses.wait(desk, self.now, LIMITS)
            expected = KeyUnavailable if limited is None else TooManyAttempts
            try:
                check_key(self.store, self.people[desk], unknown())
            except Refusal as refusal:
                self._was_refused(refusal, expected, desk)

    @rule(
        key=keys,
        desk=st.sampled_from(DESKS),
        place=st.integers(0, 15),
        times=st.sampled_from([1, 2, 11]),
    )
    def is_mistyped(self, key: Key, desk: str, place: int, times: int) -> None:
        """Somebody mistypes one sign, again and again."""
        right = key.typed.replace("-", "")
        wrong = ALPHABET[(ALPHABET.index(right[place]) + 1) % len(ALPHABET)]
        for _time in range(times):
            limited = self.typos.wait(desk, self.now, TYPO_LIMITS)
            try:
                check_key(self.store, self.people[desk], right[:place] + wrong + right[place + 1 :])
            except WrongCheckSymbol:
                assert limited is None
                self.typos.counted.append((desk, self.now))
                self.seen["mistyped"] += 1
            except TooManyAttempts as refusal:
                self._has_to_wait(refusal, limited)

    @rule(key=keys, move=st.sampled_from(Move))
    def is_moved(self, key: Key, move: Move) -> None:
        """The staff try to hold, withhold, release or void a key."""
        before, after = key.state, MOVES.get((move, key.state))
        try:
            with self.store.writing() as session:
                move_key(session, CONSOLE, key.id, move, "Motivo.", now=self.now)
        except Refusal:
            assert after is None
            return
        assert after is not None
        key.state = after
        self.seen[f"{before} to {after}"] += 1

    @rule(choice=st.integers(0, 99))
    def is_moved_rightly(self, choice: int) -> None:
        """The staff do something that may be done."""
        possible = [
            (key, move) for key in self.model for move in Move if (move, key.state) in MOVES
        ]
        if possible:
            self.is_moved(*possible[choice % len(possible)])

    @rule(choice=st.integers(0, 99))
    def is_used(self, choice: int) -> None:
        """A client begins to use an available key; from there is no way back."""
        possible = [
            key
            for key in self.model
            if key.state is KeyState.AVAILABLE and key.desk == "empresasis"
        ]
        if not possible:
            return
        key = possible[choice % len(possible)]
        client = rows(self.store, Client)[0]
        with self.store.writing() as session:
            session.exec(
                update(PrepaidKey)
                .where(col(PrepaidKey.id) == key.id)
                .values(
                    state=KeyState.USED,
                    client_id=client.id,
                    client_sort_key=client.sort_key,
                    activated_on=self.today,
                )
            )
        key.state = KeyState.USED
        self.seen["used"] += 1

    @rule(minutes=st.sampled_from([1, 7, 15, 60]))
    def minutes_pass(self, minutes: int) -> None:
        """People think."""
        self.watch.passes(minutes=minutes)

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        """People go home; keys expire."""
        self.watch.passes(days=days)

    # --- What the model says of it ---

    @property
    def now(self) -> datetime:
        """The instant."""
        return self.store.clock.now()

    @property
    def today(self) -> date:
        """The desk's day."""
        return self.store.clock.today()

    def _verdict(self, key: Key, desk: str) -> type[Refusal] | None:
        """Say what SPEC 3 says to a key at a desk, at this moment."""
        if self.guesses.wait(desk, self.now, LIMITS) is not None:
            return TooManyAttempts
        return self._verdict_of_good(key, desk)

    def _verdict_of_good(self, key: Key, desk: str) -> type[Refusal] | None:
        """Say it of a key that was found good before: that is no guess, and no limit holds it back."""
        if key.desk == desk:
            return KeyAlreadyHere
        expired = key.redeem_by is not None and key.redeem_by < self.today
        good = key.state is KeyState.ISSUED and key.desk is None and not expired
        return None if good else KeyUnavailable

    def _was_refused(self, refusal: Refusal, expected: type[Refusal] | None, desk: str) -> None:
        assert type(refusal) is expected
        self.seen[type(refusal).__name__] += 1
        if isinstance(refusal, TooManyAttempts):
            self._has_to_wait(refusal, self.guesses.wait(desk, self.now, LIMITS))
        if isinstance(refusal, KeyUnavailable):
            self.guesses.counted.append((desk, self.now))

    def _has_to_wait(self, refusal: TooManyAttempts, until: datetime | None) -> None:
        assert refusal.until == until

    # --- What always holds ---

    @invariant()
    def keys_are_as_the_model_says(self) -> None:
        """State, desk and day of each."""
        desks = {person.desk_id: name for name, person in self.people.items()}
        numbers = [key.id for key in self.model]
        with self.store.reading() as session:
            found = session.exec(
                select(PrepaidKey)
                .where(col(PrepaidKey.id).in_(numbers))
                .order_by(col(PrepaidKey.id))
            ).all()
        assert [(row.id, row.state, desks.get(row.desk_id), row.confirmed_on) for row in found] == [
            (key.id, key.state, key.desk, key.confirmed_on) for key in self.model
        ]

    def each_confirmation_left_one_of_everything(self) -> None:
        """An event and a mail for each key that ever came to a desk, and for no other."""
        confirmed = {key.id for key in self.model if key.desk}
        events = Counter(
            event.subject
            for event in rows(self.store, AuditEvent)
            if event.action == "key.confirmed"
        )
        assert events == {f"key:{number}": 1 for number in confirmed}
        facts = Counter(mail.fact for mail in rows(self.store, Mail))
        assert facts == {f"key-confirmed:{number}": 1 for number in confirmed}

    def what_counts_is_counted(self) -> None:
        """Nobody is held to more guesses than they made, nor to fewer."""
        names = {f"account:{person.account_id}": name for name, person in self.people.items()}
        counted: dict[AttemptKind, list[tuple[str, datetime]]] = {kind: [] for kind in AttemptKind}
        for attempt in rows(self.store, Attempt):
            assert attempt.verdict is not Verdict.PENDING
            if attempt.verdict is Verdict.COUNTED:
                counted[attempt.kind].append((names[attempt.subject], attempt.at))
        assert counted[AttemptKind.KEY] == self.guesses.counted
        assert counted[AttemptKind.TYPO] == self.typos.counted


def test_a_key_lives_as_the_specification_says(shelf: Path) -> None:
    class Life(KeyLife):
        """The machine, on this run's demo."""

        def __init__(self) -> None:
            super().__init__(shelf)

    KeyLife.seen.clear()
    run_state_machine_as_test(
        Life,
        settings=settings(derandomize=True, deadline=None, max_examples=20, stateful_step_count=20),
    )
    # Without these the rest would show little.
    outcomes = {"confirmed", "used", "mistyped"}
    refusals = {"KeyAlreadyHere", "KeyUnavailable", "TooManyAttempts"}
    assert set(KeyLife.seen) >= outcomes | refusals
    assert sum(" to " in seen for seen in KeyLife.seen) >= 5
