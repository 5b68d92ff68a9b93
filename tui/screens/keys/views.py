"""«Mis vistas»: which view, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from textual import on
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from store.keys.views import ViewName
from store.text import _
from tui.clean import content
from tui.screens.greyed import Parameters, unless
from tui.screens.question import Question
from tui.widgets.field import Refused
from tui.widgets.options import Options


class Step(Enum):
    """What is to be done with the view under the cursor."""

    OPEN = "open"
    SAVE = "save"
    REPLACE = "replace"
    RENAME = "rename"
    DELETE = "delete"
    DEFAULT = "default"


@dataclass(frozen=True)
class Choice:
    """A step, and the view that it is about; `None` is the one that everybody begins with."""

    step: Step
    view: ViewName | None


class PickView(Question[Choice]):
    """Ask for a view and what to do with it."""

    title_words = _("Mis vistas")

    BINDINGS = [
        Binding("n", "choose('save')", _("Guardar como nueva"), id="views.save",
                tooltip=_("Guardar con un nombre lo que muestra la lista.")),
        Binding("d", "choose('default')", _("Al entrar"), id="views.default",
                tooltip=_("Empezar con esta vista al entrar, o ya no.")),
        Binding("r", "choose('rename')", _("Renombrar"), id="views.rename", tooltip=_("Dar otro nombre a la vista.")),
        Binding("g", "choose('replace')", _("Guardar aquí"), id="views.replace",
                tooltip=_("Guardar lo que muestra la lista en lugar de esta vista.")),
        Binding("x,delete", "choose('delete')", _("Borrar"), id="views.delete", tooltip=_("Borrar la vista.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PickView OptionList { height: auto; max-height: 14; border: none; padding: 0; margin-top: 1; }
    """

    options = query_one(OptionList)
    refused = query_one(Refused)

    def __init__(self, views: Sequence[ViewName], *, cursor: int | None, said: str = "") -> None:
        """Make the window.

        Args:
            views: Those that are there.
            cursor: The number of the view that the cursor is to stand on.
            said: A sentence about what was asked before.
        """
        super().__init__()
        self._views: list[ViewName | None] = [None, *views]
        self._cursor, self._said = cursor, said

    def ask(self) -> Iterable[Widget]:
        """Give the views, the one that the list begins with marked."""
        yield Label(content(_("Enter abre; * es la vista con que empiezas.")))
        options = Options(*(Option(content(_words_of(view))) for view in self._views), compact=True)
        numbers = [None if view is None else view.id for view in self._views]
        options.highlighted = numbers.index(self._cursor) if self._cursor in numbers else 0
        yield options
        yield Refused()

    def on_mount(self) -> None:
        """Say what came of the last step."""
        self.refused.say(self._said)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say what the view of everybody does not take."""
        changes = action == "choose" and parameters[0] in ("rename", "delete", "replace")
        return unless(
            not changes or self._view() is not None,
            _("La vista inicial es de todos: no se cambia ni se borra."),
        )

    def _view(self) -> ViewName | None:
        return self._views[self.options.highlighted or 0] if self.is_mounted else None

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        self.dismiss(Choice(Step.OPEN, self._view()))

    def action_choose(self, step: str) -> None:
        """Answer with a step."""
        self.dismiss(Choice(Step(step), self._view()))


def _words_of(view: ViewName | None) -> str:
    if view is None:
        return _("  Vista inicial del escritorio")
    return f"{'*' if view.is_default else ' '} {view.name}"
