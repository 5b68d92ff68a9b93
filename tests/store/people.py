"""People of the demo, as they are once they signed in."""

from dataclasses import replace

from sqlmodel import select

from store.accounts.desks import add_staff
from store.accounts.person import Person
from store.accounts.tables import Account, Role, StaffRole
from store.demo import PASSWORD
from store.installation.store import Store
from tests.store.lots import CONSOLE

COUNTER = "192.0.2.1"
"""Where the people of the tests sit: one machine at the counter."""


def member(store: Store, username: str, origin: str = COUNTER) -> Person:
    """Give the person of an account that exists."""
    with store.reading() as session:
        account = session.exec(select(Account).where(Account.username == username)).one()
        return Person(
            account.id, username, origin, account.desk_id, account.role, account.staff_role
        )


def colleague(store: Store, person: Person, username: str, role: Role) -> Person:
    """Give the desk of a person one more account."""
    with store.writing() as session:
        account = Account(
            username=username,
            password_hash="$argon2id$nobody-signs-in-with-it",
            must_change_password=False,
            desk_id=person.desk_id,
            role=role,
            created_at=store.clock.now(),
        )
        session.add(account)
        session.flush()
        return replace(person, account_id=account.id, username=username, role=role)


def employee(store: Store, username: str, role: StaffRole) -> Person:
    """Hire somebody."""
    with store.writing() as session:
        add_staff(
            session,
            CONSOLE,
            username,
            PASSWORD,
            role,
            now=store.clock.now(),
            must_change=False,
        )
    return member(store, username)


def admin(store: Store) -> Person:
    """Hire an admin."""
    return employee(store, "administra", StaffRole.ADMIN)
