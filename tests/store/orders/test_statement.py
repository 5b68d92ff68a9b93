"""Bank statements: read once, proposed, and recorded by a person alone."""

from dataclasses import replace

import pytest

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.errors import Mistyped, MovementTaken, NotAllowed, NotFound, PaymentRefused
from store.installation.store import Store
from store.orders.proposals import Match, Proposal, list_statements, propose
from store.orders.reference import payment_reference
from store.orders.settling import PaymentOutcome
from store.orders.statement import columns_of, read_statement, record_line, remember_columns
from store.orders.statement_file import Columns, Income, read_income
from store.orders.tables import OrderState, Payment, PaymentState
from tests.store.contents import contents, rows
from tests.store.listed import rows_of
from tests.store.orders.shopping import (
    MONTH_OF_4G,
    bought,
    confirmed,
    declared,
    ordered,
    paid,
    recorded,
    row_of,
    spei,
)
from tests.store.people import employee, member
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch

COLUMNS = Columns("Banorte", "Fecha", "Abono", "Referencia", "Concepto", "Clave de rastreo")
HEAD = "Fecha,Concepto,Referencia,Clave de rastreo,Cargo,Abono,Saldo"


def file(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines]).encode()


def line(
    amount: str, reference: str = "", concept: str = "PAGO", tracking: str = "T0000001"
) -> str:
    return f'14/07/2020,{concept},{reference},{tracking},,"{amount}","99,999.00"'


@pytest.fixture
def caja(store: Store) -> Person:
    """One of the caja, in a store whose bank's columns are known."""
    caja = member(store, "caja1")
    with store.writing() as session:
        remember_columns(session, caja, COLUMNS, now=store.clock.now())
    return caja


def read(store: Store, person: Person, content: bytes, name: str = "julio.csv") -> int:
    with store.writing() as session:
        return read_statement(session, person, name, content, store.clock)


def proposals(store: Store, person: Person, *lines: str) -> tuple[Proposal, ...]:
    number = read(store, person, file(*lines))
    return rows_of(store, lambda session: propose(session, person, number))


def record(
    store: Store, person: Person, line_id: int, order_id: int, *, is_other: bool = False
) -> PaymentOutcome:
    with store.writing() as session:
        return record_line(session, person, line_id, order_id, store, is_other=is_other)


