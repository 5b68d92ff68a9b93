"""Who acts: handed to every store function that shows or changes something, and checked there by role."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from enum import Enum

from sqlmodel import Session

from store.accounts.tables import Account, AccountState, Desk, DeskState, Role, StaffRole
from store.errors import NotAllowed, PasswordChangeRequired
from store.text import _


@dataclass(frozen=True)
class Person:
    """Somebody who signed in, or the administrator at the command line.

    A member of the staff has no desk of their own; `desk_id` is then the desk they chose to look at.
    """

    account_id: int | None
    username: str
    origin: str
    desk_id: int | None = None
    role: Role | None = None
    staff_role: StaffRole | None = None


def console(origin: str) -> Person:
    """Give the administrator at the command line: whoever may read the store's files may administer it."""
    return Person(None, getpass.getuser(), origin, staff_role=StaffRole.ADMIN)


class Power(Enum):
    """Something that not everybody may do."""

    LOOK = "look"
    ACTIVATE = "activate"
    ADMINISTER = "administer"
    ISSUE = "issue"
    LOOK_EVERYWHERE = "look everywhere"


_DESK_POWERS = {
    Role.TITULAR: {Power.LOOK, Power.ACTIVATE},
    Role.OPERADOR: {Power.LOOK, Power.ACTIVATE},
    Role.CONSULTA: {Power.LOOK},
}
_STAFF_POWERS = {
    StaffRole.SOPORTE: {Power.LOOK, Power.LOOK_EVERYWHERE, Power.ISSUE},
    StaffRole.CAJA: {Power.LOOK, Power.LOOK_EVERYWHERE},
    StaffRole.AUDITOR: {Power.LOOK, Power.LOOK_EVERYWHERE},
    StaffRole.ADMIN: {Power.LOOK, Power.LOOK_EVERYWHERE, Power.ISSUE, Power.ADMINISTER},
}


def may(person: Person, power: Power) -> bool:
    """Tell what the person's role allows, so that a screen can grey what would be refused."""
    if person.staff_role is not None:
        return power in _STAFF_POWERS[person.staff_role]
    return person.role is not None and power in _DESK_POWERS[person.role]


def require(session: Session, person: Person, power: Power) -> None:
    """Refuse what the person may not do, as their account and desk stand at this moment (ASVS 5.0, 7.4.2).

    Raises:
        NotAllowed: The role, the account or the desk does not allow it.
        PasswordChangeRequired: The first password was not changed yet.
    """
    if person.account_id is not None:
        _require_standing(session, person)
    if not may(person, power):
        raise NotAllowed(_("Tu cuenta no tiene permiso para hacer esto; pídelo al titular."))
    if power is Power.ACTIVATE:
        _require_active_desk(session, person)


def _require_standing(session: Session, person: Person) -> None:
    account = session.get(Account, person.account_id)
    if (
        account is None
        or account.state is not AccountState.ACTIVE
        or (account.role, account.staff_role) != (person.role, person.staff_role)
        or account.desk_id not in (None, person.desk_id)
    ):
        raise NotAllowed(_("Tu cuenta cambió; sal y vuelve a entrar."))
    if account.must_change_password:
        raise PasswordChangeRequired


def _require_active_desk(session: Session, person: Person) -> None:
    desk = session.get(Desk, person.desk_id)
    if desk is None or desk.state is not DeskState.ACTIVE:
        raise NotAllowed(_("Tu escritorio no puede activar claves. Llama a soporte."))
