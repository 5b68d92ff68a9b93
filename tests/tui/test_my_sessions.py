"""«Mis sesiones»: where one is signed in, and an end to what one does not know."""

import pytest

from store.accounts.sessions import end_session
from store.accounts.signing_in import Door, sign_in
from store.accounts.tables import DeskSession, SessionEnd
from store.demo import DISTRIBUTOR, PASSWORD
from store.errors import SessionEnded
from store.installation.store import Store
from tests.conftest import Picture
from tests.store.contents import rows
from tests.store.lots import CONSOLE
from tests.store.watch import Watch
from tests.tui.person import Person
from tui.session_watch import SessionWatch

ELSEWHERE = "192.0.2.7 SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"


@pytest.fixture
async def ana(
    person: Person, store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> Person:
    """Whoever is in, here and elsewhere."""
    sign_in(store, DISTRIBUTOR, PASSWORD, door=Door.DISTRIBUTORS, origin=ELSEWHERE)
    watch.passes(minutes=2)
    monkeypatch.setattr("tui.connection.origin", lambda: "/dev/tty1")
    await person.signs_in(DISTRIBUTOR)
    return person


async def test_it_names_place_and_time_and_marks_this_one(ana: Person, picture: Picture) -> None:
    """Two sessions, the one that the window stands in marked as «(esta)»; ending it is greyed."""
    await ana.presses("w")
    ana.sees("14/07/2020 13:02 (esta) /dev/tty1", "14/07/2020 13:00 192.0.2.7")
    await picture(ana.pilot)


async def test_another_is_ended_once_that_is_confirmed(ana: Person, store: Store) -> None:
    await ana.presses("w", "x", "enter")
    ana.sees_not("¿Terminar")
    await ana.presses("down", "enter")
    ana.sees("¿Terminar la sesión abierta el 14/07/2020 13:00 desde 192.0.2.7?")
    await ana.presses("enter")
    assert "192.0.2.7" not in ana.words
    assert [row.ending for row in rows(store, DeskSession)] == [SessionEnd.ENDED, None]


async def test_what_was_over_already_says_so(ana: Person, store: Store) -> None:
    await ana.presses("w", "down", "x")
    other = rows(store, DeskSession)[0]
    with store.writing() as session:
        end_session(session, CONSOLE, other.id, now=store.clock.now())
    await ana.presses("enter")
    ana.sees("Esa sesión ya no está abierta.")


async def test_the_desk_that_is_ended_says_one_sentence(ana: Person, store: Store) -> None:
    assert ana.app.visit is not None
    here = ana.app.visit.person
    watch = SessionWatch(store, here, lambda: ana.app.call_later(ana.app._ended_elsewhere))
    assert not watch.is_over(beats=True)
    with store.writing() as session:
        assert here.session_id is not None
        end_session(session, here, here.session_id, now=store.clock.now())
    assert watch.is_over()
    await ana.presses("r")
    assert ana.status == SessionEnded().sentence
    watch._ended()
    await ana.settles()
    assert ana.has_left
    assert str(ana.app._exit_renderables[0]) == SessionEnded().sentence
    assert rows(store, DeskSession)[-1].ending is SessionEnd.ENDED
