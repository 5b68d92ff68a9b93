"""«Mis vistas»: open a saved view, save the one in force, rename, delete, begin with one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from textual import on
from textual.app import App
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from store.errors import Refusal
from store.keys.query import KeyColumn, KeyQuery
from store.keys.views import (
    LONGEST_NAME,
    KeyView,
    ViewName,
    delete_view,
    list_views,
    open_view,
    rename_view,
    replace_view,
    save_view,
    set_default,
)
from store.text import _
from tui.clean import content
from tui.screens.ask_text import AskText
from tui.screens.greyed import Parameters, unless
from tui.screens.question import Question
from tui.screens.yes_or_no import YesOrNo
from tui.visit import Visit
from tui.widgets.field import Refused
from tui.widgets.options import Options

FIRST_VIEW = KeyView(KeyQuery(), tuple(KeyColumn))
"""What everybody begins with: two months, newest first, all columns."""


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


class ViewShelf:
    """The way through the windows of «Mis vistas»."""

    def __init__(self, app: App[None], visit: Visit, now: KeyView) -> None:
        """Begin.

        Args:
            now: What the list shows, to be saved.
        """
        self._app, self._visit, self._now = app, visit, now
        self._cursor: int | None = None

    async def ask(self) -> KeyView | None:
        """Ask until a view is opened, or the person gives up."""
        said = ""
        while True:
            views = await self._visit.look(list_views)
            window = PickView(views, cursor=self._cursor, said=said)
            choice = await self._app.push_screen_wait(window)
            if choice is None:
                return None
            try:
                if choice.step is Step.OPEN:
                    return await self._opened(choice.view)
                said = await self._do(choice.step, choice.view)
            except Refusal as refusal:
                said = refusal.sentence

    async def _opened(self, view: ViewName | None) -> KeyView:
        if view is None:
            return FIRST_VIEW
        self._cursor = view.id
        return await self._visit.look(open_view, view.id)

    async def _do(self, step: Step, view: ViewName | None) -> str:
        """Take a step that leads back to the window; give what there is to say of it."""
        if step is Step.SAVE:
            return await self._save()
        if step is Step.DEFAULT:
            is_off = view is None or view.is_default
            await self._visit.do(set_default, None if view is None or is_off else view.id)
            self._cursor = view.id if view else None
            return ""
        assert view is not None, "the others are greyed there"
        self._cursor = view.id
        match step:
            case Step.REPLACE:
                return await self._replace(view)
            case Step.RENAME:
                return await self._rename(view)
            case _:
                return await self._delete(view)

    async def _save(self) -> str:
        async def save(name: str) -> int:
            self._cursor = await self._visit.do(save_view, name, self._now)
            return self._cursor

        await self._app.push_screen_wait(AskText(_("Guardar vista"), _hint(), _("Nombre"), save))
        return ""

    async def _rename(self, view: ViewName) -> str:
        async def rename(name: str) -> bool:
            await self._visit.do(rename_view, view.id, name)
            return True

        title = _("Renombrar «{name}»").format(name=view.name)
        await self._app.push_screen_wait(AskText(title, _hint(), _("Nombre"), rename))
        return ""

    async def _replace(self, view: ViewName) -> str:
        words = _("¿Guardar en «{name}» lo que muestra la lista ahora?").format(name=view.name)
        if not await self._agrees(_("Guardar aquí"), words, _("Guardar")):
            return ""
        await self._visit.do(replace_view, view.id, self._now)
        return _("Se guardó en «{name}».").format(name=view.name)

    async def _delete(self, view: ViewName) -> str:
        words = _("¿Borrar la vista «{name}»?").format(name=view.name)
        if await self._agrees(_("Borrar"), words, _("Borrar")):
            await self._visit.do(delete_view, view.id)
        return ""

    async def _agrees(self, title: str, words: str, yes: str) -> bool:
        return await self._app.push_screen_wait(YesOrNo(title, words, yes)) is True


def _hint() -> str:
    return _("Filtro, columnas, orden y grupos; hasta {most} caracteres.").format(most=LONGEST_NAME)
