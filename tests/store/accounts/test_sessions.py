"""Sessions: each signing in opens one, and it ends once, by whoever is first."""

from dataclasses import replace

from store.accounts.person import Person, Power, require
from store.accounts.sessions import (
    LOST_AFTER,
    beat,
    end_session,
    is_over,
    list_all_sessions,
    list_sessions,
)
from store.accounts.signing_in import Door, sign_in, sign_out
from store.accounts.tables import DeskSession, SessionEnd
from store.accounts.unlocking import unlock
from store.attempts.tables import AttemptKind, Verdict
from store.audit.tables import AuditEvent
from store.demo import CUSTOMER, DISTRIBUTOR, PASSWORD
from store.errors import Mistyped, NotAllowed, NotFound, SessionEnded, WrongPassword
from store.installation.store import Store
from tests.store.contents import contents, rows, verdicts
from tests.store.lots import CONSOLE
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch

GONE = "Esa sesión ya no está abierta."
ENDED = "Tu sesión se terminó desde otro lugar."


def enters(store: Store, origin: str = "192.0.2.1", username: str = DISTRIBUTOR) -> Person:
    door = Door.DISTRIBUTORS if username == DISTRIBUTOR else Door.CUSTOMERS
    return sign_in(store, username, PASSWORD, door=door, origin=origin).person


def ends(store: Store, person: Person, session_id: int | None) -> None:
    with store.writing() as session:
        assert session_id is not None
        end_session(session, person, session_id, now=store.clock.now())


def places(store: Store, person: Person) -> list[str]:
    with store.reading() as session:
        return [row.origin for row in list_sessions(session, person, now=store.clock.now())]


def over(store: Store, person: Person) -> bool:
    with store.reading() as session:
        return is_over(session, person)


def test_one_sees_ones_own_the_newest_first(store: Store, watch: Watch) -> None:
    there = enters(store, "192.0.2.1 SHA256:abc")
    watch.passes(minutes=1)
    here = enters(store, "/dev/tty1")
    enters(store, "192.0.2.9", CUSTOMER)
    assert places(store, here) == places(store, there) == ["/dev/tty1", "192.0.2.1 SHA256:abc"]
    with store.reading() as session:
        listed = list_all_sessions(session, CONSOLE, now=store.clock.now())
        assert {row.username for row in listed} == {DISTRIBUTOR, CUSTOMER}
        with refused(NOT_ALLOWED, NotAllowed):
            list_all_sessions(session, here, now=store.clock.now())


def test_one_that_is_ended_can_do_nothing_more(store: Store) -> None:
    there, here = enters(store), enters(store)
    ends(store, here, there.session_id)
    assert places(store, here) == ["192.0.2.1"]
    assert over(store, there)
    assert not over(store, here)
    with store.reading() as session, refused(ENDED, SessionEnded):
        require(session, there, Power.LOOK)
    event = rows(store, AuditEvent)[-1]
    assert (event.action, event.subject) == ("session.ended", f"session:{there.session_id}")
    before = contents(store)
    sign_out(store, there)
    assert contents(store) == before
    with refused(GONE, NotFound):
        ends(store, here, there.session_id)


def test_nobody_ends_anothers_but_an_admin(store: Store) -> None:
    mine, anothers = enters(store), enters(store, username=CUSTOMER)
    for number in (anothers.session_id, 4711):
        with refused(GONE, NotFound):
            ends(store, mine, number)
    ends(store, CONSOLE, anothers.session_id)
    assert rows(store, DeskSession)[-1].ending is SessionEnd.ENDED


def test_leaving_ends_it(store: Store) -> None:
    person = enters(store)
    sign_out(store, person, SessionEnd.IDLE)
    kept = rows(store, DeskSession)[-1]
    assert (kept.ending, kept.ended_at) == (SessionEnd.IDLE, store.clock.now())
    assert places(store, enters(store)) == ["192.0.2.1"]


def test_one_whose_process_was_killed_is_not_listed(store: Store, watch: Watch) -> None:
    killed, alive = enters(store, "killed"), enters(store, "alive")
    watch.passes(seconds=LOST_AFTER.total_seconds())
    with store.writing() as session:
        beat(session, alive, now=store.clock.now())
    assert places(store, alive) == ["alive"]
    with store.writing() as session:  # it was only very slow
        beat(session, killed, now=store.clock.now())
    assert places(store, alive) == ["alive", "killed"]


def test_a_beat_opens_nothing_again(store: Store) -> None:
    person = enters(store)
    ends(store, person, person.session_id)
    before = contents(store)
    with store.writing() as session:
        beat(session, person, now=store.clock.now())
    assert contents(store) == before


class TestUnlocking:
    """The password of whoever is in, typed again."""

    def test_the_right_one_unlocks(self, store: Store) -> None:
        person = enters(store)
        unlock(store, person, PASSWORD)
        assert rows(store, AuditEvent)[-1].action == "session.unlocked"
        assert verdicts(store, AttemptKind.SIGN_IN)[-1] is Verdict.FREE

    def test_anothers_does_not_and_counts(self, store: Store) -> None:
        person = enters(store)
        with refused("La contraseña no es correcta.", WrongPassword):
            unlock(store, person, "equivocada")
        assert verdicts(store, AttemptKind.SIGN_IN)[-1] is Verdict.COUNTED
        with refused("Escribe tu contraseña.", Mistyped):
            unlock(store, person, "")

    def test_nor_does_any_once_the_session_was_ended(self, store: Store) -> None:
        person = enters(store)
        ends(store, person, person.session_id)
        with refused(ENDED, SessionEnded):
            unlock(store, person, PASSWORD)
        with refused(ENDED, SessionEnded):
            unlock(store, replace(person, session_id=None), PASSWORD)
