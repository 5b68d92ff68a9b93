"""Making desks and accounts, and giving an account a new first password."""

from dataclasses import replace

import pytest

from store.accounts.desks import (
    NewDesk,
    add_desk,
    add_member,
    add_staff,
    find_desk,
    list_accounts,
    reset_password,
    search_desks,
)
from store.accounts.names import Rfc, read_company_name
from store.accounts.person import Person
from store.accounts.signing_in import Door, change_password, sign_in
from store.accounts.tables import Account, AccountState, Desk, DeskKind, DeskState, Role, StaffRole
from store.audit.tables import AuditEvent
from store.clients.clients import add_client
from store.demo import DISTRIBUTOR, PASSWORD
from store.errors import Mistyped, NotAllowed, NotFound
from store.installation.store import Store
from tests.store.contents import contents, rows
from tests.store.lots import CONSOLE
from tests.store.people import COUNTER, employee, member
from tests.store.refusals import NOT_ALLOWED, WRONG_CREDENTIALS, refused

OFFICE = NewDesk(
    "Ñandú & Hermanos",
    Rfc("ÑAN010101AAA", True),
    "avisos@nandu.example",
    DeskKind.CUSTOMER,
    "nanduhermanos",
)
FIRST = "primera-clave"


def makes_desk(store: Store, desk: NewDesk = OFFICE, person: Person = CONSOLE) -> Desk:
    """Make a desk."""
    with store.writing() as session:
        return add_desk(session, person, desk, FIRST, now=store.clock.now())


def makes_member(
    store: Store,
    username: str,
    role: Role = Role.OPERADOR,
    handle: str = DISTRIBUTOR,
    person: Person = CONSOLE,
) -> Account:
    """Make one more account of a desk."""
    with store.writing() as session:
        return add_member(session, person, username, FIRST, role, handle, now=store.clock.now())


def makes_staff(
    store: Store, username: str, role: StaffRole = StaffRole.CAJA, person: Person = CONSOLE
) -> Account:
    """Make an account of the staff."""
    with store.writing() as session:
        return add_staff(session, person, username, FIRST, role, now=store.clock.now())


def resets(store: Store, username: str, person: Person = CONSOLE) -> None:
    """Hand over a new first password."""
    with store.writing() as session:
        reset_password(session, person, username, "segunda-clave", now=store.clock.now())


class TestDesk:
    """`escritorio desks add`: a desk with its titular."""

    def test_a_desk_comes_with_its_titular(self, store: Store) -> None:
        makes_desk(store)
        row = rows(store, Desk)[-1]
        assert (row.name, row.rfc, row.handle) == (OFFICE.name, "ÑAN010101AAA", "nanduhermanos")
        assert (row.email, row.kind, row.state) == (
            "avisos@nandu.example",
            DeskKind.CUSTOMER,
            DeskState.ACTIVE,
        )
        account = rows(store, Account)[-1]
        assert (account.username, account.role) == ("nanduhermanos", Role.TITULAR)
        assert account.desk_id == row.id
        assert account.created_at == row.created_at == store.clock.now()

    def test_the_titular_signs_in_and_changes_the_password_first(self, store: Store) -> None:
        makes_desk(store)
        entered = sign_in(store, "nanduhermanos", FIRST, door=Door.CUSTOMERS, origin=COUNTER)
        assert entered.must_change_password
        change_password(store, entered.person, "una-mucho-mejor", "una-mucho-mejor")

    def test_the_audit_says_who_made_it(self, store: Store) -> None:
        admin = employee(store, "administra", StaffRole.ADMIN)
        desk = makes_desk(store, person=admin)
        event = rows(store, AuditEvent)[-1]
        assert (event.action, event.subject) == ("desk.added", f"desk:{desk.id}")
        assert event.account_id == admin.account_id
        assert event.detail == '{"handle":"nanduhermanos"}'

    def test_an_rfc_has_one_desk(self, store: Store) -> None:
        makes_desk(store)
        before = contents(store)
        with refused("Ya hay un escritorio con ese RFC.", Mistyped, field="rfc"):
            makes_desk(store, replace(OFFICE, username="otrodesk"))
        assert contents(store) == before

    @pytest.mark.parametrize("rfc", ["XAXX010101000", "XEXX010101000"])
    def test_a_generic_rfc_may_repeat(self, store: Store, rfc: str) -> None:
        for number in range(2):
            makes_desk(store, replace(OFFICE, rfc=Rfc(rfc, True), username=f"publico{number}"))

    @pytest.mark.parametrize("username", [DISTRIBUTOR, "personal"])
    def test_a_usuario_has_one_account(self, store: Store, username: str) -> None:
        makes_staff(store, "personal")
        before = contents(store)
        with refused("Ese usuario ya existe; elige otro.", Mistyped, field="username"):
            makes_desk(store, replace(OFFICE, username=username))
        assert contents(store) == before

    @pytest.mark.parametrize("name", ["ﷺ" * 254, "Ñ" * 254, "👍", "[/]", "x"])
    def test_any_name_that_may_be_shown_can_be_kept(self, store: Store, name: str) -> None:
        makes_desk(store, replace(OFFICE, name=read_company_name(name)))
        assert rows(store, Desk)[-1].name == name
        with store.writing() as session:
            desk_id = rows(store, Desk)[-1].id
            assert add_client(session, desk_id, name, now=store.clock.now()).name == name


