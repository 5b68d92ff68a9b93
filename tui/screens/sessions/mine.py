"""«Mis sesiones»: where the account is signed in, since when, and an end to what one does not know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from textual import on, work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from store.accounts.sessions import SessionRow
from store.calendar import Clock
from store.errors import Refusal
from store.text import _
from tui.clean import content
from tui.screens.greyed import Parameters, unless
from tui.screens.question import Question
from tui.screens.yes_or_no import YesOrNo
from tui.type_ahead import ASKING
from tui.widgets.field import Refused
from tui.widgets.options import Options

ROWS = 12
"""Sessions in sight."""


class MySessions(Question[None]):
    """Show the account's open sessions, the newest first; this one is marked, and ends by «Salir»."""

    loses_something = False

    title_words = _("Mis sesiones")

    BINDINGS = [
        Binding("x,delete", "end", _("Terminar"), id="sessions.end", tooltip=_("Terminar la sesión marcada.")),
    ]  # fmt: skip

    DEFAULT_CSS = f"""
    MySessions > .dialog {{ width: 76; }}
    MySessions OptionList {{ height: auto; max-height: {ROWS}; border: none; padding: 0; }}
    MySessions OptionList {{ text-wrap: nowrap; text-overflow: ellipsis; }}
    """

    found = query_one(Options)
    said = query_one(Refused)

    def __init__(
        self,
        read: Callable[[], Awaitable[Sequence[SessionRow]]],
        end: Callable[[int], Awaitable[None]],
        this: int | None,
        clock: Clock,
    ) -> None:
        """Make the window.

        Args:
            read: Asks the store which sessions are open.
            end: Asks the store to end one.
            this: The number of the session that the window stands in.
            clock: The desk's time.
        """
        super().__init__()
        self._read, self._end, self._this, self._clock = read, end, this, clock
        self._rows: Sequence[SessionRow] = ()

    def ask(self) -> Iterable[Widget]:
        """Give the list, and the line that says why one could not be ended."""
        yield Options(compact=True)
        yield Refused()

    def on_mount(self) -> None:
        """Read the list."""
        self._load()

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say what this session cannot do to itself."""
        is_this = self._marked is None or self._marked.id == self._this
        return unless(
            action != "end" or not is_this, _("En esta sesión estás; termina con «Salir».")
        )

    @property
    def _marked(self) -> SessionRow | None:
        at = self.found.highlighted if self.is_mounted else None
        return self._rows[at] if at is not None else None

    @work(group=ASKING)
    async def _load(self) -> None:
        await self._reload()

    async def _reload(self) -> None:
        try:
            self._rows = await self._read()
        except Refusal as refusal:
            self.said.say(refusal.sentence)
            return
        self.found.clear_options()
        self.found.add_options(Option(content(self._line(row))) for row in self._rows)
        self.found.highlighted = 0 if self._rows else None
        self.refresh_bindings()

    def _line(self, row: SessionRow) -> str:
        mark = _("(esta)") if row.id == self._this else ""
        return f"{self._clock.moment_of(row.since)}  {mark:6}  {row.origin}"

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        if self.check_action("end", ()):
            self.action_end()

    @work(group=ASKING)
    async def action_end(self) -> None:
        """End the marked session, once that is confirmed."""
        row = self._marked
        if row is None:
            return
        question = YesOrNo(
            _("Terminar sesión"),
            _("¿Terminar la sesión abierta el {moment} desde {place}?").format(
                moment=self._clock.moment_of(row.since), place=row.origin.partition(" ")[0]
            ),
            _("Terminar"),
        )
        if not await self.app.push_screen_wait(question):
            return
        self.said.say("")
        try:
            await self._end(row.id)
        except Refusal as refusal:
            self.forget_typed()
            self.said.say(refusal.sentence)
        await self._reload()
