"""The line at the bottom: which keys work now, as far as there is room to say so."""

import pytest

from tests.tui.page import Page
from tui.widgets.key_bar import KeyBar, KeyEntry, fitting
from tui.widgets.text_field import TextField
from tui.widgets.tick_box import TickBox


async def test_the_bar_names_the_keys_in_their_order() -> None:
    app = Page(KeyBar)
    async with app.run_test():
        bar = " Enter Confirmar  a Activar  g (Agrupar)  ? Ayuda  F10 Salir"
        assert app.text.splitlines()[-1] == bar


async def test_the_bar_follows_the_focus() -> None:
    app = Page(TextField, lambda: TickBox("Sí"), KeyBar)
    async with app.run_test() as pilot:
        await pilot.pause()
        # In a field a letter is typed, `?` too.
        assert app.text.splitlines()[-1].endswith(" F1 Ayuda  F10 Salir")
        assert "Activar" not in app.text
        await pilot.press("tab")
        await pilot.pause()
        assert app.text.splitlines()[-1].startswith(" Espacio Marcar  Enter Confirmar  a Activar")


async def test_a_key_that_does_nothing_now_is_greyed() -> None:
    app = Page(KeyBar)
    async with app.run_test():
        dim = [s.text for s in app.segments() if s.style is not None and s.style.dim]
        assert dim == ["g (Agrupar)"]


async def test_help_stays_when_room_lacks() -> None:
    app = Page(KeyBar)
    async with app.run_test(size=(30, 5)) as pilot:
        assert app.text.splitlines()[-1] == " Enter Confirmar  ? Ayuda"
        await pilot.resize_terminal(37, 5)
        await pilot.pause()
        assert app.text.splitlines()[-1] == " Enter Confirmar  a Activar  ? Ayuda"


@pytest.mark.parametrize(
    ("width", "kept"), [(7, "?"), (12, "?"), (13, "a?"), (17, "a?"), (18, "ab?"), (99, "ab?c")]
)
def test_entries_are_kept_whole(width: int, kept: str) -> None:
    entries = [KeyEntry("a", "b"), KeyEntry("b", "c"), KeyEntry("?", "Ayuda", is_help=True)]
    entries.append(KeyEntry("c", "d"))
    shown = fitting(entries, width)
    assert "".join(entry.key for entry in shown) == kept
