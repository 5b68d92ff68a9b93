"""Guessing has a limit, whatever the fingers do: SPEC 3's numbers, and who they are held against."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from store import database
from store.accounts.person import Person
from store.accounts.tables import Role
from store.attempts.limits import GrowingWait, Limit, Scope, Try, Window, reserve, settle
from store.attempts.tables import Attempt, AttemptKind, Verdict
from store.demo import GOOD_50, GOOD_200
from store.errors import (
    KeyAlreadyHere,
    KeyMistyped,
    KeyUnavailable,
    Refusal,
    StoreBusy,
    TooManyAttempts,
)
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys import activation
from store.keys.activation import check_key, confirm_key
from store.settings import Settings
from tests.store.contents import contents, rows, verdicts
from tests.store.lots import activated, issued, unknown
from tests.store.occupied import occupied
from tests.store.people import colleague, member
from tests.store.processes import finish, start
from tests.store.refusals import BUSY, UNAVAILABLE, refused
from tests.store.watch import Watch

TYPO = "38SQ-Y7AU-NS7R-UHBF"


def guesses(store: Store, person: Person, times: int) -> None:
    """Try so many keys that nobody ever issued; each is refused as such."""
    for _time in range(times):
        with refused(UNAVAILABLE, KeyUnavailable):
            check_key(store, person, unknown())


def mistypes(store: Store, person: Person, times: int) -> None:
    """Type so many keys with a wrong check symbol."""
    for _time in range(times):
        with refused("La clave no está bien escrita; revísala.", KeyMistyped):
            check_key(store, person, TYPO)


def has_to_wait(store: Store, person: Person, hour: str, typed: str = GOOD_50) -> None:
    """Expect the limit and its hour, and nothing written down."""
    before = contents(store)
    with refused(f"Demasiados intentos. Vuelve a intentar a las {hour}.", TooManyAttempts):
        check_key(store, person, typed)
    assert contents(store) == before


class TestAccount:
    """Five in a quarter of an hour."""

    def test_the_sixth_has_to_wait_until_the_first_is_forgotten(
        self, store: Store, empresasis: Person, watch: Watch
    ) -> None:
        watch.passes(hours=5, minutes=30, seconds=20)  # it is 18:30:20
        guesses(store, empresasis, 1)
        watch.passes(minutes=4)
        guesses(store, empresasis, 4)
        watch.passes(minutes=10, seconds=59)
        has_to_wait(store, empresasis, "18:46")
        watch.passes(seconds=1)
        guesses(store, empresasis, 1)
        has_to_wait(store, empresasis, "18:50")

    def test_until_tells_the_instant(self, store: Store, empresasis: Person, watch: Watch) -> None:
        first = store.clock.now()
        guesses(store, empresasis, 5)
        watch.passes(minutes=3)
        with refused(
            "Demasiados intentos. Vuelve a intentar a las 13:15.",
            TooManyAttempts,
            until=first + timedelta(minutes=15),
        ):
            check_key(store, empresasis, GOOD_50)

    def test_a_good_key_waits_too(self, store: Store, empresasis: Person, watch: Watch) -> None:
        guesses(store, empresasis, 5)
        has_to_wait(store, empresasis, "13:15", GOOD_50)
        watch.passes(minutes=15)
        assert activated(store, empresasis, GOOD_50).units == 50

    def test_what_was_found_good_before_is_no_guess(self, store: Store, empresasis: Person) -> None:
        checked = check_key(store, empresasis, GOOD_50)
        guesses(store, empresasis, 5)
        assert confirm_key(store, empresasis, checked, licence_accepted=True).units == 50

    def test_good_verdicts_and_typos_between_the_guesses_are_free(
        self, store: Store, empresasis: Person
    ) -> None:
        for typed in issued(store, 4):
            guesses(store, empresasis, 1)
            activated(store, empresasis, typed)
            mistypes(store, empresasis, 1)
            with pytest.raises(KeyAlreadyHere):
                check_key(store, empresasis, typed)
        check_key(store, empresasis, GOOD_50)
        guesses(store, empresasis, 1)
        has_to_wait(store, empresasis, "13:15")

    def test_what_was_taken_at_the_last_moment_counts(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        keys = issued(store, 5)
        checked = [check_key(store, kemper, typed) for typed in keys]
        for typed, key in zip(keys, checked, strict=True):
            activated(store, empresasis, typed)
            with refused(UNAVAILABLE, KeyUnavailable):
                confirm_key(store, kemper, key, licence_accepted=True)
        has_to_wait(store, kemper, "13:15")

    def test_a_guess_without_a_verdict_counts(
        self, store: Store, empresasis: Person, watch: Watch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its process was killed, perhaps on purpose, as soon as it knew."""
        monkeypatch.setattr(activation, "settle", lambda *_arguments: None)
        for _time in range(5):
            check_key(store, empresasis, GOOD_50)
        monkeypatch.undo()
        assert verdicts(store, AttemptKind.KEY) == [Verdict.PENDING] * 5
        has_to_wait(store, empresasis, "13:15")
        watch.passes(minutes=15)
        check_key(store, empresasis, GOOD_50)

    def test_coming_back_from_elsewhere_does_not_help(
        self, store: Store, empresasis: Person
    ) -> None:
        guesses(store, empresasis, 5)
        has_to_wait(store, replace(empresasis, origin="198.51.100.7"), "13:15")

    def test_a_colleague_need_not_wait(self, store: Store, empresasis: Person) -> None:
        guesses(store, empresasis, 5)
        activated(store, colleague(store, empresasis, "operadora", Role.OPERADOR), GOOD_50)


