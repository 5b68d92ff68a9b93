"""The look on a plain terminal: a console's font, sixteen colours, two, or none."""

from collections.abc import Callable

import pytest
from rich.style import Style
from textual.widget import Widget
from textual.widgets import Checkbox, Input, OptionList, TextArea

from store.demo import DISTRIBUTOR
from store.installation.store import Store
from tests.tui.person import at_the_desk
from tests.tui.showcase import Showcase
from tui.glyphs import CONSOLE_GLYPHS, SUBSTITUTES
from tui.widgets.button import DeskButton
from tui.widgets.key_bar import KeyBar
from tui.widgets.radio_mark import RadioMarks
from tui.widgets.text_field import TextField
from tui.widgets.tick_box import TickBox

WIDGETS: list[Callable[[], Widget]] = [
    lambda: DeskButton("Iniciar sesión"),
    lambda: TickBox("Acepto la Licencia de Uso.", value=True),
    lambda: RadioMarks("RFC", "Usuario"),
    lambda: TextField("empresasis"),
    lambda: Input(placeholder="dd/mm/aaaa"),
    lambda: Checkbox("Acepto"),
    lambda: OptionList("Disponible", "Utilizada"),
    lambda: TextArea("Licencia\n" * 40),
]

every_widget = pytest.mark.parametrize("make", WIDGETS)


@every_widget
async def test_every_glyph_is_in_a_consoles_font(
    make: Callable[[], Widget], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    app = Showcase(make, KeyBar)
    async with app.run_test() as pilot:
        for key in ("tab", "enter"):
            assert set(app.text) - {"\n"} <= CONSOLE_GLYPHS
            await pilot.press(key)
        assert set(app.text) - {"\n"} <= CONSOLE_GLYPHS


@every_widget
async def test_borders_need_no_substitute(make: Callable[[], Widget]) -> None:
    app = Showcase(make)
    async with app.run_test() as pilot:
        for _ in range(2):
            drawn = set(app.text) & set(map(chr, SUBSTITUTES))
            assert drawn <= set("▁▂▃▅▆▇▐▌●"), "only Textual's own marks and scrollbars"
            await pilot.press("tab")


@every_widget
async def test_nothing_is_drawn_in_the_colour_of_its_ground(make: Callable[[], Widget]) -> None:
    app = Showcase(make, KeyBar)
    async with app.run_test() as pilot:
        for _ in range(2):
            for segment in app.segments():
                style = segment.style or Style()
                # The half blocks at the sides of Textual's own marks are meant to vanish.
                if segment.text.strip(" ▐▌"):
                    assert style.color != style.bgcolor, (segment.text, str(style))
            await pilot.press("tab")


@every_widget
async def test_only_the_sixteen_colours_are_used(make: Callable[[], Widget]) -> None:
    app = Showcase(make, KeyBar)
    async with app.run_test() as pilot:
        for _ in range(2):
            for segment in app.segments():
                style = segment.style or Style()
                for color in (style.color, style.bgcolor):
                    assert color is None or color.number is not None
                    assert color is None or (color.number or 0) < 16
            await pilot.press("tab")


@every_widget
@pytest.mark.parametrize("no_color", [False, True])
async def test_the_focus_shows_in_reverse_video(
    make: Callable[[], Widget], no_color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = Showcase(make, lambda: DeskButton("Otro"))
    async with app.run_test() as pilot:
        focused = app.in_reverse_video()
        await pilot.press("tab")
        await pilot.pause()
        assert focused != app.in_reverse_video()
        assert "[ Otro ]" in app.in_reverse_video()


async def test_in_ascii_the_row_under_the_cursor_has_a_mark_besides(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCRITORIO_ASCII", "1")
    async with at_the_desk(store) as person:
        await person.signs_in(DISTRIBUTOR)
        await person.presses("down")
        (marked,) = (line for line in person.text.splitlines() if line.startswith(">"))
        assert marked.startswith(">AHJ6-****-****-8P3W")
        for keys, line in (
            (("o", "down"), "> F. Activación"),
            (("escape", "c", "down"), ">[x] Cantidad"),
            (("escape", "m", "up"), "> (Cursos)"),
            (("escape", "f", "tab", "tab"), ">[ ] Disponible"),
        ):
            await person.presses(*keys)
            assert person.under_cursor == line
        await person.presses("escape", "o")
        drawn = {sign for sign in person.text if not sign.isascii()}
        assert all(map(str.isalpha, drawn)), drawn
