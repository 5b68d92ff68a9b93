"""The demo's desks and staff; companies and RFCs are the SAT's public test taxpayers (facts/domain 2.3)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session, select, update

from store.accounts.desks import NewDesk, add_desk, add_staff
from store.accounts.names import Rfc
from store.accounts.person import Person
from store.accounts.tables import Account, Desk, DeskKind, StaffRole
from store.demo.names import (
    CUSTOMER,
    DISTRIBUTOR,
    ENDING,
    FREE,
    IN_GRACE,
    LARGE,
    PASSWORD,
    STAFF,
    SUSPENDED,
)

BEGAN = datetime(2020, 1, 2, 16, 0, tzinfo=UTC)
"""When the demo's desks were made."""
MAKER = Person(None, "demo", "demo", staff_role=StaffRole.ADMIN)
"""Who made them, for the audit."""
_DESKS = (
    ("EMPRESA SISTEMAS", "XIA190128J61", "sistemas", DISTRIBUTOR),
    ("ESCUELA KEMPER URGATE", "EKU9003173C9", "kemper", CUSTOMER),
    ("HERRERIA & ELECTRICOS", "H&E951128469", "herreria", FREE),
    ("KERNEL INDUSTRIA JUGUETERA", "KIJ0906199R1", "kernel", ENDING),
    ("INDISTRIA ILUMINADORA DE ALMACENES", "IIA040805DZ4", "iluminadora", IN_GRACE),
    ("INNOVACION VALOR Y DESARROLLO", "IVD920810GU2", "valor", SUSPENDED),
    ("UNIVERSIDAD ROBOTICA ESPAÑOLA", "URE180429TM6", "robotica", LARGE),
)
"""Name, RFC, the mail's name, usuario of the titular."""


def add_people(session: Session) -> dict[str, Desk]:
    """Make the desks, each with its titular, and the staff; nobody has to change a password. By usuario."""
    desks = {
        usuario: add_desk(session, MAKER, _new_desk(name, rfc, mail, usuario), PASSWORD, now=BEGAN)
        for name, rfc, mail, usuario in _DESKS
    }
    for username in STAFF:
        role = StaffRole(username.rstrip("12"))
        add_staff(session, MAKER, username, PASSWORD, role, now=BEGAN, must_change=False)
    session.exec(update(Account).values(must_change_password=False))
    return desks


def _new_desk(name: str, rfc: str, mail: str, usuario: str) -> NewDesk:
    kind = DeskKind.DISTRIBUTOR if usuario == DISTRIBUTOR else DeskKind.CUSTOMER
    return NewDesk(name, Rfc(rfc, True), f"{mail}@demo.example", kind, usuario)


def person_of(session: Session, username: str) -> Person:
    """Give the person of an account, as if signed in."""
    account = session.exec(select(Account).where(Account.username == username)).one()
    return Person(account.id, username, "demo", account.desk_id, account.role, account.staff_role)