class TestDesk:
    """Twenty in an hour, however many accounts it has."""

    def test_the_twenty_first_of_a_desk_has_to_wait(
        self, store: Store, empresasis: Person, kemper: Person, watch: Watch
    ) -> None:
        for number in range(4):
            operator = colleague(store, empresasis, f"operadora{number}", Role.OPERADOR)
            guesses(store, replace(operator, origin=f"198.51.100.{number}"), 5)
            watch.passes(minutes=10)
        has_to_wait(store, empresasis, "14:00")
        guesses(store, kemper, 1)
        watch.passes(minutes=19, seconds=59)
        has_to_wait(store, empresasis, "14:00")
        watch.passes(seconds=1)
        guesses(store, empresasis, 5)

    def test_of_two_limits_the_longer_wait_is_said(self, store: Store, empresasis: Person) -> None:
        for number in range(3):
            guesses(store, colleague(store, empresasis, f"operadora{number}", Role.OPERADOR), 5)
        guesses(store, empresasis, 5)
        has_to_wait(store, empresasis, "14:00")


class TestOrigin:
    """Sixty in an hour from one place, whoever sits there."""

    def test_the_sixty_first_from_a_place_has_to_wait(
        self, store: Store, empresasis: Person, kemper: Person, watch: Watch
    ) -> None:
        desks = [empresasis, kemper, member(store, "herreria")]
        for number in range(12):
            somebody = colleague(store, desks[number % 3], f"operadora{number}", Role.OPERADOR)
            guesses(store, somebody, 5)
        has_to_wait(store, empresasis, "14:00")
        moved_away = replace(empresasis, origin="198.51.100.7")
        has_to_wait(store, moved_away, "14:00")  # their desk's twenty
        watch.passes(hours=1)
        guesses(store, empresasis, 1)


