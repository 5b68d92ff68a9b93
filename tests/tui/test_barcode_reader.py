"""A barcode reader that types as a keyboard does: sixteen signs within milliseconds, then its own idea of Enter."""

import pytest

from store.attempts.tables import AttemptKind, Verdict
from store.demo import GOOD_50, GOOD_200, VOID
from store.installation.store import Store
from store.keys.tables import KeyState
from tests.store.contents import kept, verdicts
from tests.store.refusals import UNAVAILABLE
from tests.tui.person import Person
from tui.keyboard import LenientParser

NOT_HERE = "Aquí no se captura otra clave: antes confirma o deja esta."
VALID = "Clave 38SQ-Y7AU-NS7R-UHBE válida (incluye 50 Timbres)"
BARE = GOOD_50.replace("-", "")


def read(person: Person, *codes: str) -> None:
    """Send what a reader sends, through the parser that the terminal's bytes go through."""
    parser = LenientParser()
    for code in codes:
        for message in parser.read(code):
            message.set_sender(person.app)
            person.app.post_message(message)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("code", [BARE, BARE.lower(), GOOD_50, GOOD_50.replace("-", " ")])
async def test_a_key_is_read_whatever_its_shape_and_its_enter(
    distributor: Person, code: str, end: str
) -> None:
    await distributor.presses("a")
    read(distributor, code + end)
    await distributor.settles()
    distributor.sees(VALID, "[ ] Acepto")
    distributor.sees_not("Debes aceptar")


async def test_a_tab_after_it_waits_on_the_button(distributor: Person) -> None:
    await distributor.presses("a")
    read(distributor, BARE + "\t")
    await distributor.settles()
    assert distributor.under_cursor == "[ Activar ]"
    await distributor.presses("enter")
    distributor.sees(VALID)


@pytest.mark.parametrize("second", [GOOD_200, GOOD_200.replace("-", ""), "Y ZWZ Y"])
@pytest.mark.parametrize("end", ["\r", "\r\n", "\t"])
async def test_a_second_reading_confirms_nothing(
    distributor: Person, store: Store, second: str, end: str
) -> None:
    """Not at once, nor when the window is there already; the odd number of spaces would tick the box."""
    await distributor.presses("a")
    read(distributor, f"{BARE}\r", f"{second}{end}")
    await distributor.settles()
    distributor.sees(VALID, "[ ] Acepto", NOT_HERE)
    read(distributor, second + end)
    await distributor.settles()
    distributor.sees(VALID, "[ ] Acepto")
    assert kept(store, GOOD_50).state is kept(store, GOOD_200).state is KeyState.ISSUED


async def test_a_tick_does_not_outlive_a_reading(distributor: Person, store: Store) -> None:
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space")
    distributor.sees("[x] Acepto")
    for sign in f"{GOOD_200}\r":  # each in a packet of its own
        read(distributor, sign)
        await distributor.settles()
    distributor.sees(VALID, "[ ] Acepto", "Debes aceptar la Licencia de Uso.")
    assert kept(store, GOOD_50).state is KeyState.ISSUED
    await distributor.presses("space", "enter")
    assert kept(store, GOOD_50).state is KeyState.AVAILABLE


async def test_after_a_refusal_the_next_reading_takes_the_place_of_the_last(
    distributor: Person, store: Store
) -> None:
    await distributor.presses("a")
    read(distributor, f"{VOID}\r")
    await distributor.settles()
    distributor.sees(VOID, UNAVAILABLE)
    read(distributor, f"{BARE}\r")
    await distributor.settles()
    distributor.sees(VALID)
    assert verdicts(store, AttemptKind.KEY) == [Verdict.COUNTED, Verdict.FREE]


async def test_a_refused_key_can_still_be_mended(distributor: Person) -> None:
    await distributor.presses("a")
    await distributor.types("38sqy7auns7ruhbb")
    await distributor.presses("enter")
    await distributor.presses("backspace")
    await distributor.types("e")
    distributor.sees(GOOD_50, "Llevas 16 de 16 caracteres.")
    await distributor.types("2")
    distributor.sees("Llevas 17 de 16 caracteres.")