class TestTheFile:
    """As banks write them."""

    def read(self, content: bytes, columns: Columns = COLUMNS) -> list[Income]:
        return list(read_income(content, columns))

    def test_a_line(self) -> None:
        (income,) = self.read(file(line("1,903.29", "0001234", "SPEI  RECIBIDO", "abc 12")))
        assert income.line == 2
        assert f"{income.paid_on}" == "2020-07-14"
        assert income.amount_centavos == 190329
        assert (income.reference, income.concept) == ("0001234", "SPEI RECIBIDO")
        assert income.tracking == "abc 12"

    @pytest.mark.parametrize(
        ("written", "centavos"),
        [
            ("75.40", 7540),
            ("$75.40", 7540),
            ("+75.4", 7540),
            ("75", 7500),
            ("1,903.290", 190329),
            (".50", 50),
            ("75,40", 7540),
            ("1.903,29", 190329),
            ("1,903", 190300),
            ("12,345,678.9", 1234567890),
        ],
    )
    def test_amounts(self, written: str, centavos: int) -> None:
        (income,) = self.read(file(line(written)))
        assert income.amount_centavos == centavos

    @pytest.mark.parametrize("written", ["", "-", "0", "0.00", "-75.40", "(75.40)", "75.40-"])
    def test_what_brought_no_money_is_left_out(self, written: str) -> None:
        assert self.read(file(line(written))) == []

    @pytest.mark.parametrize("written", ["75.405", "x", "٧٥", "1,9,3.29", "1.903", "999999999999"])
    def test_what_is_no_amount_is_named_with_its_line(self, written: str) -> None:
        """Left out in silence, it would be money that nobody looks for."""
        bad = file(line("1"), "", line(written))
        with refused(f"Línea 4: «{written}» no es un importe.", Mistyped, field="file"):
            self.read(bad)

    @pytest.mark.parametrize("separator", [",", ";"])
    def test_banks_write_above_the_table(self, separator: str) -> None:
        above = "\ufeffBBVA México\nCuenta 0118359719 del 01/07/2020\n\n"
        table = separator.join(["Fecha", "Abono", "Referencia"])
        table += "\n" + separator.join(["14/07/2020", "75.40", "0000013"])
        (income,) = self.read(
            (above + table).encode(), Columns("BBVA", "Fecha", "Abono", "Referencia")
        )
        assert (income.line, income.amount_centavos) == (5, 7540)

    @pytest.mark.parametrize("day", ["14/07/2020", "2020-07-14", "14-07-2020 10:22", "14/07/20"])
    def test_days(self, day: str) -> None:
        (income,) = self.read(file(line("1").replace("14/07/2020", day)))
        assert f"{income.paid_on}" == "2020-07-14"

    def test_a_day_that_is_none(self) -> None:
        bad = line("1").replace("14/07/2020", "32/07/2020")
        with refused("Línea 3: «32/07/2020» no es una fecha.", Mistyped, field="file"):
            self.read(file(line("1"), bad))

    @pytest.mark.parametrize("separator", [";", "\t"])
    def test_other_separators_and_an_old_encoding(self, separator: str) -> None:
        text = separator.join(["Fecha", "Descripción", "Abono"])
        text += "\r\n" + separator.join(["14/07/2020", "Depósito", "75.40"]) + "\r\n\r\n"
        columns = Columns("Banorte", "fecha", "ABONO", "Descripcion")
        for encoding in ("utf-8", "utf-8-sig", "cp1252"):
            (income,) = self.read(text.encode(encoding), columns)
            assert income.reference == "Depósito"

    def test_columns_that_are_not_there(self) -> None:
        with pytest.raises(
            Mistyped, match=r"^El archivo no tiene la columna «Depósito»; tiene: Fecha, "
        ):
            self.read(file(line("1")), replace(COLUMNS, amount="Depósito"))
        with pytest.raises(
            Mistyped, match=r"^El archivo no tiene la columna «Día»; tiene: Fecha, "
        ):
            self.read(file(line("1")), replace(COLUMNS, day="Día", amount="Depósito"))

    @pytest.mark.parametrize(
        "content", [b"", b"\n\n", b"nada", b"a,b,c", b"\xff\xfe\x00", b"%PDF-1.4\nx"]
    )
    def test_what_is_no_table(self, content: bytes) -> None:
        with refused("El archivo no es una tabla CSV con encabezados.", Mistyped, field="file"):
            self.read(content)

    def test_a_file_that_is_too_large(self) -> None:
        sentence = "El archivo es demasiado grande para un estado de cuenta."
        with refused(sentence, Mistyped, field="file"):
            self.read(b"a,b\n" * 2_000_000)

    def test_without_a_clave_the_line_stands_for_itself(self) -> None:
        """The same line of a later, overlapping file is the same; two equal ones of a day are two."""
        july = self.read(
            file(line("1", tracking=""), line("1", tracking=""), line("2", tracking=""))
        )
        august = self.read(
            file(line("3", tracking=""), line("1", tracking=""), line("1", tracking="-"))
        )
        names = [income.tracking for income in july]
        assert len(set(names)) == 3
        assert [income.tracking for income in august][1:] == names[:2]


