"""What comes together is drawn together."""

from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Label

from tui.painting.app import PaintedApp


class CountingDesk(PaintedApp, inherit_bindings=False):
    """Says something, and counts its frames."""

    frames = 0

    def compose(self) -> ComposeResult:
        yield Label("listo")

    def post_display_hook(self) -> None:
        self.frames += 1


async def said(desk: CountingDesk, pilot: Pilot[None], words: str) -> int:
    """Say something else, and count the frames that it takes."""
    before = desk.frames
    desk.query_one(Label).update(words)
    await pilot.pause(0.05)
    return desk.frames - before


async def test_nothing_is_drawn_while_it_is_held_and_all_at_its_end() -> None:
    desk = CountingDesk()
    async with desk.run_test() as pilot:
        assert await said(desk, pilot, "antes") > 0
        draw = desk.hold_drawing(20)
        assert await said(desk, pilot, "uno") == 0
        assert await said(desk, pilot, "dos") == 0
        before = desk.frames
        draw()
        await pilot.pause(0.05)
        assert desk.frames > before
        draw()
        assert await said(desk, pilot, "después") > 0


async def test_it_ends_by_itself() -> None:
    desk = CountingDesk()
    async with desk.run_test() as pilot:
        desk.hold_drawing(0.1)
        assert await said(desk, pilot, "uno") == 0
        before = desk.frames
        await pilot.pause(0.2)
        assert desk.frames > before


async def test_one_that_is_held_longer_holds() -> None:
    desk = CountingDesk()
    async with desk.run_test() as pilot:
        shorter, longer = desk.hold_drawing(20), desk.hold_drawing(20)
        shorter()
        assert await said(desk, pilot, "uno") == 0
        longer()
        await pilot.pause(0.05)
        assert await said(desk, pilot, "dos") > 0