class TestAccounts:
    """`escritorio accounts add`: a desk can have several, and the staff theirs."""

    @pytest.mark.parametrize("role", [Role.OPERADOR, Role.CONSULTA])
    def test_a_desk_gets_one_more(self, store: Store, role: Role) -> None:
        makes_member(store, "ayudante", role, handle=" EmpresaSIS ")
        ayudante, titular = member(store, "ayudante"), member(store, DISTRIBUTOR)
        assert (ayudante.role, ayudante.desk_id) == (role, titular.desk_id)
        assert rows(store, Account)[-1].must_change_password
        event = rows(store, AuditEvent)[-1]
        assert (event.action, event.detail) == (
            "account.added",
            f'{{"role":"{role.value}","username":"ayudante"}}',
        )

    def test_there_is_one_titular(self, store: Store) -> None:
        before = contents(store)
        with refused(
            "El escritorio ya tiene su titular; elige operador o consulta.",
            Mistyped,
            field="role",
        ):
            makes_member(store, "ayudante", Role.TITULAR)
        assert contents(store) == before

    def test_an_unknown_desk_gets_none(self, store: Store) -> None:
        with refused("No hay un escritorio «nadie».", NotFound):
            makes_member(store, "ayudante", handle="nadie")

    @pytest.mark.parametrize("role", StaffRole)
    def test_the_staff_get_theirs(self, store: Store, role: StaffRole) -> None:
        makes_staff(store, "personal", role)
        account = rows(store, Account)[-1]
        assert (account.staff_role, account.role, account.desk_id) == (role, None, None)
        assert account.must_change_password
        assert account.state is AccountState.ACTIVE

    def test_a_usuario_is_taken_once_by_whomever(self, store: Store) -> None:
        makes_staff(store, "personal")
        for taken in ("personal", DISTRIBUTOR):
            with refused("Ese usuario ya existe; elige otro.", Mistyped, field="username"):
                makes_member(store, taken)
            with refused("Ese usuario ya existe; elige otro.", Mistyped, field="username"):
                makes_staff(store, taken)

    def test_they_are_listed_by_usuario(self, store: Store) -> None:
        makes_member(store, "ayudante")
        makes_staff(store, "personal", StaffRole.CAJA)
        with store.reading() as session:
            listed = list_accounts(session, CONSOLE)
        usernames = [row.username for row in listed]
        assert usernames == sorted(usernames)
        assert len(usernames) == len(rows(store, Account))
        found = {row.username: (row.role, row.desk, row.state) for row in listed}
        assert found["ayudante"] == ("operador", "EMPRESA SISTEMAS", "active")
        assert found["empresasis"] == ("titular", "EMPRESA SISTEMAS", "active")
        assert found["personal"] == ("caja", "", "active")


class TestReset:
    """`escritorio accounts password`: a one-time password, handed over."""

    def test_the_new_one_is_for_once(self, store: Store) -> None:
        resets(store, " EmpresaSIS ")
        with refused(WRONG_CREDENTIALS):
            sign_in(store, DISTRIBUTOR, PASSWORD, door=Door.DISTRIBUTORS, origin=COUNTER)
        entered = sign_in(
            store, DISTRIBUTOR, "segunda-clave", door=Door.DISTRIBUTORS, origin=COUNTER
        )
        assert entered.must_change_password

    def test_the_audit_says_that_it_was_done_and_not_the_password(self, store: Store) -> None:
        resets(store, DISTRIBUTOR)
        event = rows(store, AuditEvent)[-1]
        account = member(store, DISTRIBUTOR)
        assert (event.action, event.subject, event.detail) == (
            "account.password_reset",
            f"account:{account.account_id}",
            "{}",
        )
        assert "segunda-clave" not in repr(contents(store))

    def test_nobody_gets_none(self, store: Store) -> None:
        before = contents(store)
        with refused("No hay un usuario «nadie».", NotFound):
            resets(store, "nadie")
        assert contents(store) == before


