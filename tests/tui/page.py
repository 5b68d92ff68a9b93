"""A page with keys of its own, around widgets under test."""

from collections.abc import Callable

from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Button

from tests.tui.showcase import Showcase
from tui.widgets.radio_mark import RadioMarks


class Page(Showcase):
    """A page that counts what reaches it and has keys of its own."""

    BINDINGS = [
        Binding("enter", "confirm", "Confirmar", id="desk.confirm"),
        Binding("a", "activate", "Activar", id="desk.activate"),
        Binding("g", "group", "Agrupar", id="desk.group"),
        Binding("x", "secret", "Secreto", id="desk.secret", show=False),
        Binding("question_mark,f1", "help", "Ayuda", id="desk.help"),
        Binding("f10", "leave", "Salir", id="desk.leave"),
    ]

    def __init__(self, *makers: Callable[[], Widget]) -> None:
        super().__init__(*makers)
        self.confirmed = 0
        self.pressed: list[str] = []
        self.chosen: list[int] = []

    def action_confirm(self) -> None:
        self.confirmed += 1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "group" else True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.pressed.append(str(event.button.label))

    def on_radio_marks_changed(self, event: RadioMarks.Changed) -> None:
        self.chosen.append(event.chosen)
