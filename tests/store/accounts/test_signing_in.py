"""Getting in: two doors, one login, and one answer to whoever does not know the password."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlmodel import col, update

from store.accounts import passwords
from store.accounts.passwords import hash_password, needs_rehash
from store.accounts.person import Person
from store.accounts.signing_in import Door, SignedIn, change_password, sign_in, sign_out
from store.accounts.tables import Account, AccountState, Desk, DeskState, Role, StaffRole
from store.attempts.tables import Attempt, AttemptKind, Verdict
from store.audit.chain import broken_links
from store.audit.tables import AuditEvent
from store.demo import CUSTOMER, DISTRIBUTOR, PASSWORD
from store.errors import (
    Mistyped,
    PasswordChangeRequired,
    Refusal,
    SignInRefused,
    TooManyAttempts,
    WrongCredentials,
    WrongDoor,
)
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.activation import check_key
from store.settings import Settings
from tests.store.contents import GUESSES, contents, rows, verdicts
from tests.store.people import COUNTER, employee
from tests.store.processes import finish, start
from tests.store.refusals import WRONG_CREDENTIALS, refused
from tests.store.watch import Watch


def enters(
    store: Store,
    username: str = DISTRIBUTOR,
    password: str = PASSWORD,
    door: Door = Door.DISTRIBUTORS,
    origin: str = COUNTER,
) -> SignedIn:
    """Sign in."""
    return sign_in(store, username, password, door=door, origin=origin)


def fails(store: Store, times: int = 1, username: str = DISTRIBUTOR, origin: str = COUNTER) -> None:
    """Type a wrong password so many times; each gets the one answer."""
    for _time in range(times):
        with refused(WRONG_CREDENTIALS, WrongCredentials):
            enters(store, username, "wrong-password", origin=origin)


def has_to_wait(
    store: Store, hour: str, username: str = DISTRIBUTOR, origin: str = COUNTER
) -> None:
    """Expect the limit and its hour even with the right password, and nothing written down."""
    before = contents(store)
    with refused(f"Demasiados intentos. Vuelve a intentar a las {hour}.", TooManyAttempts):
        enters(store, username, origin=origin)
    assert contents(store) == before


def set_account(store: Store, username: str, **values: object) -> None:
    """Do to an account what no function does yet."""
    with store.writing() as session:
        session.exec(update(Account).where(col(Account.username) == username).values(**values))


class TestEntering:
    """«usuario, contraseña, Iniciar sesión»."""

    def test_who_signs_in_is_known_by_name_desk_and_role(self, store: Store) -> None:
        person = enters(store).person
        (desk,) = [desk for desk in rows(store, Desk) if desk.handle == DISTRIBUTOR]
        assert (person.username, person.desk_id) == (DISTRIBUTOR, desk.id)
        assert (person.role, person.staff_role) == (Role.TITULAR, None)
        assert person.origin == COUNTER

    @pytest.mark.parametrize("typed", ["EmpresaSIS", "  empresasis\n"])
    def test_a_usuario_may_be_typed_carelessly(self, store: Store, typed: str) -> None:
        assert enters(store, typed).person.username == DISTRIBUTOR

    @pytest.mark.parametrize("typed", ["Demo2020", " demo2020", "demo2020 ", "demo202", "DEMO2020"])
    def test_a_password_may_not(self, store: Store, typed: str) -> None:
        with refused(WRONG_CREDENTIALS, WrongCredentials):
            enters(store, password=typed)

    def test_the_last_access_is_shown(self, store: Store, watch: Watch) -> None:
        first = enters(store, origin="192.0.2.7")
        assert (first.last_access_at, first.last_access_origin) == (None, None)
        when = store.clock.now()
        watch.passes(days=1)
        second = enters(store)
        assert (second.last_access_at, second.last_access_origin) == (when, "192.0.2.7")

    def test_a_failure_is_no_access(self, store: Store, watch: Watch) -> None:
        enters(store)
        when = store.clock.now()
        watch.passes(hours=1)
        fails(store)
        assert enters(store).last_access_at == when

    def test_the_audit_says_who_came_and_who_left(self, store: Store) -> None:
        person = enters(store).person
        sign_out(store, person)
        came, left = rows(store, AuditEvent)[-2:]
        assert (came.action, left.action) == ("account.signed_in", "account.signed_out")
        for event in (came, left):
            assert event.account_id == person.account_id
            assert event.subject == f"account:{person.account_id}"
            assert event.origin == COUNTER
        assert (came.detail, left.detail) == ('{"by":"password"}', '{"by":"left"}')

    @pytest.mark.parametrize(
        ("username", "password", "sentence", "field"),
        [
            ("", PASSWORD, "Escribe tu usuario.", "username"),
            ("  ", "", "Escribe tu usuario.", "username"),
            (DISTRIBUTOR, "", "Escribe tu contraseña.", "password"),
        ],
    )
    def test_an_empty_field_is_no_attempt(
        self, store: Store, username: str, password: str, sentence: str, field: str
    ) -> None:
        before = contents(store)
        with refused(sentence, Mistyped, field=field):
            enters(store, username, password)
        assert contents(store) == before


class TestDoors:
    """«Acceso a Distribuidores» and «Mi cuenta Aspel»."""

    @pytest.mark.parametrize(
        ("username", "wrong", "right"),
        [
            (DISTRIBUTOR, Door.CUSTOMERS, Door.DISTRIBUTORS),
            (CUSTOMER, Door.DISTRIBUTORS, Door.CUSTOMERS),
        ],
    )
    def test_at_the_wrong_door_the_right_one_is_named(
        self, store: Store, username: str, wrong: Door, right: Door
    ) -> None:
        before = contents(store, without=GUESSES)
        with refused(
            f"Tu usuario entra por «{right.value}»; presiona Enter para entrar.",
            WrongDoor,
            door=right.value,
        ):
            enters(store, username, door=wrong)
        assert contents(store, without=GUESSES) == before
        assert verdicts(store, AttemptKind.SIGN_IN) == [Verdict.FREE]
        assert enters(store, username, door=right).person.username == username

    def test_with_a_wrong_password_no_door_is_named(self, store: Store) -> None:
        with refused(WRONG_CREDENTIALS, WrongCredentials):
            enters(store, password="wrong-password", door=Door.CUSTOMERS)

    @pytest.mark.parametrize("door", Door)
    def test_the_staff_may_use_either(self, store: Store, door: Door) -> None:
        employee(store, "personal", StaffRole.SOPORTE)
        person = enters(store, "personal", door=door).person
        assert (person.staff_role, person.role, person.desk_id) == (StaffRole.SOPORTE, None, None)


class TestOneAnswer:
    """Unknown usuario and wrong password: one answer, after the same work."""

    STRANGERS = (
        "nadie",
        "x",
        "' OR 1=1 --",
        "empresasis\x00",
        "ñandú\udcff",
        "日本",
        "a" * 10_000,
    )

    @pytest.mark.parametrize("username", STRANGERS, ids=range(len(STRANGERS)))
    def test_whoever_is_unknown_gets_the_answer_of_a_wrong_password(
        self, store: Store, username: str
    ) -> None:
        fails(store, username=username)
        assert verdicts(store, AttemptKind.SIGN_IN) == [Verdict.COUNTED]

    PASSWORDS = ("x", "ñ" * 5000, "\x00", "\udcff", " ", "demo2020\x00")

    @pytest.mark.parametrize("password", PASSWORDS, ids=range(len(PASSWORDS)))
    def test_any_wrong_password_gets_it(self, store: Store, password: str) -> None:
        with refused(WRONG_CREDENTIALS, WrongCredentials):
            enters(store, password=password)
        assert verdicts(store, AttemptKind.SIGN_IN) == [Verdict.COUNTED]

    def work_of(self, store: Store, monkeypatch: pytest.MonkeyPatch, username: str) -> list[str]:
        """Note each password that is compared and each statement that is sent."""
        work: list[str] = []
        cheap = passwords.hasher()

        class Noting(PasswordHasher):
            def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
                work.append(str(hash).rsplit("$", 2)[0])
                return cheap.verify(hash, password)

        before = len(rows(store, AuditEvent)), len(rows(store, Attempt))
        with monkeypatch.context() as patch:
            noting = Noting()
            patch.setattr(passwords, "hasher", lambda: noting)
            fails(store, username=username)
        after = len(rows(store, AuditEvent)), len(rows(store, Attempt))
        return [*work, f"{after[0] - before[0]} events", f"{after[1] - before[1]} attempts"]

    def test_a_hash_is_compared_even_where_there_is_no_account(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With the same parameters, so in the same time; and as much is written down."""
        known = self.work_of(store, monkeypatch, DISTRIBUTOR)
        unknown = self.work_of(store, monkeypatch, "nadie")
        assert known == unknown
        assert len(known) == 3

    def test_what_was_typed_as_a_usuario_is_kept_nowhere(self, store: Store) -> None:
        """People type their password into the wrong field."""
        fails(store, username="mi-secreto-2020")
        assert "mi-secreto-2020" not in repr(contents(store))

    def test_the_audit_does_not_tell_a_stranger_from_another(self, store: Store) -> None:
        fails(store, username="nadie")
        fails(store, username=DISTRIBUTOR)
        unknown, known = rows(store, AuditEvent)[-2:]
        assert (unknown.action, known.action) == ("account.sign_in_refused",) * 2
        assert unknown.subject == "account:unknown"
        assert known.subject.startswith("account:")
        assert unknown.account_id is known.account_id is None

    def test_a_closed_account_is_told_only_to_who_knows_its_password(self, store: Store) -> None:
        set_account(store, DISTRIBUTOR, state=AccountState.BLOCKED)
        fails(store)
        with refused("Tu cuenta está bloqueada. Llama a soporte.", SignInRefused):
            enters(store)

    def test_so_is_a_closed_desk(self, store: Store) -> None:
        with store.writing() as session:
            session.exec(update(Desk).values(state=DeskState.CLOSED))
        fails(store)
        before = contents(store, without=GUESSES)
        with refused("Tu escritorio está cerrado. Llama a soporte.", SignInRefused):
            enters(store)
        assert contents(store, without=GUESSES) == before

    def test_a_suspended_desk_may_still_be_looked_at(self, store: Store) -> None:
        with store.writing() as session:
            session.exec(update(Desk).values(state=DeskState.SUSPENDED))
        assert enters(store).person.username == DISTRIBUTOR


