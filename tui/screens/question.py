"""A question over the page: it takes all keys, answers with a type of its own, and changes nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.widget import Widget

from store.text import _
from tui.clean import content
from tui.screens.greyed import Parameters, greyed_action
from tui.screens.window import Window
from tui.widgets.field import Refused
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tui.app import DeskApp

Answer = TypeVar("Answer")


class Question(Window[Answer | None], inherit_bindings=False):
    """A box in the middle of the page. Escape answers `None`: nothing happened."""

    BINDINGS = [
        Binding("escape", "give_up", _("Volver"), id="question.back", tooltip=_("Cerrar sin cambiar nada.")),
        Binding("question_mark,f1", "app.help", _("Ayuda"), id="question.help", tooltip=_("Las teclas de aquí.")),
        Binding("tab", "app.focus_next", _("Siguiente"), show=False, id="question.next",
                tooltip=_("Ir al campo siguiente.")),
        Binding("shift+tab", "app.focus_previous", _("Anterior"), show=False, id="question.previous",
                tooltip=_("Ir al campo anterior.")),
        Binding("f10,ctrl+d", "app.leave", _("Salir"), show=False, id="question.leave",
                tooltip=_("Dejar el escritorio.")),
        Binding("ctrl+l", "app.redraw", _("Repintar"), show=False, id="question.redraw",
                tooltip=_("Dibujar de nuevo la pantalla.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Question { align: center middle; }
    Question > .dialog { width: 66; height: auto; max-height: 100%; padding: 0 1; }
    Question > .dialog > Label { width: 1fr; }
    Question .buttons { width: 1fr; height: auto; align-horizontal: center; margin-top: 1; }
    """

    loses_something = True

    title_words = ""
    """What stands in the box's border."""

    def compose(self) -> ComposeResult:
        """Put the box over the page and the keys below it."""
        box = Vertical(*self.ask(), classes="dialog")
        box.border_title = content(self.title_words)
        yield box
        yield KeyBar()

    def ask(self) -> Iterable[Widget]:
        """Give what stands in the box."""
        raise NotImplementedError

    def on_key(self, event: Key) -> None:
        """Answer a key that is greyed, where the window says what it refuses."""
        greyed = greyed_action(self, event.key)
        if greyed is not None:
            self.query(Refused).last().say(self.why_not(*greyed))

    def check_action(self, action: str, parameters: Parameters) -> bool | None:
        """Grey what cannot be done now."""
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say why an action cannot be done now; nothing where it can."""
        return ""

    def action_give_up(self) -> None:
        """Answer nothing."""
        self.dismiss(None)

    def forget_typed(self) -> None:
        """Drop the keys typed ahead, after a refusal: they were meant for the window that it keeps from coming."""
        cast("DeskApp", self.app).forget_typed()
