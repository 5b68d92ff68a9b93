"""The Espacio's own login: a code used once, a password, and limits of its own."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from store.accounts.passwords import matches
from store.accounts.person import Person
from store.accounts.tables import Role, StaffRole
from store.attempts.tables import AttemptKind, Verdict
from store.audit.tables import AuditEvent
from store.errors import (
    Mistyped,
    NoEspacio,
    NotAllowed,
    Refusal,
    TooManyAttempts,
    WrongCode,
    WrongEspacioCredentials,
)
from store.espacio import access
from store.espacio.access import set_password, sign_in
from store.espacio.codes import AccessCode
from store.espacio.handing import hand_over_code, send_code
from store.espacio.summary import EspacioSummary
from store.espacio.tables import ContractState
from store.installation.opening import open_store
from store.installation.store import Store
from store.settings import Settings
from tests.store.contents import rows, verdicts
from tests.store.espacio.buying import activated, bought, codes, espacio_of, mails
from tests.store.people import COUNTER, colleague, employee
from tests.store.processes import finish, start
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch

PASSWORD = "una clave larga"
WRONG = "Espacio, usuario o contraseña incorrectos."
WRONG_CODE = "El código no es válido o ya venció; pide otro en tu escritorio."


def code_of(store: Store, person: Person) -> str:
    """Give the code of the latest mail."""
    code = mails(store, person)[-1].secret
    assert code is not None
    return code


def sets(store: Store, code: str, name: str = "kemper", password: str = PASSWORD) -> None:
    set_password(store, name, code, password, password, origin=COUNTER)


def enters(
    store: Store, name: str = "kemper", username: str = "kemper", password: str = PASSWORD
) -> EspacioSummary:
    return sign_in(store, name, username, password, origin=COUNTER)


@pytest.fixture
def code(store: Store, kemper: Person) -> str:
    """The code in the mail of the free gigabyte."""
    activated(store, kemper)
    return code_of(store, kemper)


class TestCode:
    """Eight signs, once, for three days."""

    def test_it_lets_its_holder_set_a_password(self, store: Store, code: str) -> None:
        assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", code)
        sets(store, code)
        assert enters(store).name == "kemper"

    @pytest.mark.parametrize(
        "shape", [str.lower, lambda code: code.replace("-", " "), "  {} ".format]
    )
    def test_in_any_shape(self, store: Store, code: str, shape: Callable[[str], str]) -> None:
        sets(store, shape(code))

    def test_it_works_once(self, store: Store, code: str) -> None:
        sets(store, code)
        with refused(WRONG_CODE, WrongCode):
            sets(store, code, password="otra clave larga")
        assert enters(store).name == "kemper"

    def test_every_other_code_ends_with_it(self, store: Store, kemper: Person, code: str) -> None:
        with store.writing() as session:
            send_code(session, kemper, store)
        second = code_of(store, kemper)
        assert second != code
        sets(store, second)
        with refused(WRONG_CODE, WrongCode):
            sets(store, code)

    def test_after_three_days_it_is_too_old(self, store: Store, code: str, watch: Watch) -> None:
        watch.passes(hours=72)
        with refused(WRONG_CODE, WrongCode):
            sets(store, code)

    def test_it_opens_no_other_espacio(self, store: Store, code: str, empresasis: Person) -> None:
        activated(store, empresasis)
        with refused(WRONG_CODE, WrongCode):
            sets(store, code, name="empresasis")

    @pytest.mark.parametrize("name", ["kemper", "nadie"])
    def test_a_wrong_one_tells_nothing(self, store: Store, code: str, name: str) -> None:
        with refused(WRONG_CODE, WrongCode):
            sets(store, "2222-2222", name=name)

    def test_it_prints_masked(self) -> None:
        assert str(AccessCode("7K2M-QX9P")) == "••••-••••"
        assert "7K2M" not in repr(AccessCode("7K2M-QX9P"))
        assert AccessCode("7k2m qx9p").grouped() == "7K2M-QX9P"

    def test_it_is_nowhere_in_the_audit(self, store: Store, code: str) -> None:
        sets(store, code)
        for event in rows(store, AuditEvent):
            assert code not in event.detail
            assert code.replace("-", "") not in event.detail

    def test_a_minute_before_it_is_not(self, store: Store, code: str, watch: Watch) -> None:
        watch.passes(hours=71, minutes=59)
        sets(store, code)

    def test_the_sixth_guess_has_to_wait(self, store: Store, code: str) -> None:
        for _guess in range(5):
            with refused(WRONG_CODE, WrongCode):
                sets(store, "2222-2222")
        with refused("Demasiados intentos. Vuelve a intentar a las 13:15.", TooManyAttempts):
            sets(store, code)
        assert verdicts(store, AttemptKind.ESPACIO_CODE) == [Verdict.COUNTED] * 5

    def test_a_guess_is_written_down_before_it_is_checked(
        self, store: Store, code: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def pulled_plug(*_args: object) -> bool:
            raise KeyboardInterrupt

        monkeypatch.setattr(access, "_use", pulled_plug)
        with pytest.raises(KeyboardInterrupt):
            sets(store, code)
        assert verdicts(store, AttemptKind.ESPACIO_CODE) == [Verdict.PENDING]


class TestPassword:
    """What may be one; a bad one costs no guess and no code."""

    @pytest.mark.parametrize(
        ("password", "repeated", "field"),
        [("corta", "corta", "password"), ("password", "password", "password"),
         (PASSWORD, "otra distinta", "repeated")],
    )  # fmt: skip
    def test_a_bad_one(
        self, store: Store, code: str, password: str, repeated: str, field: str
    ) -> None:
        with pytest.raises(Mistyped) as caught:
            set_password(store, "kemper", code, password, repeated, origin=COUNTER)
        assert caught.value.field == field
        assert verdicts(store, AttemptKind.ESPACIO_CODE) == []
        sets(store, code)

    @pytest.mark.parametrize(
        ("name", "code", "field"), [("", "x", "name"), ("kemper", " ", "code")]
    )
    def test_an_empty_field(self, store: Store, name: str, code: str, field: str) -> None:
        with pytest.raises(Mistyped) as caught:
            sets(store, code, name=name)
        assert caught.value.field == field

    def test_it_is_kept_as_a_hash(self, store: Store, kemper: Person, code: str) -> None:
        sets(store, code)
        kept = espacio_of(store, kemper).password_hash
        assert kept is not None
        assert kept.startswith("$argon2id$")


class TestSigningIn:
    """A door of its own, apart from the desk's."""

    def test_inside_are_its_characteristics(self, store: Store, kemper: Person, code: str) -> None:
        sets(store, code)
        inside = enters(store, " KEMPER ", "Kemper")
        assert inside.plan.modality == "1G gratuito"
        assert inside.address == "https://espacio.aspel.com.mx/kemper"
        assert inside.state is ContractState.ACTIVE

    @pytest.mark.parametrize(
        ("name", "username", "password"),
        [("kemper", "kemper", "no es esta"), ("kemper", "otro", PASSWORD),
         ("nadie", "kemper", PASSWORD), ("kemper", "kemper", "demo2020")],
    )  # fmt: skip
    def test_one_answer_for_whatever_is_wrong(
        self, store: Store, code: str, name: str, username: str, password: str
    ) -> None:
        sets(store, code)
        with refused(WRONG, WrongEspacioCredentials):
            enters(store, name, username, password)

    def test_without_a_password_nobody_gets_in(self, store: Store, code: str) -> None:
        with refused(WRONG, WrongEspacioCredentials):
            enters(store)

    def test_an_unknown_one_takes_the_same_work(
        self, store: Store, code: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compared: list[object] = []

        def counted(kept: str | None, password: str) -> bool:
            compared.append(kept)
            return matches(kept, password)

        monkeypatch.setattr(access, "matches", counted)
        for name in ("kemper", "nadie"):
            with pytest.raises(WrongEspacioCredentials):
                enters(store, name)
        assert len(compared) == 2

    def test_the_sixth_try_has_to_wait(
        self, store: Store, kemper: Person, code: str, watch: Watch
    ) -> None:
        sets(store, code)
        for _try in range(5):
            with refused(WRONG, WrongEspacioCredentials):
                enters(store, password="no es esta")
        with refused("Demasiados intentos. Vuelve a intentar a las 13:15.", TooManyAttempts):
            enters(store)
        watch.passes(minutes=15)
        assert enters(store).name == "kemper"

    def test_it_does_not_count_at_the_desks_door(self, store: Store, code: str) -> None:
        with pytest.raises(WrongEspacioCredentials):
            enters(store)
        assert verdicts(store, AttemptKind.SIGN_IN) == []
        assert verdicts(store, AttemptKind.ESPACIO) == [Verdict.COUNTED]

    @pytest.mark.parametrize(
        ("name", "username", "password", "field"),
        [("", "a", "b", "name"), ("a", " ", "b", "username"), ("a", "b", "", "password")],
    )
    def test_an_empty_field(
        self, store: Store, name: str, username: str, password: str, field: str
    ) -> None:
        with pytest.raises(Mistyped) as caught:
            enters(store, name, username, password)
        assert caught.value.field == field
        assert verdicts(store, AttemptKind.ESPACIO) == []

    def test_a_suspended_one_may_be_looked_at(
        self, store: Store, kemper: Person, watch: Watch
    ) -> None:
        bought(store, kemper)
        sets(store, code_of(store, kemper), name="eku9003173c9")
        watch.passes(days=40)
        inside = enters(store, "EKU9003173C9")
        assert inside.is_read_only
        assert inside.state_words == "Suspendido"


class TestNewCode:
    """Lost, or let pass."""

    def test_it_comes_by_mail(self, store: Store, kemper: Person, code: str) -> None:
        with store.writing() as session:
            send_code(session, kemper, store)
        assert mails(store, kemper)[-1].subject == "Código de acceso a tu Espacio kemper"
        sets(store, code_of(store, kemper))

    def test_five_in_an_hour(self, store: Store, kemper: Person, code: str, watch: Watch) -> None:
        for _more in range(4):
            watch.passes(minutes=5)
            with store.writing() as session:
                send_code(session, kemper, store)
        sentence = "Demasiados intentos. Vuelve a intentar a las 14:00."
        with refused(sentence, TooManyAttempts), store.writing() as session:
            send_code(session, kemper, store)
        watch.passes(minutes=40)
        with store.writing() as session:
            send_code(session, kemper, store)

    def test_soporte_hands_one_over_and_the_audit_says_so(
        self, store: Store, kemper: Person, code: str
    ) -> None:
        soporte = employee(store, "soporte1", StaffRole.SOPORTE)
        with store.writing() as session:
            issued = hand_over_code(session, replace(soporte, desk_id=kemper.desk_id), store)
        assert issued.expires_at == store.clock.now() + timedelta(hours=72)
        event = rows(store, AuditEvent)[-1]
        assert (event.action, event.account_id) == (
            "espacio.code_handed_over",
            soporte.account_id,
        )
        sets(store, issued.code.grouped())
        assert len(mails(store, kemper)) == 1

    @pytest.mark.parametrize("role", [StaffRole.CAJA, StaffRole.AUDITOR])
    def test_others_of_the_staff_may_not(
        self, store: Store, kemper: Person, code: str, role: StaffRole
    ) -> None:
        somebody = employee(store, "alguien", role)
        with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
            hand_over_code(session, replace(somebody, desk_id=kemper.desk_id), store)

    def test_who_only_looks_may_not(self, store: Store, kemper: Person, code: str) -> None:
        carla = colleague(store, kemper, "carla", Role.CONSULTA)
        with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
            send_code(session, carla, store)

    def test_without_an_espacio_there_is_none(self, store: Store, kemper: Person) -> None:
        with refused("Tu escritorio no tiene un Espacio.", NoEspacio), store.writing() as session:
            send_code(session, kemper, store)


def use_in_another_process(address: str, code: str) -> None:
    store = open_store(Settings(store=address))
    with suppress(Refusal):
        sets(store, code)
    store.close()


def test_a_code_is_used_once_by_many_processes(
    store: Store, kemper: Person, code: str, address: str
) -> None:
    finish([start(use_in_another_process, address, code) for _process in range(4)])
    assert [kept.used_at is None for kept in codes(store, kemper)] == [False]
    assert verdicts(store, AttemptKind.ESPACIO_CODE).count(Verdict.FREE) == 1
