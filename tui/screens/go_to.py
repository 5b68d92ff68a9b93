"""«Ir a»: to which row of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import Mistyped
from store.text import _
from tui.clean import content
from tui.screens.page import Page
from tui.screens.question import Question
from tui.widgets.button import DeskButton
from tui.widgets.field import Field

_PLACE = re.compile(r"(?P<row>\d{1,12}|\d{1,3}(,\d{3})+)|(?P<percent>\d{1,3})\s*%", re.ASCII)


def read_place(typed: str, length: int) -> int:
    """Read a row's number or a part of the list; give the position, from 0.

    Raises:
        Mistyped: It is neither, or beyond the end.
    """
    found = _PLACE.fullmatch(typed.strip())
    if found is None:
        raise Mistyped(_("Escribe el número de una fila, o una parte como 50%."), "place")
    if found["percent"]:
        percent = int(found["percent"])
        if percent > 100:
            raise Mistyped(_("La lista termina en el 100%."), "place")
        return max(0, length * percent // 100 - 1) if percent == 100 else length * percent // 100
    row = int(found["row"].replace(",", ""))
    if not 1 <= row <= length:
        raise Mistyped(_("Las filas van de la 1 a la {last:,}.").format(last=length), "place")
    return row - 1


class GoTo(Question[int]):
    """Ask for a row; the answer is its position, from 0."""

    title_words = _("Ir a")

    BINDINGS = [
        Binding("enter", "go", _("Ir"), id="go-to.go", tooltip=_("Ir a esa fila.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    GoTo > .dialog { width: 48; }
    """

    place = query_one("#place", Field)

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length

    def ask(self) -> Iterable[Widget]:
        """Give one field."""
        yield Label(
            content(
                _("Una fila de la 1 a la {last:,}, o una parte: 50%.").format(last=self._length)
            )
        )
        yield Field(_("Fila"), longest=20, compact=True, id="place")
        yield Horizontal(DeskButton(_("Ir")), classes="buttons")

    @on(DeskButton.Pressed)
    def action_go(self) -> None:
        """Answer with the position."""
        try:
            position = read_place(self.place.value, self._length)
        except Mistyped as refusal:
            self.forget_typed()
            self.place.refuse(refusal.sentence)
        else:
            self.dismiss(position)


async def ask_where(page: Page, length: int, *, is_exact: bool) -> int | None:
    """Ask for a row of a page's list; `None` is to stay.

    Args:
        page: Whose list it is.
        length: How many rows it has.
        is_exact: Whether all of them are counted.
    """
    if not is_exact:
        page.say(_("Todavía se cuentan las filas; intenta en un momento."))
        return None
    return await page.app.push_screen_wait(GoTo(length))