class TestWhoMay:
    """Only the command line and admins of the staff administer."""

    @pytest.mark.parametrize("role", [StaffRole.SOPORTE, StaffRole.CAJA, StaffRole.AUDITOR])
    def test_the_rest_of_the_staff_may_not(self, store: Store, role: StaffRole) -> None:
        self.may_not(store, employee(store, "personal", role))

    def test_a_titular_may_not(self, store: Store, empresasis: Person) -> None:
        self.may_not(store, empresasis)

    def may_not(self, store: Store, person: Person) -> None:
        before = contents(store)
        with refused(NOT_ALLOWED, NotAllowed):
            makes_desk(store, person=person)
        with refused(NOT_ALLOWED, NotAllowed):
            makes_member(store, "ayudante", person=person)
        with refused(NOT_ALLOWED, NotAllowed):
            makes_member(store, "ayudante", handle="nadie", person=person)
        with refused(NOT_ALLOWED, NotAllowed):
            makes_staff(store, "otropersonal", person=person)
        with refused(NOT_ALLOWED, NotAllowed):
            resets(store, DISTRIBUTOR, person)
        with store.reading() as session, refused(NOT_ALLOWED, NotAllowed):
            list_accounts(session, person)
        assert contents(store) == before


class TestSearching:
    """The staff pick the desk that they look at."""

    def found(self, store: Store, words: str, most: int = 50) -> list[str]:
        somebody = Person(None, "console", "console", staff_role=StaffRole.AUDITOR)
        with store.reading() as session:
            return [desk.handle for desk in search_desks(session, somebody, words, most=most)]

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("NANDU", ["nanduhermanos"]),
            (" ñandú ", ["nanduhermanos"]),
            ("escuela kemp", ["kemper"]),
            ("eku90", ["kemper"]),
            ("ñan01", ["nanduhermanos"]),
            ("h&e", ["herreria"]),
            ("empresasis", ["empresasis"]),
            ("%", []),
            ("_", []),
            ("nadie", []),
            ("\x00\udcff", []),
            ("' OR '1'='1", []),
        ],
    )
    def test_by_any_part_of_name_rfc_or_usuario(
        self, store: Store, words: str, found: list[str]
    ) -> None:
        makes_desk(store)
        assert self.found(store, words) == found

    def test_no_more_than_fit(self, store: Store) -> None:
        found = self.found(store, "")
        assert len(found) == len(rows(store, Desk)) > 3
        assert self.found(store, "", most=2) == found[:2]

    def test_in_spanish_order(self, store: Store) -> None:
        for number, name in enumerate(("Óscar ZZ", "Ñandú ZZ", "Nz ZZ", "nube ZZ")):
            makes_desk(
                store,
                replace(OFFICE, name=name, rfc=Rfc("XAXX010101000", True), username=f"zz{number}z"),
            )
        assert self.found(store, " zz") == ["zz3z", "zz2z", "zz1z", "zz0z"]

    def test_one_is_given_by_its_number(self, store: Store, empresasis: Person) -> None:
        assert empresasis.desk_id is not None
        with store.reading() as session:
            row = find_desk(session, empresasis, empresasis.desk_id)
            assert find_desk(session, CONSOLE, empresasis.desk_id) == row
        assert (row.handle, row.name, row.kind) == (
            DISTRIBUTOR,
            "EMPRESA SISTEMAS",
            DeskKind.DISTRIBUTOR,
        )

    def test_a_desk_finds_nobody(self, store: Store, empresasis: Person) -> None:
        with store.reading() as session, refused(NOT_ALLOWED, NotAllowed):
            search_desks(session, empresasis, "")

    def test_nor_does_it_look_another_up(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        assert kemper.desk_id is not None
        with store.reading() as session, refused(NOT_ALLOWED, NotAllowed):
            find_desk(session, empresasis, kemper.desk_id)