class TestReading:
    """Columns said once, and the same file never twice."""

    def test_columns_are_remembered(self, store: Store, caja: Person) -> None:
        with store.reading() as session:
            assert columns_of(session) == COLUMNS
        other = replace(COLUMNS, amount="Depósito", tracking="")
        with store.writing() as session:
            remember_columns(session, caja, other, now=store.clock.now())
        with store.reading() as session:
            assert columns_of(session) == other

    @pytest.mark.parametrize("bank", [" ", "$ 75.405"])
    def test_the_bank_has_to_be_named(self, store: Store, caja: Person, bank: str) -> None:
        sentence = "Escribe el nombre del banco que da el estado de cuenta."
        with refused(sentence, Mistyped, field="bank"), store.writing() as session:
            remember_columns(session, caja, replace(COLUMNS, bank=bank), now=store.clock.now())

    @pytest.mark.parametrize("field", ["day", "amount", "reference"])
    def test_some_columns_have_to_be_said(self, store: Store, caja: Person, field: str) -> None:
        columns = replace(COLUMNS, **{field: " "})
        sentence = "Di las columnas de fecha, importe y referencia."
        with refused(sentence, Mistyped, field=field), store.writing() as session:
            remember_columns(session, caja, columns, now=store.clock.now())

    def test_before_anybody_said_them(self, store: Store) -> None:
        with refused("Di primero qué columnas tiene el estado de cuenta.", PaymentRefused):
            read(store, member(store, "caja1"), file(line("1")))

    def test_the_same_file_again(self, store: Store, caja: Person, watch: Watch) -> None:
        read(store, caja, file(line("1")))
        watch.passes(days=3)
        before = contents(store)
        with refused("Ese archivo ya se leyó el 14/07/2020.", PaymentRefused):
            read(store, member(store, "caja2"), file(line("1")), "otro nombre.csv")
        assert contents(store) == before

    def test_what_was_read(self, store: Store, caja: Person) -> None:
        read(store, caja, file(line("1"), line("2"), line("0")))
        auditor = member(store, "auditor")
        (row,) = rows_of(store, lambda session: list_statements(session, auditor))
        assert (row.name, row.read_at, row.lines) == ("julio.csv", store.clock.now(), 2)

    @pytest.mark.parametrize("role", [StaffRole.SOPORTE, StaffRole.AUDITOR])
    def test_who_may_not(self, store: Store, caja: Person, kemper: Person, role: StaffRole) -> None:
        number = read(store, caja, file(line("1")))
        for person in (employee(store, "personal", role), kemper):
            with refused(NOT_ALLOWED, NotAllowed):
                read(store, person, file(line("2")))
            with refused(NOT_ALLOWED, NotAllowed), store.writing() as session:
                remember_columns(session, person, COLUMNS, now=store.clock.now())
            with refused(NOT_ALLOWED, NotAllowed):
                record(store, person, 1, 1)
        with refused(NOT_ALLOWED, NotAllowed), store.reading() as session:
            propose(session, kemper, number)


class TestProposals:
    """What fits is proposed; nothing is paid."""

    def test_reference_and_amount(self, store: Store, caja: Person, kemper: Person) -> None:
        order = ordered(store, kemper)
        before = rows(store, Payment)
        for reference in (payment_reference(13), payment_reference(13).lstrip("0")):
            (found,) = proposals(store, caja, line("75.40", reference))
            assert (found.match, found.order_id, found.folio) == (
                Match.EXACT,
                order.order_id,
                "P-000013",
            )
            assert (found.amount_centavos, found.missing_centavos) == (MONTH_OF_4G, MONTH_OF_4G)
        assert rows(store, Payment) == before
        assert row_of(store, order.order_id).state is OrderState.TO_PAY

    def test_a_reference_among_the_payers_words(
        self, store: Store, caja: Person, kemper: Person
    ) -> None:
        ordered(store, kemper)
        concept = f"PAGO REF {payment_reference(13)} GRACIAS"
        (found,) = proposals(store, caja, line("75.40", "9999999", concept))
        assert (found.match, found.folio) == (Match.EXACT, "P-000013")

    def test_a_reference_with_another_amount(
        self, store: Store, caja: Person, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, 1000))
        (found,) = proposals(store, caja, line("75.40", payment_reference(13)))
        assert (found.match, found.missing_centavos) == (Match.OTHER_AMOUNT, 6540)

    def test_a_reference_of_an_order_that_takes_none_any_more(
        self, store: Store, caja: Person, kemper: Person
    ) -> None:
        bought(store, kemper)
        (found,) = proposals(store, caja, line("75.40", payment_reference(13)))
        assert (found.match, found.missing_centavos) == (Match.OTHER_AMOUNT, 0)

    def test_only_the_amount_and_only_one_order(
        self, store: Store, caja: Person, kemper: Person
    ) -> None:
        ordered(store, kemper)
        (found,) = proposals(store, caja, line("75.40"))
        assert (found.match, found.folio) == (Match.ONLY_AMOUNT, "P-000013")
        ordered(store, member(store, "herreria"))
        (found,) = proposals(store, caja, line("75.40", tracking="T0000002"))
        assert found.match is Match.NONE

    def test_nothing_fits(self, store: Store, caja: Person) -> None:
        (found,) = proposals(store, caja, line("0.01", "1234567"))
        assert (found.match, found.order_id, found.folio) == (Match.NONE, None, "")

    def test_what_is_recorded_already(self, store: Store, caja: Person, kemper: Person) -> None:
        """By the same words, or by another bank's name and the payer's day."""
        order = ordered(store, kemper)
        paid(store, order.order_id, spei(store, 1000, "T0000001", "Banorte"))
        paid(store, order.order_id, spei(store, 2000, "T0000002", "BBVA", days_ago=1))
        found = proposals(store, caja, line("10.00"), line("20.00", tracking="T0000002"))
        assert [(row.match, row.folio) for row in found] == [(Match.RECORDED, "P-000013")] * 2

    def test_what_is_only_declared_is_not(self, store: Store, caja: Person, kemper: Person) -> None:
        order = ordered(store, kemper)
        declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G, "T0000001", "Banorte"))
        (found,) = proposals(store, caja, line("75.40", payment_reference(13)))
        assert found.match is Match.EXACT

    def test_no_such_statement(self, store: Store, caja: Person) -> None:
        with refused("No hay ese estado de cuenta.", NotFound), store.reading() as session:
            propose(session, caja, 99)


