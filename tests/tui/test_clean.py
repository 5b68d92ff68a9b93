"""Data reaches the screen literally, and without signs that act on the terminal."""

import pytest
from textual.content import Content
from textual.widgets import Label

from tests.tui.showcase import Showcase
from tui.clean import content

HOSTILE = [
    "ACME [/] S.A.",
    "[@click=app.quit]gratis[/]",
    "\x1b]52;c;aG9sYQ==\x07",
    "\x9b2J\x00",
    "\u202egnp.exe",
    "Ñandú & Cía.",
]


@pytest.mark.parametrize("value", HOSTILE)
async def test_a_hostile_name_is_only_text(value: str) -> None:
    app = Showcase(lambda: Label(content(value)))
    async with app.run_test():
        shown = "".join(segment.text for segment in app.segments())
        assert shown.isprintable()
        assert shown.count(content(value).plain) == 1


def test_markup_stays_as_it_was_typed() -> None:
    assert content("ACME [/] S.A.").plain == "ACME [/] S.A."


def test_content_that_is_ready_is_not_read_again() -> None:
    ready = Content.from_markup("[b]Total[/b]")
    assert content(ready) is ready


def test_long_data_is_cut() -> None:
    assert content("x" * 500).plain == "x" * 299 + "…"
    assert content("x" * 500, limit=10).plain == "x" * 9 + "…"
