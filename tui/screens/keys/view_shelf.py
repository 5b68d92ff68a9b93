"""The way through the windows of «Mis vistas»: each step is done, and the views are asked for again."""

from __future__ import annotations

from textual.app import App

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
from tui.screens.ask_text import AskText
from tui.screens.keys.views import PickView, Step
from tui.screens.yes_or_no import YesOrNo
from tui.visit import Visit

FIRST_VIEW = KeyView(KeyQuery(), tuple(KeyColumn))
"""What everybody begins with: two months, newest first, all columns."""


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
