"""A question of several fields, any of which the store may refuse."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget

from store.errors import Mistyped, Refusal
from store.text import _
from tui.screens.question import Answer, Question
from tui.type_ahead import ASKING
from tui.widgets.button import DeskButton
from tui.widgets.field import Field, Refused


class Form(Question[Answer]):
    """Ask for some fields; a refusal stands beside the field that caused it, or below them all."""

    BINDINGS = [
        Binding("enter", "accept", _("Aceptar"), id="form.accept", tooltip=_("Usar lo escrito.")),
    ]  # fmt: skip

    said = query_one("#said", Refused)

    accept_words = _("Aceptar")
    """What the first button says."""

    def ask(self) -> Iterable[Widget]:
        """Give the fields, the sentence and the buttons."""
        yield from self.fields()
        yield Refused(id="said")
        yield Horizontal(
            DeskButton(self.accept_words, id="accept"),
            DeskButton(_("Cancelar"), id="cancel"),
            classes="buttons",
        )

    def fields(self) -> Iterable[Widget]:
        """Give what is asked."""
        raise NotImplementedError

    async def submit(self) -> Answer:
        """Do something with what was typed; the answer is the window's."""
        raise NotImplementedError

    @on(DeskButton.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_give_up()

    @on(DeskButton.Pressed, "#accept")
    def action_accept(self) -> None:
        """Go on to the next field while that is empty, else ask the store."""
        fields = list(self.query(Field))
        for field, following in pairwise(fields):
            if field.input.has_focus and not following.value:
                self.set_focus(following.input)
                return
        self._accept()

    @work(group=ASKING)
    async def _accept(self) -> None:
        self.said.say("")
        try:
            self.dismiss(await self.submit())
        except Mistyped as refusal:
            self.forget_typed()
            self._refuse(refusal)
        except Refusal as refusal:
            self.forget_typed()
            self.said.say(refusal.sentence)

    def _refuse(self, refusal: Mistyped) -> None:
        field = next((field for field in self.query(Field) if field.id == refusal.field), None)
        if field is None:
            self.said.say(refusal.sentence)
        else:
            field.refuse(refusal.sentence)
