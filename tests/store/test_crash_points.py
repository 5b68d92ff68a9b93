"""A kill at every statement of a confirmation leaves all of it or nothing, and trying again comes to the same end."""

from collections.abc import Sequence

from store.accounts.person import Person
from store.attempts.tables import Attempt, Verdict
from store.audit.tables import AuditEvent
from store.errors import KeyAlreadyHere
from store.installation.doctor import examine
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.activation import CheckedKey, check_key, confirm_key
from store.keys.code import read_key
from store.keys.tables import KeyState
from store.legal.tables import Acceptance
from store.mail.tables import Mail
from store.settings import Settings
from tests.store.contents import kept, rows
from tests.store.crashes import crashes, dies_at
from tests.store.lots import issued
from tests.store.strangers import strangers

MOST_POINTS = 200


def confirms_and_dies(
    address: str, people: Sequence[Person], keys: Sequence[CheckedKey], point: int
) -> None:
    """Confirm a key, and kill -9 oneself at the n-th point; each point has a key and a person of its own."""
    store = open_store(Settings(store=address))
    dies_at(store.engine, point)
    confirm_key(store, people[point], keys[point], licence_accepted=True)


def what_is_there(store: Store, person: Person, typed: str) -> tuple[int, ...]:
    """Count the parts of a confirmation: the key's state, the acceptance, the mail, the event."""
    key = kept(store, typed)
    return (
        int(key.state is KeyState.AVAILABLE and key.desk_id == person.desk_id),
        sum(one.account_id == person.account_id for one in rows(store, Acceptance)),
        sum(mail.fact == f"key-confirmed:{key.id}" for mail in rows(store, Mail)),
        sum(
            (event.action, event.subject) == ("key.confirmed", f"key:{key.id}")
            for event in rows(store, AuditEvent)
        ),
    )


def verdict_of(store: Store, person: Person) -> set[Verdict]:
    """Give what became of a person's attempts."""
    subject = f"account:{person.account_id}"
    return {attempt.verdict for attempt in rows(store, Attempt) if attempt.subject == subject}


ALL, NOTHING = (1, 1, 1, 1), (0, 0, 0, 0)


def test_a_kill_at_any_point_leaves_all_or_nothing(
    address: str, store: Store, kemper: Person
) -> None:
    people = strangers(store, MOST_POINTS)
    typed = issued(store, MOST_POINTS)
    licence = check_key(store, kemper, typed[0]).licence
    checked = [CheckedKey(read_key(key), 50, licence) for key in typed]
    found: list[tuple[int, ...]] = []
    for point in crashes(confirms_and_dies, address, people, checked):
        person, key = people[point], typed[point]
        there = what_is_there(store, person, key)
        found.append(there)
        assert there in (ALL, NOTHING)
        # Only what was never told can be pending; the attempt is settled together with the key.
        assert verdict_of(store, person) <= {Verdict.FREE if there == ALL else Verdict.PENDING}
        try:
            confirm_key(store, person, checked[point], licence_accepted=True)
            assert there == NOTHING
        except KeyAlreadyHere:
            assert there == ALL
        assert what_is_there(store, person, key) == ALL
    # There were kills on both sides of the commit, and the one turn from nothing to all was there.
    assert len(found) > 30
    assert found == sorted(found)
    assert {found[0], found[-1]} == {NOTHING, ALL}
    assert all(check.sound for check in examine(store))