class TestWaiting:
    """Five failures of an account are free, then the wait grows; thirty an hour from one place."""

    def test_the_wait_grows_from_a_quarter_of_an_hour_to_an_hour(
        self, store: Store, watch: Watch
    ) -> None:
        fails(store, 5)
        has_to_wait(store, "13:15")
        watch.passes(minutes=15)
        fails(store)
        has_to_wait(store, "13:45")
        watch.passes(minutes=30)
        fails(store)
        has_to_wait(store, "14:45")
        watch.passes(minutes=60)
        fails(store)
        has_to_wait(store, "15:45")
        watch.passes(minutes=60)
        enters(store)

    def test_a_success_forgives(self, store: Store, watch: Watch) -> None:
        for _round in range(4):
            fails(store, 4)
            watch.passes(seconds=1)
            enters(store)
            watch.passes(seconds=1)
        fails(store, 5)

    def test_coming_from_elsewhere_does_not_help(self, store: Store) -> None:
        for number in range(5):
            fails(store, origin=f"198.51.100.{number}")
        has_to_wait(store, "13:15", origin="198.51.100.9")

    def test_writing_it_otherwise_does_not_help(self, store: Store) -> None:
        for username in ("empresasis", "EMPRESASIS", " empresasis", "EmpresaSIS", "empresasis "):
            fails(store, username=username)
        has_to_wait(store, "13:15")

    def test_an_unknown_usuario_has_to_wait_as_well(self, store: Store) -> None:
        """Or else the wait would tell who exists."""
        fails(store, 5, "nadie")
        has_to_wait(store, "13:15", "nadie")

    def test_others_need_not_wait(self, store: Store) -> None:
        fails(store, 5)
        assert enters(store, CUSTOMER, door=Door.CUSTOMERS).person.username == CUSTOMER

    def test_the_thirty_first_failure_from_one_place_has_to_wait(
        self, store: Store, watch: Watch
    ) -> None:
        for number in range(29):
            fails(store, username=f"nadie{number}")
        enters(store)
        watch.passes(minutes=1)
        fails(store, username="nadie29")
        has_to_wait(store, "13:16")
        assert enters(store, origin="198.51.100.7").person.username == DISTRIBUTOR

    def test_an_attempt_without_a_verdict_counts(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its process was killed as soon as it knew."""

        def killed(kept: str | None, password: str) -> bool:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("store.accounts.signing_in.matches", killed)
            for _time in range(5):
                with pytest.raises(KeyboardInterrupt):
                    enters(store)
        assert verdicts(store, AttemptKind.SIGN_IN) == [Verdict.PENDING] * 5
        has_to_wait(store, "13:15")


def keeps_guessing(address: str, diary: Path) -> None:
    """Try three passwords from another process, and note each answer."""
    store = open_store(Settings(store=address))
    with diary.open("w") as notes:
        for number in range(3):
            try:
                enters(store, password=f"wrong-password-{number}")
            except Refusal as refusal:
                print(type(refusal).__name__, file=notes, flush=True)


def test_eight_processes_at_once_get_no_more_guesses_than_one(
    address: str, store: Store, tmp_path: Path
) -> None:
    diaries = [tmp_path / f"diary-{number}" for number in range(8)]
    finish(start(keeps_guessing, address, diary) for diary in diaries)
    answers = [answer for diary in diaries for answer in diary.read_text().split()]
    assert answers.count("WrongCredentials") == 5
    assert answers.count("TooManyAttempts") == 8 * 3 - 5
    with store.reading() as session:
        assert not list(broken_links(session))


class TestFirstPassword:
    """«Antes de continuar, cambia tu contraseña.»"""

    @pytest.fixture
    def newcomer(self, store: Store) -> Person:
        """Somebody with a password that was handed over."""
        set_account(store, DISTRIBUTOR, must_change_password=True)
        signed_in = enters(store)
        assert signed_in.must_change_password
        return signed_in.person

    def test_nothing_goes_before_it_was_changed(self, store: Store, newcomer: Person) -> None:
        with refused("Antes de continuar, cambia tu contraseña.", PasswordChangeRequired):
            check_key(store, newcomer, "")

    def test_afterwards_everything_goes(self, store: Store, newcomer: Person) -> None:
        change_password(store, newcomer, "otra-muy-larga", "otra-muy-larga")
        with refused("Captura la clave de prepago."):
            check_key(store, newcomer, "")
        assert not enters(store, password="otra-muy-larga").must_change_password
        fails(store)
        with refused(WRONG_CREDENTIALS):
            enters(store)

    def test_the_audit_says_that_and_not_to_what(self, store: Store, newcomer: Person) -> None:
        change_password(store, newcomer, "otra-muy-larga", "otra-muy-larga")
        event = rows(store, AuditEvent)[-1]
        assert (event.action, event.detail) == ("account.password_changed", "{}")
        assert "otra-muy-larga" not in repr(contents(store))

    @pytest.mark.parametrize(
        ("password", "repeated", "sentence", "field"),
        [
            (
                "otra-muy-larga",
                "otra-muy-lagra",
                "Las dos contraseñas no son iguales.",
                "repeated",
            ),
            ("corta12", "corta12", "La contraseña necesita al menos 8 caracteres.", "password"),
            (
                "empresasis",
                "empresasis",
                "Esa contraseña es muy fácil de adivinar; elige otra.",
                "password",
            ),
            (PASSWORD, PASSWORD, "Elige una contraseña distinta de la actual.", "password"),
        ],
    )
    def test_a_bad_new_one_changes_nothing(
        self,
        store: Store,
        newcomer: Person,
        password: str,
        repeated: str,
        sentence: str,
        field: str,
    ) -> None:
        before = contents(store)
        with refused(sentence, Mistyped, field=field):
            change_password(store, newcomer, password, repeated)
        assert contents(store) == before

    def test_the_same_word_from_another_keyboard_is_the_same_password(
        self, store: Store, newcomer: Person
    ) -> None:
        """Composed on one, of two signs on the other."""
        change_password(store, newcomer, "contraseña-nueva", "contraseña-nueva")
        entered = enters(store, password="contrasen\u0303a-nueva").person
        assert entered.account_id == newcomer.account_id


class TestHashes:
    """Argon2id, brought to today's parameters as people sign in."""

    def test_an_old_hash_is_renewed_at_the_next_entrance(self, store: Store) -> None:
        old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
        set_account(store, DISTRIBUTOR, password_hash=old)
        assert needs_rehash(old)
        enters(store)
        kept = self.hash_of(store)
        assert not needs_rehash(kept)
        enters(store)
        assert self.hash_of(store) == kept

    def test_a_failure_renews_nothing(self, store: Store) -> None:
        old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
        set_account(store, DISTRIBUTOR, password_hash=old)
        fails(store)
        assert self.hash_of(store) == old

    def test_two_people_with_one_password_have_two_hashes(self, store: Store) -> None:
        assert hash_password(PASSWORD) != hash_password(PASSWORD)
        kept = [account.password_hash for account in rows(store, Account)]
        assert len(set(kept)) == len(kept)
        assert all(each.startswith("$argon2id$") for each in kept)

    def hash_of(self, store: Store) -> str:
        (account,) = [one for one in rows(store, Account) if one.username == DISTRIBUTOR]
        return account.password_hash
