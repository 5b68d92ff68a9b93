"""The painter shows what stock Textual shows, cell by cell, in every frame of some minutes at the desk."""

import pytest

from store.demo import DISTRIBUTOR, GOOD_50
from store.installation.store import Store
from tests.tui.person import at_the_desk
from tests.tui.two_screens import TwoScreens, watch

SMALL, WIDE = (80, 24), (120, 30)


@pytest.mark.parametrize("erases_in_colour", [True, False], ids=["xterm", "vt100"])
async def test_every_frame_looks_the_same(store: Store, erases_in_colour: bool) -> None:
    """Scroll, open and close windows over windows, activate a key."""
    screens = TwoScreens(erases_in_colour=erases_in_colour)
    async with at_the_desk(store, SMALL, lambda app: watch(app, screens)) as person:
        await person.signs_in(DISTRIBUTOR)
        await person.presses("pagedown", "down", "end", "up", "pageup", "question_mark", "escape")
        await person.activates(GOOD_50)
        await person.presses("f10", "escape")
    assert screens.differences == []
    assert screens.frames > 30
    assert screens.painted_bytes < screens.stock_bytes / 4


async def test_windows_are_resized_with_a_question_open(store: Store) -> None:
    screens = TwoScreens()
    async with at_the_desk(store, WIDE, lambda app: watch(app, screens)) as person:
        await person.signs_in(DISTRIBUTOR)
        await person.presses("pagedown", "a", "3")
        for size in (SMALL, (79, 24), WIDE):
            await person.pilot.resize_terminal(*size)
            await person.settles()
            await person.presses("8")
        await person.presses("escape", "down")
    assert screens.differences == []