class TestTypos:
    """Twenty wrong check symbols in a quarter of an hour; they stop nothing else."""

    def test_the_twenty_first_has_to_wait(
        self, store: Store, empresasis: Person, watch: Watch
    ) -> None:
        mistypes(store, empresasis, 1)
        watch.passes(minutes=5)
        mistypes(store, empresasis, 19)
        has_to_wait(store, empresasis, "13:15", TYPO)
        activated(store, empresasis, GOOD_50)
        guesses(store, empresasis, 4)
        watch.passes(minutes=10)
        mistypes(store, empresasis, 1)
        has_to_wait(store, empresasis, "13:20", TYPO)

    def test_they_are_each_accounts_own(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        mistypes(store, empresasis, 20)
        mistypes(store, kemper, 20)


class TestBusy:
    """«El sistema está ocupado; no se hizo ningún cambio.» is not counted."""

    @pytest.fixture
    def store(self, address: str, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
        """Give a store that loses its patience at once."""
        monkeypatch.setattr(database, "BUSY_AFTER", 0.03)
        opened = open_store(Settings(store=address))
        yield replace(opened, clock=watch.clock)
        opened.close()

    def test_before_the_guess_was_written_down(self, store: Store, empresasis: Person) -> None:
        checked = check_key(store, empresasis, GOOD_50)
        before = contents(store)
        with occupied(store):
            for _time in range(3):
                with refused(BUSY, StoreBusy):
                    check_key(store, empresasis, GOOD_200)
                with refused(BUSY, StoreBusy):
                    confirm_key(store, empresasis, checked, licence_accepted=True)
        assert contents(store) == before
        assert confirm_key(store, empresasis, checked, licence_accepted=True).units == 50

    @pytest.mark.parametrize("typed", [GOOD_50, unknown()], ids=["good", "unknown"])
    def test_after_it_was_written_down(self, store: Store, empresasis: Person, typed: str) -> None:
        """Nobody learns anything from it, so it is given back with the next guess."""
        checked = check_key(store, empresasis, GOOD_50)
        for _time in range(3):
            with busy_once_a_guess_is_written(store), refused(BUSY, StoreBusy):
                check_key(store, empresasis, typed)
            with busy_once_a_guess_is_written(store), refused(BUSY, StoreBusy):
                confirm_key(store, empresasis, checked, licence_accepted=True)
        confirm_key(store, empresasis, checked, licence_accepted=True)
        assert verdicts(store, AttemptKind.KEY) == [Verdict.FREE] * 8
        guesses(store, empresasis, 5)
        has_to_wait(store, empresasis, "13:15")


@contextmanager
def busy_once_a_guess_is_written(store: Store) -> Iterator[None]:
    """Let somebody else in right behind a reserved guess, and not out again."""
    reserve = activation._reserve_guess
    with ExitStack() as somebody_else, pytest.MonkeyPatch.context() as patch:

        def reserve_and_hold_the_door(store: Store, person: Person, limits: Sequence[Limit]) -> int:
            number = reserve(store, person, limits)
            somebody_else.enter_context(occupied(store))
            return number

        patch.setattr(activation, "_reserve_guess", reserve_and_hold_the_door)
        yield


def keeps_guessing(address: str, keys: list[str], diary: Path) -> None:
    """Try keys as fast as a process can, and note each answer."""
    store = open_store(Settings(store=address))
    person = member(store, "empresasis")
    with diary.open("w") as notes:
        for typed in keys:
            try:
                check_key(store, person, typed)
            except Refusal as refusal:
                print(type(refusal).__name__, file=notes, flush=True)


def test_eight_processes_at_once_get_no_more_guesses_than_one(address: str, tmp_path: Path) -> None:
    """Check-then-count let twelve through where five were allowed (facts/reliability 4.2)."""
    diaries = [tmp_path / f"diary-{number}" for number in range(8)]
    finish(
        start(keeps_guessing, address, [unknown() for _key in range(3)], diary) for diary in diaries
    )
    answers = [answer for diary in diaries for answer in diary.read_text().split()]
    assert answers.count("KeyUnavailable") == 5
    assert answers.count("TooManyAttempts") == 8 * 3 - 5


class TestGrowingWait:
    """So many failures are free; then each one doubles the wait. Passwords are tried under it."""

    STRICT = GrowingWait(Scope.SUBJECT, free=3, memory=timedelta(hours=24))

    def tries(
        self, store: Store, verdict: Verdict, limit: GrowingWait = STRICT, subject: str = "ana"
    ) -> None:
        attempt = Try(AttemptKind.SIGN_IN, subject, "192.0.2.1")
        with store.writing() as session:
            number = reserve(session, attempt, [limit], store.clock)
            settle(session, number, verdict)

    def waits(self, store: Store, limit: GrowingWait = STRICT) -> timedelta:
        with pytest.raises(TooManyAttempts) as refusal:
            self.tries(store, Verdict.FREE, limit)
        until: datetime = refusal.value.until
        return until - store.clock.now()

    def test_each_failure_doubles_the_wait_up_to_an_hour(self, store: Store, watch: Watch) -> None:
        self.tries(store, Verdict.COUNTED)
        self.tries(store, Verdict.COUNTED)
        for minutes in (15, 30, 60, 60, 60):
            self.tries(store, Verdict.COUNTED)
            assert self.waits(store) == timedelta(minutes=minutes)
            watch.passes(minutes=minutes, seconds=-1)
            assert self.waits(store) == timedelta(seconds=1)
            watch.passes(seconds=1)

    def test_the_longest_wait_stays_an_hour_after_hundreds_of_failures(
        self, store: Store, watch: Watch
    ) -> None:
        """Or else a stranger could lock somebody out for a day (ASVS 5.0, 6.1.1)."""
        with store.writing() as session:
            session.add_all(
                Attempt(
                    id=number,
                    kind=AttemptKind.SIGN_IN,
                    subject="ana",
                    origin="192.0.2.1",
                    at=store.clock.now(),
                    verdict=Verdict.COUNTED,
                )
                for number in range(1001, 1501)
            )
        assert self.waits(store) == timedelta(hours=1)

    def test_a_success_forgets_the_failures_before_it(self, store: Store, watch: Watch) -> None:
        for _time in range(3):
            self.tries(store, Verdict.COUNTED)
        watch.passes(minutes=15)
        self.tries(store, Verdict.FREE)
        for _time in range(3):
            watch.passes(seconds=1)
            self.tries(store, Verdict.COUNTED)
        assert self.waits(store) == timedelta(minutes=15)

    def test_unless_it_is_told_not_to(self, store: Store, watch: Watch) -> None:
        stern = replace(self.STRICT, forgives=False)
        self.tries(store, Verdict.COUNTED)
        self.tries(store, Verdict.COUNTED)
        watch.passes(seconds=1)
        self.tries(store, Verdict.FREE)
        self.tries(store, Verdict.COUNTED)
        assert self.waits(store, stern) == timedelta(minutes=15)
        assert self.waits(store, replace(stern, scope=Scope.ORIGIN)) == timedelta(minutes=15)

    def test_a_day_later_all_is_forgotten(self, store: Store, watch: Watch) -> None:
        for _time in range(3):
            self.tries(store, Verdict.COUNTED)
        watch.passes(hours=24)
        for _time in range(3):
            self.tries(store, Verdict.COUNTED)

    def test_one_without_a_verdict_counts_as_a_failure(self, store: Store) -> None:
        for _time in range(3):
            self.tries(store, Verdict.PENDING)
        assert self.waits(store) == timedelta(minutes=15)

    def test_somebody_else_need_not_wait(self, store: Store) -> None:
        for _time in range(3):
            self.tries(store, Verdict.COUNTED)
        self.tries(store, Verdict.COUNTED, subject="berta")


def test_a_reserved_attempt_is_pending_until_it_is_settled(
    store: Store, empresasis: Person
) -> None:
    attempt = Try(AttemptKind.KEY, "somebody", "192.0.2.1", empresasis.desk_id)
    limit = Window(Scope.SUBJECT, most=1, length=timedelta(minutes=1))
    with store.writing() as session:
        number = reserve(session, attempt, [limit], store.clock)
    (row,) = rows(store, Attempt)
    assert (row.id, row.verdict, row.at) == (number, Verdict.PENDING, store.clock.now())
    with store.writing() as session:
        settle(session, number, Verdict.FREE)
    assert verdicts(store, AttemptKind.KEY) == [Verdict.FREE]


def test_attempts_are_numbered_without_a_gap(store: Store, empresasis: Person) -> None:
    guesses(store, empresasis, 5)
    has_to_wait(store, empresasis, "13:15")
    assert [attempt.id for attempt in rows(store, Attempt)] == [1, 2, 3, 4, 5]


def test_kinds_of_attempts_do_not_add_up(store: Store) -> None:
    limit = Window(Scope.ORIGIN, most=1, length=timedelta(minutes=1))
    for kind in AttemptKind:
        with store.writing() as session:
            reserve(session, Try(kind, "somebody", "192.0.2.1"), [limit], store.clock)
    assert [attempt.kind for attempt in rows(store, Attempt)] == list(AttemptKind)
