"""The small widgets: what they show, and which keys they take."""

import pytest
from textual.binding import Binding
from textual.events import Paste
from textual.widget import Widget

from tests.tui.page import Page
from tui.widgets.button import DeskButton
from tui.widgets.radio_mark import RadioMarks
from tui.widgets.text_field import TextField
from tui.widgets.tick_box import TickBox


async def test_space_ticks_and_enter_confirms() -> None:
    app = Page(lambda: TickBox("Acepto la Licencia de Uso."))
    async with app.run_test() as pilot:
        assert "[ ] Acepto la Licencia de Uso." in app.text
        await pilot.press("space")
        assert "[x] Acepto la Licencia de Uso." in app.text
        await pilot.press("enter")
        assert app.query_one(TickBox).value
        assert app.confirmed == 1


@pytest.mark.parametrize("make", [DeskButton, TickBox, RadioMarks])
async def test_words_are_never_markup(make: type[DeskButton | TickBox | RadioMarks]) -> None:
    app = Page(lambda: make("ACME [/] [b]S.A.[/b]"))
    async with app.run_test():
        assert "ACME [/] [b]S.A.[/b]" in app.text


async def test_words_set_later_are_never_markup_either() -> None:
    app = Page(lambda: DeskButton("Activar"), lambda: TickBox("Sí"))
    async with app.run_test() as pilot:
        app.query_one(DeskButton).label = "[/]"
        app.query_one(TickBox).label = "[/x]"
        await pilot.pause()
        assert "[ [/] ]" in app.text
        assert "[ ] [/x]" in app.text


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_button_is_pressed_once(key: str) -> None:
    app = Page(lambda: DeskButton("Activar"))
    async with app.run_test() as pilot:
        assert app.text.startswith(" [ Activar ]\n")
        await pilot.press(key)
        assert app.pressed == ["Activar"]
        assert app.confirmed == 0


async def test_a_button_that_is_off_takes_no_focus() -> None:
    app = Page(lambda: DeskButton("Confirmar", disabled=True))
    async with app.run_test() as pilot:
        assert "[ Confirmar ]" in app.text
        await pilot.press("tab", "enter")
        assert app.pressed == []


async def test_arrows_and_space_move_the_mark_round() -> None:
    app = Page(lambda: RadioMarks("Mi cuenta Aspel", "Acceso a Distribuidores", chosen=1))
    async with app.run_test() as pilot:
        assert "( ) Mi cuenta Aspel   (•) Acceso a Distribuidores" in app.text
        await pilot.press("right")
        assert "(•) Mi cuenta Aspel   ( ) Acceso a Distribuidores" in app.text
        await pilot.press("left", "up", "down", "space")
        assert app.chosen == [0, 1, 0, 1, 0]
        await pilot.press("enter")
        assert app.confirmed == 1


async def test_the_mark_can_be_moved_from_outside() -> None:
    app = Page(lambda: RadioMarks("RFC", "Usuario"))
    async with app.run_test() as pilot:
        app.query_one(RadioMarks).chosen = 1
        await pilot.pause()
        assert "( ) RFC   (•) Usuario" in app.text


async def test_the_cursor_of_a_field_stands_still() -> None:
    app = Page(TextField)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert not app.query_one(TextField).cursor_blink


async def test_a_pasted_text_is_typed_whole() -> None:
    app = Page(TextField)
    async with app.run_test() as pilot:
        app.query_one(TextField).post_message(Paste("38SQ-Y7AU"))
        await pilot.pause()
        assert app.query_one(TextField).value == "38SQ-Y7AU"


@pytest.mark.parametrize("owner", [DeskButton, TickBox, RadioMarks])
def test_every_key_has_an_action_an_id_and_words(owner: type[Widget]) -> None:
    for binding in Binding.make_bindings(owner.BINDINGS):
        assert hasattr(owner, "action_" + binding.action.partition("(")[0])
        assert binding.id
        assert binding.description
        assert binding.tooltip
