"""What the staff may do to a key, with a reason; and what nobody may do."""

from dataclasses import replace

import pytest
from sqlmodel import col, update

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.audit.tables import AuditEvent
from store.clients.tables import Client
from store.demo import EXPIRED, GOOD_50, VOID
from store.errors import Mistyped, NotAllowed, NotFound, Refusal
from store.installation.store import Store
from store.keys.code import read_key
from store.keys.life import Move, MovedKey, find_key, move_key
from store.keys.tables import KeyState, PrepaidKey
from tests.store.contents import contents, kept, rows
from tests.store.lots import CONSOLE, activated, issued, moved, unknown
from tests.store.people import employee
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch

# Whence each step of the staff leads; what is not here is refused.
STEPS = {
    (Move.HOLD, KeyState.ISSUED): KeyState.HELD,
    (Move.WITHHOLD, KeyState.AVAILABLE): KeyState.WITHHELD,
    (Move.RELEASE, KeyState.HELD): KeyState.ISSUED,
    (Move.RELEASE, KeyState.WITHHELD): KeyState.AVAILABLE,
    (Move.VOID, KeyState.ISSUED): KeyState.VOID,
    (Move.VOID, KeyState.HELD): KeyState.VOID,
    (Move.VOID, KeyState.EXPIRED): KeyState.VOID,
    (Move.VOID, KeyState.AVAILABLE): KeyState.VOID,
    (Move.VOID, KeyState.WITHHELD): KeyState.VOID,
}


def move(store: Store, person: Person, key_id: int, step: Move, reason: str) -> MovedKey:
    """Let somebody move a key."""
    with store.writing() as session:
        return move_key(session, person, key_id, step, reason, now=store.clock.now())


def key_in(store: Store, person: Person, state: KeyState) -> PrepaidKey:
    """Bring a key into a state, by the way that leads there."""
    (typed,) = issued(store)
    if state in (KeyState.AVAILABLE, KeyState.WITHHELD, KeyState.USED):
        activated(store, person, typed)
    if state is KeyState.HELD:
        moved(store, typed, Move.HOLD)
    if state is KeyState.WITHHELD:
        moved(store, typed, Move.WITHHOLD)
    if state is KeyState.VOID:
        moved(store, typed, Move.VOID)
    if state is KeyState.EXPIRED:
        become(store, typed, state=KeyState.EXPIRED)
    if state is KeyState.USED:
        client = rows(store, Client)[0]
        become(
            store,
            typed,
            state=KeyState.USED,
            client_id=client.id,
            client_sort_key=client.sort_key,
            activated_on=store.clock.today(),
        )
    assert kept(store, typed).state is state
    return kept(store, typed)


def become(store: Store, typed: str, **values: object) -> None:
    """Do to a key what no function does yet."""
    key = kept(store, typed)
    with store.writing() as session:
        session.exec(update(PrepaidKey).where(col(PrepaidKey.id) == key.id).values(**values))


@pytest.mark.parametrize("step", Move)
def test_each_step_leads_where_it_should_or_is_refused(
    store: Store, empresasis: Person, step: Move
) -> None:
    for state in KeyState:
        key = key_in(store, empresasis, state)
        after = STEPS.get((step, state))
        if after is None:
            before = contents(store)
            with refused(f"La clave está {state.value}; no se puede {step.value}."):
                move(store, CONSOLE, key.id, step, "Lo pidió el cliente.")
            assert contents(store) == before
            continue
        done = move(store, CONSOLE, key.id, step, "Lo pidió el cliente.")
        assert done == MovedKey(key.id, state, after)
        with store.reading() as session:
            now = session.get_one(PrepaidKey, key.id)
        assert now.state is after
        assert now.reason == (None if step is Move.RELEASE else "Lo pidió el cliente.")
        assert (now.desk_id, now.confirmed_at) == (key.desk_id, key.confirmed_at)


