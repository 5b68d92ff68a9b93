"""«Estado de cuenta»: what the bank's file may belong to; a person records, the program never pays (SPEC 6)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlmodel import Session
from textual import work
from textual.binding import Binding
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label

from store.accounts.person import Person, Power, may
from store.calendar import long_date
from store.errors import Mistyped, Refusal
from store.money import pesos
from store.orders.finding import find_by_number
from store.orders.proposals import Match, Proposal, StatementRow, list_statements, propose
from store.orders.settling import PaymentOutcome
from store.orders.statement import columns_of, read_statement, record_line, remember_columns
from store.orders.statement_file import Columns
from store.text import _, clean, said_of_fault
from tui.clean import content
from tui.menu import STATEMENT
from tui.screens.ask_text import AskText
from tui.screens.page import Page
from tui.screens.payments.alike import record_or_ask
from tui.screens.payments.columns import MapColumns
from tui.screens.payments.words import said_of_outcome
from tui.type_ahead import ASKING
from tui.widgets.grid import Grid, GridColumn, GridRow, Lines

_COLUMNS = (
    GridColumn(_("Fecha"), 10),
    GridColumn(_("Importe"), 13, align_right=True),
    GridColumn(_("Referencia"), 11),
    GridColumn(_("Pedido"), 9),
    GridColumn(_("Propuesta"), 28),
)
_MATCHES = {
    Match.RECORDED: _("ya registrado"),
    Match.EXACT: _("coincide"),
    Match.OTHER_AMOUNT: _("otro importe"),
    Match.ONLY_AMOUNT: _("solo el importe"),
    Match.NONE: _("sin pedido"),
}


class StatementPage(Page):
    """The lines of the newest statement, each with the order it may belong to."""

    entry_id = STATEMENT

    BINDINGS = [
        Binding("l", "read", _("Leer archivo"), id="statement.read", tooltip=_("Leer un estado de cuenta en CSV.")),
        Binding("c", "columns", _("Columnas"), id="statement.columns",
                tooltip=_("Decir cómo llama el banco a sus columnas.")),
        Binding("r", "record", _("Registrar"), id="statement.record",
                tooltip=_("Registrar el movimiento en el pedido propuesto.")),
        Binding("p", "turn(1)", _("Anterior"), show=False, id="statement.older",
                tooltip=_("Ver el estado de cuenta leído antes.")),
        Binding("n", "turn(-1)", _("Posterior"), show=False, id="statement.newer",
                tooltip=_("Ver el estado de cuenta leído después.")),
        Binding("o", "other", _("Otro pedido"), id="statement.other",
                tooltip=_("Registrar el movimiento en otro pedido.")),
    ]  # fmt: skip

    DEFAULT_CSS = """
    StatementPage #name { text-style: bold; padding: 0 1; }
    """

    grid = query_one(Grid)
    name_line = query_one("#name", Label)

    _rows: Sequence[Proposal] = ()
    _statements: Sequence[StatementRow] = ()
    _place = 0
    """Which of the statements is shown, the newest first."""

    def body(self) -> Iterable[Widget]:
        """Give the file's name and its lines."""
        yield Label("", id="name")
        yield Grid(_COLUMNS, empty=_("«l» lee un estado de cuenta; «c» dice sus columnas."))

    def on_mount(self) -> None:
        """Read the newest statement."""
        self.focus_body()
        self._load()

    def focus_body(self) -> None:
        """Give the keys to the lines."""
        self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what needs the caja."""
        if action == "turn":
            return True if len(self._statements) > 1 else None
        if action in ("read", "columns", "record", "other"):
            return True if may(self.visit.person, Power.RECORD_PAYMENT) else None
        return True

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        await self._read()

    async def _read(self, sentence: str = "") -> None:
        self._statements = await self.visit.look(list_statements)
        self.name_line.update(content(self._title()))
        if self._statements:
            shown = self._statements[self._place]
            self._rows = await self.visit.look(propose, shown.statement_id)
        lines = [GridRow(_cells(row)) for row in self._rows]
        self.grid.show(Lines(lines), _COLUMNS, cursor=self.grid.cursor)
        self.say(sentence)
        self.refresh_bindings()

    def _title(self) -> str:
        if not self._statements:
            return _("Estado de cuenta: ninguno todavía")
        return _("Estado de cuenta: {name} ({place} de {all})").format(
            name=self._statements[self._place].name,
            place=self._place + 1,
            all=len(self._statements),
        )

    @work(exclusive=True, group="load")
    async def action_turn(self, step: int) -> None:
        """Show the statement that was read before this one, or after it."""
        self._place = max(0, min(self._place + step, len(self._statements) - 1))
        self.grid.cursor = 0
        await self._read()

    def _row(self) -> Proposal | None:
        return self._rows[self.grid.cursor] if self.grid.cursor < len(self._rows) else None

    @work(group=ASKING)
    async def action_read(self) -> None:
        """Ask for the file's path, and read it; the columns first where nobody said them yet."""
        if await self.visit.look(_kept_columns) is None and not await self._ask_columns():
            return
        window = AskText(
            _("Leer estado de cuenta"), _("Archivo CSV del banco."), _("Ruta"), self._take_file
        )
        if await self.app.push_screen_wait(window) is not None:
            self._place = 0
            await self._read(_("Leído. Cada línea es una propuesta; «r» la registra."))

    async def _take_file(self, typed: str) -> int:
        path = Path(typed.strip()).expanduser()
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise Mistyped(
                _("No se puede leer {file}: {problem}.").format(
                    file=clean(path), problem=said_of_fault(error)
                )
            ) from None
        return await self.visit.do(read_statement, path.name, data, self.visit.store.clock)

    @work(group=ASKING)
    async def action_columns(self) -> None:
        """Ask how the bank heads its columns."""
        await self._ask_columns()

    async def _ask_columns(self) -> bool:
        async def keep(columns: Columns) -> None:
            await self.visit.do(remember_columns, columns, now=self.visit.store.clock.now())

        kept = await self.visit.look(_kept_columns)
        said = await self.app.push_screen_wait(MapColumns(kept, keep))
        return said is True

    @work(group=ASKING)
    async def action_record(self) -> None:
        """Record the line for the order it is proposed for."""
        row = self._row()
        if row is None or row.order_id is None:
            self.say(_("Esa línea no tiene pedido propuesto: «o» elige uno."))
            return
        try:
            outcome = await self._record(row, row.order_id)
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            await self._read(said_of_outcome(outcome))

    async def _record(self, row: Proposal, order_id: int) -> PaymentOutcome:
        return await record_or_ask(self, record_line, row.line_id, order_id, self.visit.store)

    @work(group=ASKING)
    async def action_other(self) -> None:
        """Ask for another order, and record the line for it."""
        row = self._row()
        if row is None:
            return

        async def record(folio: str) -> PaymentOutcome:
            order_id = await self.visit.look(find_by_number, folio)
            return await self._record(row, order_id)

        words = _("Folio del pedido (P-000123) o referencia de 7 dígitos.")
        outcome = await self.app.push_screen_wait(
            AskText(
                _("Registrar {amount}").format(amount=pesos(row.amount_centavos)),
                words,
                _("Pedido"),
                record,
            )
        )
        if isinstance(outcome, PaymentOutcome):
            await self._read(said_of_outcome(outcome))


def _kept_columns(session: Session, person: Person) -> Columns | None:
    return columns_of(session)


def _cells(row: Proposal) -> tuple[str, ...]:
    words = _MATCHES[row.match]
    if row.match is Match.OTHER_AMOUNT:
        missing = pesos(row.missing_centavos)
        words += (
            _("; faltan {amount}").format(amount=missing)
            if row.missing_centavos
            else _("; ya no espera pago")
        )
    return (
        long_date(row.paid_on),
        pesos(row.amount_centavos),
        row.reference,
        row.folio,
        words,
    )
