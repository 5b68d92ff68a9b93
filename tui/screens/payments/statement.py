"""«Estado de cuenta»: what the bank's file may belong to; a person records, the program never pays (SPEC 6)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlmodel import Session
from textual import work
from textual.binding import Binding

from store.accounts.person import Person, Power
from store.calendar import long_date
from store.errors import Mistyped, Refusal
from store.money import pesos
from store.orders.finding import find_by_number
from store.orders.proposals import Match, Proposal, StatementRow, list_statements, propose
from store.orders.settling import PaymentOutcome
from store.orders.statement import columns_of, read_statement, record_line, remember_columns
from store.orders.statement_file import Columns
from store.text import _, clean, said_of_fault
from store.windows.listing import Listed, Listing
from tui.clean import content
from tui.menu import STATEMENT
from tui.screens.ask_text import AskText
from tui.screens.greyed import unless
from tui.screens.lists.page import ListPage
from tui.screens.payments.alike import record_or_ask
from tui.screens.payments.columns import MapColumns
from tui.screens.payments.words import said_of_outcome
from tui.screens.tell import Tell
from tui.type_ahead import ASKING
from tui.widgets.grid import GridColumn, Lines

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


class StatementPage(ListPage[Proposal]):
    """The lines of the newest statement, each with the order it may belong to."""

    entry_id = STATEMENT
    title_words = _("Estado de cuenta")
    columns = _COLUMNS
    empty = _("«l» lee un estado de cuenta; «c» dice sus columnas.")

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

    _statement: StatementRow | None = None
    _place = 0
    """Which of the statements is shown, the newest first."""
    _statements = 0
    """How many there are."""

    def list_rows(self, session: Session, person: Person) -> Listed[Proposal]:
        """Give the lines of the statement that is shown."""
        assert self._statement is not None, "nothing is read before there is one"
        return propose(session, person, self._statement.statement_id)

    def cells(self, row: Proposal) -> Sequence[str]:
        """Write a line, and the order it may belong to."""
        return (
            long_date(row.paid_on),
            pesos(row.amount_centavos),
            row.reference,
            row.folio,
            _said_of_match(row),
        )

    def reasons(self, row: Proposal | None) -> Mapping[str, str]:
        """Say what needs the caja, and what needs another statement."""
        recording = self.lacks(Power.RECORD_PAYMENT)
        others = unless(self._statements > 1, _("No hay otro estado de cuenta."))
        return {"turn": others, **dict.fromkeys(("read", "columns", "record", "other"), recording)}

    async def tell(self, row: Proposal) -> None:
        """Show all that the bank says of a movement, and what was found for it."""
        facts = (
            (_("Fecha"), long_date(row.paid_on)),
            (_("Importe"), pesos(row.amount_centavos)),
            (_("Referencia"), row.reference),
            (_("Concepto"), row.concept),
            (_("Rastreo"), row.tracking),
            (_("Pedido"), row.folio),
            (_("Propuesta"), _said_of_match(row)),
        )
        words = "\n".join(f"{name:12}{value}" for name, value in facts if value)
        await self.app.push_screen_wait(Tell(_("Movimiento del banco"), words))

    async def read_list(self, *, anew: bool = False, to_its_end: bool = False) -> None:
        """Read which statements there are, then the lines of the one that is shown."""
        self._statement, self._statements = await asyncio.to_thread(self._find_statement)
        self.name_line.update(content(self._title()))
        if self._statement is None:
            self.grid.show(Lines(()), self.columns)
        else:
            await super().read_list(anew=anew, to_its_end=to_its_end)

    def _find_statement(self) -> tuple[StatementRow | None, int]:
        statements = Listing(
            self.visit.store.reading, lambda session: list_statements(session, self.visit.person)
        )
        statements.open()
        found = [row for _number, row in statements.rows(self._place, 1)]
        return (found[0] if found else None), statements.length

    def _title(self) -> str:
        if self._statement is None:
            return _("Estado de cuenta: ninguno todavía")
        return _("Estado de cuenta: {name} ({place} de {all})").format(
            name=self._statement.name, place=self._place + 1, all=self._statements
        )

    @work(exclusive=True, group="turn")
    async def action_turn(self, step: int) -> None:
        """Show the statement that was read before this one, or after it."""
        self._place = max(0, min(self._place + step, self._statements - 1))
        await self.reload(anew=True)

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
            said = _("Leído. Cada línea es una propuesta; «r» la registra.")
            await self.reload(said, anew=True)

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
        row = await self.row_here()
        if row is None or row.order_id is None:
            self.say(_("Esa línea no tiene pedido propuesto: «o» elige uno."))
            return
        try:
            outcome = await self._record(row, row.order_id)
        except Refusal as refusal:
            self.say(refusal.sentence)
        else:
            await self.reload(said_of_outcome(outcome))

    async def _record(self, row: Proposal, order_id: int) -> PaymentOutcome:
        return await record_or_ask(self, record_line, row.line_id, order_id, self.visit.store)

    @work(group=ASKING)
    async def action_other(self) -> None:
        """Ask for another order, and record the line for it."""
        row = await self.row_here()
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
            await self.reload(said_of_outcome(outcome))


def _kept_columns(session: Session, person: Person) -> Columns | None:
    return columns_of(session)


def _said_of_match(row: Proposal) -> str:
    words = _MATCHES[row.match]
    if row.match is not Match.OTHER_AMOUNT:
        return words
    missing = pesos(row.missing_centavos)
    return words + (
        _("; faltan {amount}").format(amount=missing)
        if row.missing_centavos
        else _("; ya no espera pago")
    )
