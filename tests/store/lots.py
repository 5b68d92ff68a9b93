"""Keys fresh from the press, and the staff's hands on them."""

from datetime import date

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.installation.store import Store
from store.keys.activation import ConfirmedKey, check_key, confirm_key
from store.keys.code import new_key, read_key
from store.keys.issuing import issue_keys
from store.keys.life import Move, find_key, move_key

CONSOLE = Person(None, "console", "console", staff_role=StaffRole.ADMIN)
"""The administrator at the command line."""


def issued(
    store: Store, count: int = 1, product: str = "TIMBRES-50", redeem_by: date | None = None
) -> list[str]:
    """Issue keys, and give them as a customer would read them from a card."""
    with store.writing() as session:
        lot = issue_keys(
            session,
            CONSOLE,
            store.pepper,
            product,
            count,
            redeem_by=redeem_by,
            now=store.clock.now(),
        )
    return [key.grouped() for key in lot.keys]


def unknown() -> str:
    """Invent a well written key that nobody ever issued."""
    return new_key().grouped()


def moved(store: Store, typed: str, move: Move, reason: str = "Lo pidió el cliente.") -> None:
    """Let the staff hold, withhold, release or void a key."""
    with store.writing() as session:
        key_id = find_key(session, store.pepper, read_key(typed))
        move_key(session, CONSOLE, key_id, move, reason, now=store.clock.now())


def activated(store: Store, person: Person, typed: str) -> ConfirmedKey:
    """Check a key and confirm it, as a person does who reads nothing."""
    return confirm_key(store, person, check_key(store, person, typed), licence_accepted=True)
