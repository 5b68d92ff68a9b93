"""What each role may do; a screen greys what the store would refuse."""

import getpass
from dataclasses import replace

import pytest

from store.accounts.person import Person, Power, console, may, reason_against, require
from store.accounts.tables import Role, StaffRole
from store.errors import NotAllowed
from store.installation.store import Store
from tests.store.people import COUNTER, colleague, employee
from tests.store.refusals import NOT_ALLOWED, refused

# SPEC 8, as far as keys, desks and accounts go.
DESK = {
    Role.TITULAR: {Power.LOOK, Power.ACTIVATE},
    Role.OPERADOR: {Power.LOOK, Power.ACTIVATE},
    Role.CONSULTA: {Power.LOOK},
}
STAFF = {
    StaffRole.SOPORTE: {Power.LOOK, Power.LOOK_EVERYWHERE, Power.ISSUE},
    StaffRole.CAJA: {Power.LOOK, Power.LOOK_EVERYWHERE},
    StaffRole.AUDITOR: {Power.LOOK, Power.LOOK_EVERYWHERE},
    StaffRole.ADMIN: {Power.LOOK, Power.LOOK_EVERYWHERE, Power.ISSUE, Power.ADMINISTER},
}
POWERS = (Power.LOOK, Power.LOOK_EVERYWHERE, Power.ACTIVATE, Power.ISSUE, Power.ADMINISTER)


def holds_to(store: Store, person: Person, powers: set[Power]) -> None:
    """Compare what is greyed and what is refused with what the role may do."""
    for power in POWERS:
        assert may(person, power) is (power in powers)
        with store.reading() as session:
            if power in powers:
                require(session, person, power)
                continue
            with refused(NOT_ALLOWED, NotAllowed):
                require(session, person, power)


@pytest.mark.parametrize("role", [Role.OPERADOR, Role.CONSULTA])
def test_a_member_of_a_desk_may_what_their_role_may(
    store: Store, empresasis: Person, role: Role
) -> None:
    holds_to(store, colleague(store, empresasis, "ayudante", role), DESK[role])


def test_so_may_the_titular(store: Store, empresasis: Person) -> None:
    holds_to(store, empresasis, DESK[Role.TITULAR])


@pytest.mark.parametrize("role", StaffRole)
def test_a_member_of_the_staff_may_what_their_role_may(store: Store, role: StaffRole) -> None:
    holds_to(store, employee(store, "personal", role), STAFF[role])


def test_at_the_command_line_one_is_an_admin_without_an_account(store: Store) -> None:
    somebody = console(COUNTER)
    assert (somebody.account_id, somebody.username) == (None, getpass.getuser())
    holds_to(store, somebody, STAFF[StaffRole.ADMIN])


def test_nobody_may_nothing(store: Store) -> None:
    holds_to(store, Person(None, "", COUNTER), set())


def test_a_role_that_somebody_gave_themselves_is_no_role(store: Store, empresasis: Person) -> None:
    looker = colleague(store, empresasis, "consultora", Role.CONSULTA)
    pretenders = (
        replace(looker, role=Role.TITULAR),
        replace(looker, role=None, staff_role=StaffRole.ADMIN),
        replace(looker, staff_role=StaffRole.ADMIN),
        replace(looker, account_id=10**6),
    )
    for pretender in pretenders:
        for power in POWERS:
            with (
                store.reading() as session,
                refused("Tu cuenta cambió; sal y vuelve a entrar.", NotAllowed),
            ):
                require(session, pretender, power)


@pytest.mark.parametrize(
    ("somebody", "power", "words"),
    [
        (Person(1, "mirona", COUNTER, 1, Role.CONSULTA), Power.ACTIVATE, "un titular o a un operador"),
        (Person(1, "juan", COUNTER, 1, Role.OPERADOR), Power.ASK_REFUND, "un titular"),
        (Person(1, "ana", COUNTER, 1, Role.TITULAR), Power.HAND_OVER, "soporte o a un administrador"),
        (Person(1, "caja1", COUNTER, None, None, StaffRole.CAJA), Power.CANCEL_ORDER,
         "soporte o a un administrador"),
        (Person(1, "caja1", COUNTER, 1, None, StaffRole.CAJA), Power.ACTIVATE, "un titular o a un operador"),
    ],
)  # fmt: skip
def test_who_may_not_is_told_whom_to_ask(somebody: Person, power: Power, words: str) -> None:
    assert reason_against(somebody, power) == f"Tu papel no lo permite; pídelo a {words}."


def test_who_may_is_told_nothing(empresasis: Person) -> None:
    assert reason_against(empresasis, Power.ACTIVATE) == ""
