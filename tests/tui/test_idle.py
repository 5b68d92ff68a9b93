"""Nobody at the keyboard: a warning, then the lock, then the end; on a watch that a test winds."""

from pathlib import Path

import pytest

from store.accounts.bound_keys import bind_key
from store.accounts.public_key import read_public_key
from store.accounts.tables import DeskSession, KeyUse, SessionEnd
from store.attempts.tables import AttemptKind, Verdict
from store.audit.tables import AuditEvent
from store.demo import DISTRIBUTOR, GOOD_50, PASSWORD
from store.installation.store import Store
from tests.conftest import Picture
from tests.store.accounts.test_public_key import ANAS
from tests.store.contents import rows, verdicts
from tests.store.lots import CONSOLE
from tests.store.watch import Watch
from tests.tui.people import block
from tests.tui.person import Person, at_the_desk
from tests.tui.seconds import Seconds, idles
from tui.idle import Idle, IdleTimes, Stage
from tui.screens.locked import Locked

WARNING = "La sesión se bloqueará en 15 segundos; pulsa una tecla."
LOCK = f"{DISTRIBUTOR} está dentro. Escribe su contraseña para seguir, o sal con F10."
WRONG = "La contraseña no es correcta."


def stage_after(times: IdleTimes, passed: float) -> tuple[Stage, float | None]:
    seconds = Seconds()
    idle = Idle(times, seconds)
    idle.stir()
    seconds.now = passed
    return idle.stage, idle.until_next


@pytest.mark.parametrize(
    ("times", "passed", "due"),
    [
        (IdleTimes(15, 600, 3600), 0, (Stage.OPEN, 585)),
        (IdleTimes(15, 600, 3600), 585, (Stage.WARNED, 15)),
        (IdleTimes(15, 600, 3600), 600, (Stage.LOCKED, 3000)),
        (IdleTimes(15, 600, 3600), 3600, (Stage.OVER, None)),
        (IdleTimes(0, 600, 0), 599, (Stage.OPEN, 1)),
        (IdleTimes(0, 600, 0), 600, (Stage.LOCKED, None)),
        (IdleTimes(15, 0, 60), 45, (Stage.WARNED, 15)),
        (IdleTimes(15, 10, 0), 0, (Stage.WARNED, 10)),
        (IdleTimes(15, 0, 0), 1e9, (Stage.OPEN, None)),
    ],
)
def test_what_is_due_when(times: IdleTimes, passed: float, due: tuple[Stage, float | None]) -> None:
    assert stage_after(times, passed) == due


def test_nobody_is_missed_before_the_first_key() -> None:
    seconds = Seconds()
    idle = Idle(IdleTimes(15, 0, 60), seconds)
    seconds.now = 1e9
    assert (idle.stage, idle.until_next) == (Stage.OPEN, None)


@pytest.fixture
async def ana(person: Person) -> Person:
    """Whoever is in, with a key half typed."""
    person.app.seconds = Seconds()
    await person.signs_in(DISTRIBUTOR)
    await person.presses("a")
    await person.types("38SQ-Y7AU")
    return person


async def test_the_warning(ana: Person, picture: Picture) -> None:
    """A small box over everything: what comes, and how soon."""
    await idles(ana, 585)
    await picture(ana.pilot)


async def test_the_lock(ana: Person, picture: Picture) -> None:
    """Who is in and a field for the password; nothing of the desk but the keys that work."""
    await idles(ana, 600)
    await picture(ana.pilot)


async def test_the_warning_takes_one_key_and_nothing_else_happens(ana: Person) -> None:
    await idles(ana, 585)
    ana.sees(WARNING)
    await ana.presses("f10")
    ana.sees_not(WARNING)
    ana.sees("Llevas 8 de 16 caracteres.")
    await idles(ana, 584)
    ana.sees_not(WARNING)


async def test_who_types_on_loses_no_sign(ana: Person) -> None:
    await idles(ana, 585)
    await ana.types("-NS7R")
    ana.sees_not(WARNING)
    ana.sees("Llevas 12 de 16 caracteres.")


async def test_the_lock_shows_nothing_and_keeps_everything(ana: Person) -> None:
    await idles(ana, 600)
    ana.sees("Sesión bloqueada", LOCK)
    ana.sees_not("38SQ", "Captura", "Timbres", "EMPRESA")
    await ana.presses("escape", "tab", "f2", "enter")
    ana.sees("Escribe tu contraseña.")
    await ana.types(PASSWORD)
    await ana.presses("enter")
    ana.sees_not("bloqueada")
    ana.sees("38SQ-Y7AU", "Llevas 8 de 16 caracteres.")
    await ana.types(GOOD_50[9:])
    await ana.presses("enter")
    ana.sees("válida")