class TestRecording:
    """A person records; another confirms."""

    def test_it_waits_for_another_person(self, store: Store, caja: Person, kemper: Person) -> None:
        order = ordered(store, kemper)
        (found,) = proposals(store, caja, line("75.40", payment_reference(13)))
        outcome = record(store, caja, found.line_id, order.order_id)
        assert outcome.state is OrderState.IN_REVIEW
        payment = rows(store, Payment)[-1]
        assert (payment.state, payment.recorded_by) == (PaymentState.RECORDED, caja.account_id)
        assert (payment.bank, payment.tracking) == ("Banorte", "T0000001")
        assert confirmed(store, outcome.payment_id).state is OrderState.DELIVERED

    def test_once(self, store: Store, caja: Person, kemper: Person) -> None:
        order = ordered(store, kemper)
        (found,) = proposals(store, caja, line("75.40"))
        record(store, caja, found.line_id, order.order_id)
        before = contents(store)
        with refused(f"Esa referencia ya pagó el pedido {order.folio}.", MovementTaken):
            record(store, caja, found.line_id, order.order_id)
        assert contents(store) == before

    def test_a_declaration_of_the_same_money_makes_way(
        self, store: Store, caja: Person, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        declared(store, kemper, order.order_id, spei(store, MONTH_OF_4G, "T0000001", "BBVA"))
        (found,) = proposals(store, caja, line("75.40", payment_reference(13)))
        record(store, caja, found.line_id, order.order_id)
        states = [row.state for row in rows(store, Payment) if row.order_id == order.order_id]
        assert states == [PaymentState.REJECTED, PaymentState.RECORDED]

    def test_the_same_movement_of_another_file(
        self, store: Store, caja: Person, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        (first,) = proposals(store, caja, line("75.40"))
        record(store, caja, first.line_id, order.order_id)
        found = proposals(store, caja, line("75.40"), line("1.00", tracking="T0000009"))
        assert found[0].match is Match.RECORDED
        with refused(f"Esa referencia ya pagó el pedido {order.folio}.", MovementTaken):
            record(store, caja, found[0].line_id, order.order_id)

    def test_for_another_order_than_was_proposed(
        self, store: Store, caja: Person, kemper: Person, empresasis: Person
    ) -> None:
        ordered(store, kemper)
        other = ordered(store, empresasis)
        (found,) = proposals(store, caja, line("75.40", payment_reference(13)))
        assert record(store, caja, found.line_id, other.order_id).folio == other.folio
        (again,) = rows_of(store, lambda session: propose(session, caja, 1))
        assert (again.match, again.folio) == (Match.RECORDED, other.folio)

    def test_no_such_line(self, store: Store, caja: Person) -> None:
        with refused("No hay esa línea.", NotFound):
            record(store, caja, 99, 1)

    def test_one_that_was_typed_by_hand_before(
        self, store: Store, caja: Person, kemper: Person
    ) -> None:
        order = ordered(store, kemper)
        recorded(store, order.order_id, spei(store, MONTH_OF_4G, "t-0000001", "banorte, s.a."))
        (found,) = proposals(store, caja, line("75.40", payment_reference(13)))
        assert found.match is Match.RECORDED
