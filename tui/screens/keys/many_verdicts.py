"""«Activar varias claves», window 2: one verdict a line, the licence once, and the confirmations one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.errors import LicenceNotAccepted, Refusal
from store.keys.many import KeyLine, LineState, LineVerdict, said_of_unchecked
from store.keys.words import stamps
from store.text import _, ngettext
from tui.clean import content
from tui.screens.greyed import Parameters, unless
from tui.screens.keys.licence import LicenceLine, ReadLicence
from tui.screens.question import Question
from tui.widgets.button import DeskButton
from tui.widgets.field import Refused
from tui.widgets.grid import Grid, GridColumn, GridRow, Lines
from tui.widgets.tick_box import TickBox

_COLUMNS = (
    GridColumn(_("Línea"), 5, align_right=True),
    GridColumn(_("Clave"), 19),
    GridColumn(_("Resultado"), 40),
)


@dataclass(frozen=True)
class ManyConfirmed:
    """What came of it."""

    keys: int
    units: int
    newest: int
    """The row of the key that was confirmed last."""

    @property
    def sentence(self) -> str:
        """Say it: «Se confirmaron 3 claves (150 Timbres).»"""
        words = ngettext(
            "Se confirmó {n:,} clave ({units}).",
            "Se confirmaron {n:,} claves ({units}).",
            self.keys,
        )
        return words.format(n=self.keys, units=stamps(self.units))


class ConfirmMany(Question[ManyConfirmed]):
    """Check the keys, then confirm the good ones; Escape stops after the key in hand, then closes."""

    title_words = _("Activar varias claves")

    BINDINGS = [
        Binding("enter", "confirm", _("Confirmar"), id="many.confirm",
                tooltip=_("Confirmar las claves válidas, una por una.")),
        Binding("v", "read_licence", _("Ver Licencia"), id="many.licence", tooltip=_("Leer la Licencia de Uso.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ConfirmMany > .dialog { width: 1fr; max-width: 110; }
    ConfirmMany Grid { height: 9; }
    ConfirmMany #whole, ConfirmMany #state { width: 1fr; height: auto; min-height: 1; }
    """

    grid = query_one(Grid)
    whole = query_one("#whole", Label)
    state = query_one("#state", Label)
    accepted = query_one(TickBox)
    refused = query_one(Refused)
    confirm = query_one("#confirm", DeskButton)
    close = query_one("#close", DeskButton)

    def __init__(
        self,
        lines: Sequence[KeyLine],
        check: Callable[[], Iterator[LineVerdict]],
        confirm: Callable[[Sequence[LineVerdict], bool], Iterator[LineVerdict]],
    ) -> None:
        """Make the window.

        Args:
            lines: The lines, in their order.
            check: Asks the store about each of them; every step is taken in a thread.
            confirm: Asks the store to confirm good ones, told whether the licence was accepted; in a thread too.
        """
        super().__init__()
        self._check_with, self._confirm_with = check, confirm
        self._verdicts = {
            line.number: LineVerdict(line, LineState.UNCHECKED, said_of_unchecked())
            for line in lines
        }
        self._rows = [_row(verdict) for verdict in self._verdicts.values()]
        self._is_busy = self._is_stopping = False

    def ask(self) -> Iterable[Widget]:
        """Give the verdicts, the licence box and the buttons."""
        yield Grid(_COLUMNS, empty="")
        yield Label("", id="whole")
        yield Label("", id="state")
        yield LicenceLine()
        yield Refused()
        yield Horizontal(
            DeskButton(_("Confirmar"), id="confirm"),
            DeskButton(_("Cerrar"), id="close"),
            classes="buttons",
        )

    def on_mount(self) -> None:
        """Begin to check."""
        self._draw()
        self._check()

    def why_not(self, action: str, parameters: Parameters) -> str:
        """Say what needs a good key, and what has to wait."""
        if action not in ("confirm", "read_licence"):
            return ""
        if self._is_busy:
            return _("Espera a que termine, o detén con Esc.")
        return unless(bool(self._good()), _("Ninguna clave de la lista se puede confirmar."))

    def _of(self, state: LineState) -> list[LineVerdict]:
        return [verdict for verdict in self._verdicts.values() if verdict.state is state]

    def _good(self) -> list[LineVerdict]:
        return self._of(LineState.GOOD)

    @work(group="many")
    async def _check(self) -> None:
        words = _("Revisando {n:,} de {all:,}… Esc detiene.")
        await self._go_through(self._check_with(), words, len(self._verdicts))
        self.set_focus(self.accepted if self._good() else self.close)

    @work(group="many")
    async def _confirm(self) -> None:
        good = self._good()
        words = _("Confirmando {n:,} de {all:,}… Esc detiene después de esta clave.")
        await self._go_through(self._confirm_with(good, self.accepted.value), words, len(good))
        if not self._good():
            self.close.focus()

    async def _go_through(self, outcomes: Iterator[LineVerdict], words: str, length: int) -> None:
        """Take one outcome after the other, until the last, a stop, or a refusal that holds for all."""
        self._begin()
        try:
            for n in range(1, length + 1):
                self.state.update(content(words.format(n=n, all=length)))
                verdict = await asyncio.to_thread(next, outcomes, None)
                if verdict is None or self._is_over(verdict):
                    break
        except Refusal as refusal:
            self.refused.say(refusal.sentence)
        finally:
            self._end()

    def _begin(self) -> None:
        self._is_busy, self._is_stopping = True, False
        self.refused.say("")
        self._enable()

    def _end(self) -> None:
        self._is_busy = False
        self._enable()
        self._draw()

    def _enable(self) -> None:
        idle = bool(self._good()) and not self._is_busy
        self.confirm.disabled = self.accepted.disabled = not idle
        self.refresh_bindings()

    def _is_over(self, verdict: LineVerdict) -> bool:
        self._verdicts[verdict.line.number] = verdict
        place = list(self._verdicts).index(verdict.line.number)
        self._rows[place] = _row(verdict)
        self._draw(cursor=place)
        if verdict.stop is not None:
            self.refused.say(verdict.stop.sentence)
        return verdict.stop is not None or self._is_stopping

    def _draw(self, cursor: int | None = None) -> None:
        cursor = self.grid.cursor if cursor is None else cursor
        self.grid.show(Lines(self._rows), _COLUMNS, cursor=cursor)
        if not self._is_busy:
            self.state.update(content(self._said()))

    def _said(self) -> str:
        """Add up: «2 confirmadas · 3 válidas (150 Timbres) · 1 con problema · 4 sin revisar»."""
        good, confirmed = self._good(), self._of(LineState.CONFIRMED)
        units = sum(verdict.checked.units for verdict in good if verdict.checked)
        refused, left = len(self._of(LineState.REFUSED)), len(self._of(LineState.UNCHECKED))
        parts = [_counted("{n:,} confirmada", "{n:,} confirmadas", len(confirmed))]
        if good:
            words = _counted("{n:,} válida", "{n:,} válidas", len(good))
            parts.append(f"{words} ({stamps(units)})")
        parts.append(_counted("{n:,} con problema", "{n:,} con problema", refused))
        parts.append(_counted("{n:,} sin revisar", "{n:,} sin revisar", left))
        return " · ".join(part for part in parts if part)

    @on(Grid.RowHighlighted)
    def _say_whole(self, event: Grid.RowHighlighted) -> None:
        """Say the verdict under the cursor whole: a column has no room for the longest."""
        verdict = list(self._verdicts.values())[event.cursor]
        words = _("Línea {n}: {sentence}").format(n=verdict.line.number, sentence=verdict.sentence)
        self.whole.update(content(words))

    @on(TickBox.Changed)
    def _take_back(self) -> None:
        self.refused.say("")

    @on(DeskButton.Pressed, "#confirm")
    @on(Grid.RowSelected)
    def action_confirm(self) -> None:
        """Confirm the good ones; a second Enter while that is under way does nothing."""
        if self._is_busy or not self._good():
            return
        if not self.accepted.value:
            self.forget_typed()
            self.refused.say(LicenceNotAccepted().sentence)
            self.accepted.focus()
        else:
            self._confirm()

    @on(DeskButton.Pressed, "#close")
    def action_give_up(self) -> None:
        """Stop after the key in hand; where nothing is under way, close with what was confirmed."""
        if self._is_busy:
            self._is_stopping = True
            self.state.update(content(_("Deteniendo…")))
            return
        keys = [verdict.confirmed for verdict in self._verdicts.values() if verdict.confirmed]
        newest = max((key.key_id for key in keys), default=0)
        units = sum(key.units for key in keys)
        self.dismiss(ManyConfirmed(len(keys), units, newest) if keys else None)

    def action_read_licence(self) -> None:
        """Show the text that is accepted."""
        for verdict in self._good()[:1]:
            if verdict.checked is not None:
                self.app.push_screen(ReadLicence(verdict.checked.licence))


def _row(verdict: LineVerdict) -> GridRow:
    return GridRow((str(verdict.line.number), verdict.line.shown, verdict.sentence))


def _counted(one: str, many: str, n: int) -> str:
    return ngettext(one, many, n).format(n=n) if n else ""
