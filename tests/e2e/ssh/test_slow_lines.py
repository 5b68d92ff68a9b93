"""What a line has to carry, at 80x24: the budgets of issue 5."""

from store.demo import DISTRIBUTOR
from tests.e2e.conftest import enter
from tests.e2e.ssh.conftest import Come

STILL = 0.5
"""Seconds after which a desk that was given a key has nothing more to write."""
PAGE, ROW, SIGN = 5 * 1024, 350, 80


def test_a_slow_line_carries_little(come: Come) -> None:
    desk = come()
    desk.sees("Demostración")
    desk.hears(STILL)
    assert len(desk.raw) <= PAGE, "the first page"
    assert desk.hears(1) == b"", "the cursor in a field, and nobody types"

    desk.type("e")
    assert 0 < len(desk.hears(STILL)) <= SIGN
    desk.press("ctrl+u")
    desk.hears(STILL)
    before = len(desk.raw)
    enter(desk, DISTRIBUTOR)
    desk.sees("1-16 de 28")
    desk.hears(STILL)
    assert len(desk.raw) - before <= PAGE, "what was typed, and the list"
    desk.press("down")
    assert 0 < len(desk.hears(STILL)) <= ROW
    assert desk.hears(2) == b"", "the list, and nobody does anything"
