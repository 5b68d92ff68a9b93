"""Who acts: handed to every store function that shows or changes something, and checked there by role."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from enum import Enum

from sqlmodel import Session

from store.accounts.tables import (
    Account,
    AccountState,
    Desk,
    DeskSession,
    DeskState,
    Role,
    StaffRole,
)
from store.errors import NotAllowed, PasswordChangeRequired, SessionEnded
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
    session_id: int | None = None
    """The session that they act in."""


def console(origin: str) -> Person:
    """Give the administrator at the command line: whoever may read the store's files may administer it."""
    return Person(None, getpass.getuser(), origin, staff_role=StaffRole.ADMIN)


class Power(Enum):
    """Something that not everybody may do."""

    LOOK = "look"
    ACTIVATE = "activate"
    CONTRACT = "contract"
    ADMINISTER = "administer"
    ISSUE = "issue"
    HAND_OVER = "hand over a code"
    LOOK_EVERYWHERE = "look everywhere"
    PAY = "pay"
    CANCEL_ORDER = "cancel an order"
    REMOVE_CHANGE = "take a scheduled change back"
    ASK_REFUND = "ask a refund"
    DECIDE_REFUND = "decide a refund"
    RECORD_PAYMENT = "record a payment"
    CONFIRM_PAYMENT = "confirm a payment"
    AUDIT = "see what everybody did"
    SEE_MAIL = "see the mails"
    SEND_MAIL = "send a mail again"


# An operador may do all but administer accounts and have money given back (SPEC 8).
_OPERADOR = {Power.LOOK, Power.ACTIVATE, Power.CONTRACT, Power.PAY, Power.CANCEL_ORDER}
_DESK_POWERS = {
    Role.TITULAR: _OPERADOR | {Power.ASK_REFUND, Power.REMOVE_CHANGE},
    Role.OPERADOR: _OPERADOR,
    Role.CONSULTA: {Power.LOOK},
}
_STAFF = {Power.LOOK, Power.LOOK_EVERYWHERE}
_AUDITOR = _STAFF | {Power.AUDIT, Power.SEE_MAIL}
_MAIL = {Power.SEE_MAIL, Power.SEND_MAIL}
_SOPORTE = _STAFF | _MAIL | {Power.ISSUE, Power.HAND_OVER, Power.CANCEL_ORDER}
_CAJA = _STAFF | {Power.RECORD_PAYMENT, Power.CONFIRM_PAYMENT, Power.ASK_REFUND}
_STAFF_POWERS = {
    StaffRole.SOPORTE: _SOPORTE,
    StaffRole.CAJA: _CAJA,
    StaffRole.AUDITOR: _AUDITOR,
    StaffRole.ADMIN: _AUDITOR | _SOPORTE | _CAJA | {Power.ADMINISTER, Power.DECIDE_REFUND},
}
_WHO: dict[Role | StaffRole, str] = {
    Role.TITULAR: _("un titular"),
    Role.OPERADOR: _("un operador"),
    StaffRole.SOPORTE: _("soporte"),
    StaffRole.CAJA: _("la caja"),
    StaffRole.AUDITOR: _("un auditor"),
    StaffRole.ADMIN: _("un administrador"),
}

_IN_ACTIVE_DESK = {
    Power.ACTIVATE: _("Tu escritorio no puede activar claves. Llama a soporte."),
    Power.CONTRACT: _("Tu escritorio no puede contratar. Llama a soporte."),
}
"""What only a desk that is active may do, and the sentence where it is not."""


def account_of(person: Person) -> int:
    """Give the account that a row will name for ever: whoever acts on money signs in with their own.

    Raises:
        NotAllowed: It is the command line, which has none.
    """
    if person.account_id is None:
        raise NotAllowed(_("Para esto, entra con tu propia cuenta."))
    return person.account_id


def may(person: Person, power: Power) -> bool:
    """Tell what the person's role allows, so that a screen can grey what would be refused."""
    if person.staff_role is not None:
        return power in _STAFF_POWERS[person.staff_role]
    return person.role is not None and power in _DESK_POWERS[person.role]


def reason_against(person: Person, power: Power) -> str:
    """Say why the person may not do something, and whom to ask; nothing where they may."""
    if may(person, power):
        return ""
    desk = [_WHO[role] for role, powers in _DESK_POWERS.items() if power in powers]
    staff = [_WHO[role] for role, powers in _STAFF_POWERS.items() if power in powers]
    others = (desk or staff) if person.staff_role is None else (staff or desk)
    return _("Tu papel no lo permite; pídelo a {who}.").format(who=_(" o a ").join(others))


def require(session: Session, person: Person, power: Power) -> None:
    """Refuse what the person may not do, as their account and desk stand at this moment (ASVS 5.0, 7.4.2).

    Raises:
        NotAllowed: The role, the account or the desk does not allow it.
        SessionEnded: Somebody ended the session.
        PasswordChangeRequired: The first password was not changed yet.
    """
    if person.account_id is not None:
        _require_standing(session, person)
    if not may(person, power):
        raise NotAllowed(_("Tu cuenta no tiene permiso para hacer esto; pídelo al titular."))
    if power in _IN_ACTIVE_DESK:
        _require_active_desk(session, person, _IN_ACTIVE_DESK[power])


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
    if person.session_id is not None:
        kept = session.get(DeskSession, person.session_id)
        if kept is None or kept.ended_at is not None:
            raise SessionEnded


def _require_active_desk(session: Session, person: Person, refusal: str) -> None:
    desk = session.get(Desk, person.desk_id)
    if desk is None or desk.state is not DeskState.ACTIVE:
        raise NotAllowed(refusal)


def desk_of(person: Person) -> int:
    """Give the number of the desk that the person acts in.

    Raises:
        NotAllowed: A member of the staff has not chosen one.
    """
    if person.desk_id is None:
        raise NotAllowed(_("Elige primero un escritorio."))
    return person.desk_id
