"""More people for the demo's desks, and for the staff, who can sign in with the demo's password."""

from __future__ import annotations

from sqlmodel import col, update

from store.accounts.desks import add_member, add_staff
from store.accounts.person import Person
from store.accounts.tables import Account, AccountState, Desk, DeskState, Role, StaffRole
from store.demo import DISTRIBUTOR, PASSWORD
from store.installation.store import Store
from store.keys.activation import check_key, confirm_key
from tests.store.lots import CONSOLE


def add_colleague(
    store: Store, username: str, role: Role = Role.OPERADOR, *, must_change: bool = False
) -> None:
    """Give the distributor's desk one more account."""
    with store.writing() as session:
        account = add_member(
            session, CONSOLE, username, PASSWORD, role, DISTRIBUTOR, now=store.clock.now()
        )
        account.must_change_password = must_change


def hire(store: Store, username: str, role: StaffRole) -> None:
    """Hire somebody."""
    with store.writing() as session:
        add_staff(
            session, CONSOLE, username, PASSWORD, role, now=store.clock.now(), must_change=False
        )


def change_role(store: Store, username: str, role: Role) -> None:
    """Give an account another role, as a titular would while it is signed in."""
    with store.writing() as session:
        session.exec(update(Account).where(col(Account.username) == username).values(role=role))


def block(store: Store, username: str) -> None:
    """Block an account."""
    with store.writing() as session:
        session.exec(
            update(Account)
            .where(col(Account.username) == username)
            .values(state=AccountState.BLOCKED)
        )


def set_desk(store: Store, handle: str, state: DeskState) -> None:
    """Suspend a desk, close it, or let it work again."""
    with store.writing() as session:
        session.exec(update(Desk).where(col(Desk.handle) == handle).values(state=state))


def confirm_elsewhere(store: Store, person: Person, typed: str) -> None:
    """Confirm a key at another terminal."""
    confirm_key(store, person, check_key(store, person, typed), licence_accepted=True)
