"""Accounts bound to a public key, beside their password or instead of it."""

import json

import pytest

from store.accounts.bound_keys import bind_key, list_keys, unbind_key
from store.accounts.person import Person
from store.accounts.public_key import PublicKey
from store.accounts.signing_in import Door, SignedIn, sign_in
from store.accounts.tables import AccountKey, AccountState, KeyUse
from store.attempts.tables import AttemptKind, Verdict
from store.audit.tables import AuditEvent
from store.demo import CUSTOMER, DISTRIBUTOR, PASSWORD
from store.errors import Mistyped, NotAllowed, NotFound, SignInRefused, WrongCredentials
from store.installation.store import Store
from tests.store.accounts.test_signing_in import set_account
from tests.store.contents import contents, rows, verdicts
from tests.store.lots import CONSOLE
from tests.store.people import COUNTER
from tests.store.refusals import NOT_ALLOWED, WRONG_CREDENTIALS, refused

ANAS = PublicKey("ssh-ed25519", "SHA256:" + "a" * 43, "ana@caja")
BETOS = PublicKey("ssh-rsa", "SHA256:" + "b" * 43, "")
TYPE_PASSWORD = "Escribe tu contraseña."


def binds(
    store: Store,
    key: PublicKey = ANAS,
    use: KeyUse = KeyUse.BESIDE,
    username: str = DISTRIBUTOR,
    person: Person = CONSOLE,
) -> None:
    with store.writing() as session:
        bind_key(session, person, username, key, use, now=store.clock.now())


def unbinds(store: Store, fingerprint: str = ANAS.fingerprint, username: str = DISTRIBUTOR) -> None:
    with store.writing() as session:
        unbind_key(session, CONSOLE, username, fingerprint, now=store.clock.now())


def enters(store: Store, password: str = PASSWORD, key: PublicKey | None = None) -> SignedIn:
    came_with = key.fingerprint if key else None
    return sign_in(
        store, DISTRIBUTOR, password, door=Door.DISTRIBUTORS, origin=COUNTER, key=came_with
    )


def told(event: AuditEvent) -> dict[str, str]:
    found: dict[str, str] = json.loads(event.detail)
    return found


class TestSigningIn:
    """What a bound account asks for."""

    def test_without_bound_keys_any_key_comes_with_the_password(self, store: Store) -> None:
        binds(store, username=CUSTOMER)
        assert enters(store, key=BETOS).person.username == DISTRIBUTOR
        with refused(TYPE_PASSWORD, Mistyped, field="password"):
            enters(store, "", key=ANAS)

    def test_beside_the_password_both_are_needed(self, store: Store) -> None:
        binds(store)
        assert enters(store, key=ANAS).person.username == DISTRIBUTOR
        with refused(TYPE_PASSWORD, Mistyped):
            enters(store, "", key=ANAS)
        for password, key in (("equivocada", ANAS), (PASSWORD, BETOS), (PASSWORD, None)):
            with refused(WRONG_CREDENTIALS, WrongCredentials):
                enters(store, password, key)
        assert verdicts(store, AttemptKind.SIGN_IN)[-3:] == [Verdict.COUNTED] * 3
        missing = [told(event)["missing"] for event in rows(store, AuditEvent)[-3:]]
        assert missing == ["password", "key", "key"]

    def test_instead_of_the_password_the_key_is_enough(self, store: Store) -> None:
        binds(store, use=KeyUse.INSTEAD)
        before = verdicts(store, AttemptKind.SIGN_IN)
        assert enters(store, "", key=ANAS).person.username == DISTRIBUTOR
        assert told(rows(store, AuditEvent)[-1]) == {"by": "key"}
        assert verdicts(store, AttemptKind.SIGN_IN) == before
        with refused(TYPE_PASSWORD, Mistyped):
            enters(store, "")
        with refused(WRONG_CREDENTIALS, WrongCredentials):
            enters(store, PASSWORD)

    def test_each_key_says_for_itself_whether_it_is_enough(self, store: Store) -> None:
        binds(store, ANAS, KeyUse.INSTEAD)
        binds(store, BETOS, KeyUse.BESIDE)
        enters(store, "", key=ANAS)
        enters(store, PASSWORD, key=BETOS)
        with refused(TYPE_PASSWORD, Mistyped):
            enters(store, "", key=BETOS)

    def test_a_key_opens_no_account_that_is_blocked(self, store: Store) -> None:
        binds(store, use=KeyUse.INSTEAD)
        set_account(store, DISTRIBUTOR, state=AccountState.BLOCKED)
        with refused("Tu cuenta está bloqueada. Llama a soporte.", SignInRefused):
            enters(store, "", key=ANAS)


class TestBinding:
    """An admin's work."""

    def test_it_is_written_down_both_ways(self, store: Store) -> None:
        binds(store, use=KeyUse.INSTEAD)
        with store.reading() as session:
            (bound,) = list_keys(session, CONSOLE)
        assert (bound.fingerprint, bound.use, bound.kind, bound.comment) == (
            ANAS.fingerprint,
            KeyUse.INSTEAD,
            "ssh-ed25519",
            "ana@caja",
        )
        unbinds(store)
        assert rows(store, AccountKey) == []
        came, went = rows(store, AuditEvent)[-2:]
        assert (came.action, went.action) == ("account.key_bound", "account.key_unbound")
        assert told(came) == {"fingerprint": ANAS.fingerprint, "use": "instead"}
        assert told(went) == {"fingerprint": ANAS.fingerprint}
        assert came.subject == went.subject == f"account:{bound.account_id}"
        enters(store, PASSWORD)

    @pytest.mark.parametrize("username", [DISTRIBUTOR, CUSTOMER])
    def test_one_key_is_one_account(self, store: Store, username: str) -> None:
        binds(store)
        before = contents(store)
        with refused("Esa llave ya está ligada a un usuario.", Mistyped, field="key"):
            binds(store, username=username)
        assert contents(store) == before

    def test_what_is_not_there_is_not_found(self, store: Store) -> None:
        binds(store, username=CUSTOMER)
        with refused("No hay un usuario «nadie».", NotFound):
            binds(store, BETOS, username="nadie")
        for fingerprint in (BETOS.fingerprint, ANAS.fingerprint, ""):
            with refused(
                "Ese usuario no tiene esa llave; mira «escritorio accounts list».", NotFound
            ):
                unbinds(store, fingerprint)

    def test_only_an_admin_may(self, store: Store, empresasis: Person) -> None:
        with refused(NOT_ALLOWED, NotAllowed):
            binds(store, person=empresasis)
        with store.reading() as session, refused(NOT_ALLOWED, NotAllowed):
            list_keys(session, empresasis)