async def test_another_person_does_not_get_in_and_their_guesses_count(
    ana: Person, store: Store, watch: Watch
) -> None:
    await idles(ana, 600)
    watch.passes(minutes=10)
    before = len(verdicts(store, AttemptKind.SIGN_IN))
    for _guess in range(5):
        await ana.types("equivocada")
        await ana.presses("enter")
        ana.sees(WRONG)
    await ana.types(PASSWORD)
    await ana.presses("enter")
    ana.sees("Demasiados intentos. Vuelve a intentar a las 13:25.")
    assert verdicts(store, AttemptKind.SIGN_IN)[before:] == [Verdict.COUNTED] * 5
    assert rows(store, AuditEvent)[-1].action == "session.unlock_refused"


async def test_what_is_typed_behind_the_password_reaches_nothing(ana: Person) -> None:
    await idles(ana, 600)
    ana.hits(*PASSWORD, "enter", *GOOD_50[9:], "enter")
    await ana.settles()
    ana.sees("Llevas 8 de 16 caracteres.")


async def test_a_window_that_ends_behind_the_lock_takes_only_itself_away(ana: Person) -> None:
    capture = ana.app.screen
    await idles(ana, 600)
    capture.dismiss(None)
    await ana.settles()
    assert isinstance(ana.app.screen, Locked)
    await ana.types(PASSWORD)
    await ana.presses("enter")
    ana.sees("Claves prepago")
    ana.sees_not("Captura", "bloqueada")


async def test_a_window_that_would_come_waits_behind_the_lock(ana: Person) -> None:
    await ana.presses("escape")
    await idles(ana, 600)
    page = ana.app.screen_stack[1]
    await page.run_action("filter")
    await ana.settles()
    ana.sees(LOCK)
    ana.sees_not("Filtro")
    await ana.types(PASSWORD)
    await ana.presses("enter")
    ana.sees("Filtro")


async def test_who_was_blocked_meanwhile_stays_out(ana: Person, store: Store) -> None:
    await idles(ana, 600)
    block(store, DISTRIBUTOR)
    await ana.types(PASSWORD)
    await ana.presses("enter")
    ana.sees("Tu cuenta está bloqueada. Llama a soporte.")


async def test_f10_ends_a_locked_session(ana: Person, store: Store) -> None:
    await idles(ana, 600)
    await ana.presses("f10")
    assert ana.has_left
    assert rows(store, DeskSession)[-1].ending is SessionEnd.LEFT


@pytest.fixture
async def by_key(
    person: Person, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Person:
    """Whoever came in by a public key, which is enough for this account."""
    said = tmp_path / "authentication"
    said.write_text(f"publickey {ANAS}\n")
    monkeypatch.setenv("SSH_USER_AUTH", str(said))
    with store.writing() as session:
        key, now = read_public_key(ANAS), store.clock.now()
        bind_key(session, CONSOLE, DISTRIBUTOR, key, KeyUse.INSTEAD, now=now)
    person.app.seconds = Seconds()
    await person.types(DISTRIBUTOR)
    await person.presses("enter", "enter")
    person.sees("Claves prepago", "3 Productos")
    return person


async def test_who_came_by_key_alone_unlocks_with_the_password_all_the_same(by_key: Person) -> None:
    """The line is open already, so the key says nothing of who sits there now; a password everybody has."""
    await idles(by_key, 600)
    await by_key.presses("enter")
    by_key.sees("Escribe tu contraseña.")
    await by_key.types(PASSWORD)
    await by_key.presses("enter")
    by_key.sees("Claves prepago")


async def test_or_leaves_and_finds_the_cart_again(by_key: Person, store: Store) -> None:
    await idles(by_key, 600)
    await by_key.presses("f10")
    assert by_key.has_left
    async with at_the_desk(store) as again:
        await again.types(DISTRIBUTOR)
        await again.presses("enter", "enter")
        again.sees("Claves prepago", "3 Productos")


async def test_the_end_comes_whoever_presses_keys_on_the_lock(ana: Person, store: Store) -> None:
    await idles(ana, 600)
    await idles(ana, 2999)
    await ana.types("x")
    await idles(ana, 1)
    assert ana.has_left
    assert rows(store, DeskSession)[-1].ending is SessionEnd.IDLE


async def test_a_terminal_made_small_shows_no_more_behind_the_lock(ana: Person) -> None:
    await idles(ana, 600)
    await ana.pilot.resize_terminal(60, 10)
    await ana.settles()
    ana.sees("La terminal es muy pequeña")
    await ana.pilot.resize_terminal(80, 24)
    await ana.settles()
    ana.sees(LOCK)