def test_from_used_there_is_no_way_back(store: Store, empresasis: Person) -> None:
    key = key_in(store, empresasis, KeyState.USED)
    for step in Move:
        with pytest.raises(Refusal):
            move(store, CONSOLE, key.id, step, "Fue un error.")


def test_the_audit_says_who_and_why(store: Store) -> None:
    somebody = employee(store, "soporte1", StaffRole.SOPORTE)
    key = kept(store, GOOD_50)
    move(store, somebody, key.id, Move.HOLD, "  La tarjeta  se extravió. ")
    event = rows(store, AuditEvent)[-1]
    assert (event.action, event.subject) == ("key.hold", f"key:{key.id}")
    assert event.account_id == somebody.account_id
    assert event.detail == (
        '{"after":"bloqueada","before":"emitida","reason":"La tarjeta se extravió."}'
    )


@pytest.mark.parametrize("step", Move)
@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_reason_has_to_be_given(store: Store, step: Move, reason: str) -> None:
    before = contents(store)
    with refused("Escribe el motivo.", Mistyped, field="reason"):
        move(store, CONSOLE, kept(store, GOOD_50).id, step, reason)
    assert contents(store) == before


@pytest.mark.parametrize(
    ("reason", "kept_as"),
    [
        ("x" * 1000, "x" * 299 + "…"),
        ("\x1b]52;c;AAAA\x07 [/]", "\ufffd]52;c;AAAA\ufffd [/]"),
        ("a\x00b", "a\ufffdb"),
        ("robada\udcff", "robada\ufffd"),
        ("'; DROP TABLE prepaid_key; --", "'; DROP TABLE prepaid_key; --"),
    ],
)
def test_a_reason_is_kept_harmless(store: Store, reason: str, kept_as: str) -> None:
    move(store, CONSOLE, kept(store, GOOD_50).id, Move.HOLD, reason)
    assert kept(store, GOOD_50).reason == kept_as


@pytest.mark.parametrize("role", [StaffRole.CAJA, StaffRole.AUDITOR])
def test_the_rest_of_the_staff_may_not(store: Store, role: StaffRole) -> None:
    somebody = employee(store, "personal", role)
    with refused(NOT_ALLOWED, NotAllowed):
        move(store, somebody, kept(store, GOOD_50).id, Move.VOID, "Por si acaso.")
    assert kept(store, GOOD_50).state is KeyState.ISSUED


def test_a_desk_may_not_even_with_its_own_keys(store: Store, empresasis: Person) -> None:
    key = key_in(store, empresasis, KeyState.WITHHELD)
    with refused(NOT_ALLOWED, NotAllowed):
        move(store, empresasis, key.id, Move.RELEASE, "Ya apareció.")


def test_a_key_in_the_hand_is_found(store: Store) -> None:
    with store.reading() as session:
        assert find_key(session, store.pepper, read_key(VOID)) == kept(store, VOID).id


def test_one_that_no_lot_has_is_not_and_stays_masked(store: Store) -> None:
    typed = unknown()
    mask = f"{typed[:4]}-••••-••••-{typed[-4:]}"
    with store.reading() as session, refused(f"No hay una clave {mask}.", NotFound):
        find_key(session, store.pepper, read_key(typed))


def test_of_two_members_of_the_staff_one_comes_too_late(store: Store) -> None:
    """Both saw it issued; the row decides."""
    key = kept(store, GOOD_50)
    with store.writing() as session:
        move_key(session, CONSOLE, key.id, Move.HOLD, "Uno.", now=store.clock.now())
    with refused("La clave está bloqueada; no se puede bloquear."):
        move(store, replace(CONSOLE, username="otra"), key.id, Move.HOLD, "Dos.")
    assert kept(store, GOOD_50).reason == "Uno."


def test_releasing_an_expired_key_does_not_make_it_good(
    store: Store, empresasis: Person, watch: Watch
) -> None:
    moved(store, EXPIRED, Move.HOLD)
    moved(store, EXPIRED, Move.RELEASE)
    with refused("La clave no es válida o ya no está disponible."):
        activated(store, empresasis, EXPIRED)
