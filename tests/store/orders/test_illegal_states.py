"""Illegal states in plain SQL, past every door: the tables refuse them on both databases (facts/domain 4.c).

What no constraint can say is in ARCHITECTURE, and shown at the doors by the tests beside this one.
"""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store.installation.store import Store
from store.tables import Base
from tests.store.contents import contents

CART = "id = 13"
TO_PAY = "number = 11"
IN_REVIEW = "number = 10"
DELIVERED = "number = 3"
CANCELLED = "number = 7"
CONFIRMED = "order_id = (SELECT id FROM sale_order WHERE number = 6)"
RECORDED = "state = 'registrado'"
DECLARED = "state = 'declarado'"
CAJA1, CAJA2 = (
    "(SELECT id FROM account WHERE username = 'caja1')",
    "(SELECT id FROM account WHERE username = 'caja2')",
)
LAST = "id = (SELECT max(id) FROM balance_entry)"


def changed(table: str, where: str, **values: str) -> str:
    """Write an UPDATE."""
    return f"UPDATE {table} SET {', '.join(f'{name} = {value}' for name, value in values.items())} WHERE {where}"


def copied(table: str, where: str, **values: str) -> str:
    """Write an INSERT of a row like another one, but for some values."""
    names = [column.name for column in Base.metadata.tables[table].columns if column.name != "id"]
    return (
        f"INSERT INTO {table} ({', '.join(names)})"
        f" SELECT {', '.join(values.get(name, name) for name in names)} FROM {table} WHERE {where}"
    )


ORDERS = {
    "a second cart of a desk": copied("sale_order", CART),
    "an order becomes a cart again": changed("sale_order", TO_PAY, state="'carrito'"),
    "a cart with a folio": changed("sale_order", CART, number="99"),
    "a folio twice": changed("sale_order", TO_PAY, number="10"),
    "no folio": changed("sale_order", TO_PAY, number="NULL"),
    "a folio of seven digits": changed("sale_order", TO_PAY, number="1000000"),
    "folio nought": changed("sale_order", TO_PAY, number="0"),
    "a token twice": changed(
        "sale_order", TO_PAY, token="(SELECT token FROM sale_order WHERE number = 10)"
    ),
    "placed without a token": changed("sale_order", TO_PAY, token="NULL"),
    "placed without accepting": changed("sale_order", TO_PAY, acceptance_id="NULL"),
    "placed by nobody": changed("sale_order", TO_PAY, placed_by="NULL"),
    "placed without a due day": changed("sale_order", TO_PAY, due_on="NULL"),
    "placed without sums": changed("sale_order", TO_PAY, total_centavos="NULL"),
    "placed from an empty cart without sums": changed(
        "sale_order",
        CART,
        state="'por_pagar'",
        number="99",
        token="'x'",
        acceptance_id="1",
        placed_by="1",
        placed_at="created_at",
        due_on="'2020-07-21'",
    ),
    "a total that is not the sum": changed(
        "sale_order", TO_PAY, total_centavos="total_centavos - 1"
    ),
    "a tax that is not half-up": changed(
        "sale_order", TO_PAY, tax_centavos="tax_centavos + 1", total_centavos="total_centavos + 1"
    ),
    "a subtotal that is not the sum": changed(
        "sale_order", TO_PAY, subtotal_centavos="subtotal_centavos - 1"
    ),
    "a credit beyond the price": changed(
        "sale_order", TO_PAY, credit_centavos="gross_centavos + 1"
    ),
    "a discount below nothing": changed("sale_order", TO_PAY, discount_centavos="-1"),
    "another tax rate afterwards": changed("sale_order", TO_PAY, tax_rate_bp="800"),
    "a tax rate beyond the whole": changed("sale_order", CART, tax_rate_bp="10001"),
    "paid without money": changed("sale_order", TO_PAY, state="'pagado'", paid_at="placed_at"),
    "paid in part": changed(
        "sale_order",
        TO_PAY,
        state="'pagado'",
        paid_at="placed_at",
        paid_centavos="total_centavos - 1",
    ),
    "paid beyond the total": changed("sale_order", TO_PAY, paid_centavos="total_centavos + 1"),
    "paid below nothing": changed("sale_order", TO_PAY, paid_centavos="-1"),
    "a cart that is paid": changed("sale_order", CART, paid_centavos="1"),
    "paid at no time": changed(
        "sale_order", TO_PAY, state="'pagado'", paid_centavos="total_centavos"
    ),
    "paid and waiting for money": changed("sale_order", TO_PAY, paid_at="placed_at"),
    "delivered without money": changed(
        "sale_order", TO_PAY, state="'surtido'", delivered_at="placed_at", paid_at="placed_at"
    ),
    "delivered at no time": changed("sale_order", DELIVERED, delivered_at="NULL"),
    "delivered before it is paid": changed("sale_order", TO_PAY, delivered_at="placed_at"),
    "refunded without having been paid": changed(
        "sale_order", TO_PAY, state="'reembolsado'", paid_at="placed_at"
    ),
    "a paid order is cancelled": changed(
        "sale_order", DELIVERED, state="'cancelado'", reason="'x'"
    ),
    "a paid order expires": changed("sale_order", DELIVERED, state="'vencido'"),
    "cancelled without a reason": changed("sale_order", CANCELLED, reason="NULL"),
    "a reason without being cancelled": changed("sale_order", TO_PAY, reason="'x'"),
    "a state that is none": changed("sale_order", TO_PAY, state="'regalado'"),
    "an order of no desk": changed("sale_order", TO_PAY, desk_id="999"),
}
LINES = {
    "none of it": changed("order_item", "id = 1", quantity="0"),
    "a thousand": changed("order_item", "term_code IS NULL", quantity="1000"),
    "two Espacios in a line": changed(
        "order_item", "id = 1", quantity="2", gross_centavos="gross_centavos * 2"
    ),
    "two lines of Espacio": copied("order_item", "id = 1", product_code="'ESPACIO-4G'"),
    "the same package twice": copied("order_item", "id = 2"),
    "an Espacio without a name": changed("order_item", "id = 1", naming="NULL"),
    "an Espacio without a term": changed("order_item", "id = 1", term_code="NULL"),
    "stamps for a term": changed("order_item", "id = 2", term_code="'anual'"),
    "a price below nothing": changed("order_item", "id = 2", unit_centavos="-1"),
    "a gross that is not the product": changed(
        "order_item", "id = 2", gross_centavos="gross_centavos + 1"
    ),
    "a discount that is not half-up": changed(
        "order_item", "id = 1", discount_centavos="discount_centavos + 1"
    ),
    "a discount of all": changed("order_item", "id = 2", discount_bp="10000"),
    "a credit beyond the price": changed(
        "order_item", "id = 2", credit_centavos="gross_centavos + 1"
    ),
    "a line of no order": changed("order_item", "id = 2", order_id="999"),
    "a product that is none": changed("order_item", "id = 2", product_code="'REGALO'"),
    "a line that brought a contract is taken away": "DELETE FROM order_item WHERE id = 1",
    "a line delivers a second contract": copied(
        "espacio_contract", "order_item_id = 1", state="'vencido'"
    ),
}
PAYMENTS = {
    "nothing": changed("payment", RECORDED, amount_centavos="0"),
    "less than nothing": changed("payment", RECORDED, amount_centavos="-1"),
    "a movement for two orders": copied("payment", CONFIRMED, order_id="1"),
    "a movement twice for one": copied("payment", CONFIRMED),
    "a movement under another method": copied("payment", CONFIRMED, method="'deposito'"),
    "a transfer without a movement": changed("payment", DECLARED, movement="NULL"),
    "cash without a movement": changed("payment", RECORDED, movement="NULL"),
    "the saldo with a movement": changed("payment", RECORDED, method="'saldo'"),
    "confirmed by who recorded it": changed(
        "payment", RECORDED, state="'confirmado'", decided_by=CAJA1, decided_at="created_at"
    ),
    "confirmed by nobody": changed("payment", RECORDED, state="'confirmado'"),
    "decided at no time": changed("payment", RECORDED, state="'confirmado'", decided_by=CAJA2),
    "confirmed though only declared": changed(
        "payment", DECLARED, state="'confirmado'", decided_by=CAJA2, decided_at="created_at"
    ),
    "recorded by nobody": changed("payment", DECLARED, state="'registrado'"),
    "brought by nobody": changed("payment", RECORDED, recorded_by="NULL", state="'declarado'"),
    "decided and still waiting": changed(
        "payment", RECORDED, decided_by=CAJA2, decided_at="created_at"
    ),
    "confirmed and undecided again": changed("payment", CONFIRMED, state="'registrado'"),
    "rejected without a reason": changed(
        "payment", RECORDED, state="'rechazado'", decided_by=CAJA2, decided_at="created_at"
    ),
    "a reason without being rejected": changed("payment", RECORDED, reason="'x'"),
    "a method that is none": changed("payment", RECORDED, method="'tarjeta'"),
    "a payment of no order": changed("payment", RECORDED, order_id="999"),
}
MONEY_BACK = {
    "a balance below nothing": copied(
        "balance_entry", LAST, place="place + 1", delta_centavos="-999999",
        balance_centavos="-1", reason="'aplicado'", payment_id="NULL", order_id="NULL"
    ),
    "two that follow the same one": copied(
        "balance_entry", LAST, payment_id="NULL", order_id="NULL"
    ),
    "nothing moved": copied(
        "balance_entry", LAST, place="place + 1", delta_centavos="0", payment_id="NULL", order_id="NULL"
    ),
    "applied and grown by it": copied(
        "balance_entry", LAST, place="place + 1", reason="'aplicado'", payment_id="NULL", order_id="NULL"
    ),
    "given and shrunk by it": copied(
        "balance_entry", LAST, place="place + 1", delta_centavos="-1", payment_id="NULL", order_id="NULL"
    ),
    "a first one out of nothing": copied(
        "balance_entry", LAST, desk_id="1", place="1", balance_centavos="900000",
        payment_id="NULL", order_id="NULL"
    ),
    "the place before the first": copied(
        "balance_entry", LAST, place="0", payment_id="NULL", order_id="NULL"
    ),
    "a payment that is credited twice": copied(
        "balance_entry", "payment_id IS NOT NULL", place="place + 1",
        balance_centavos="balance_centavos + delta_centavos"
    ),
    "an order given back twice": copied(
        "balance_entry", "reason = 'reembolso'", place="place + 1",
        balance_centavos="balance_centavos + delta_centavos"
    ),
    "a refund by one": changed("refund", "id = 1", decided_by="asked_by"),
    "a refund decided by nobody": changed("refund", "id = 1", decided_by="NULL"),
    "a refund decided at no time": changed("refund", "id = 1", decided_at="NULL"),
    "a refund that waits and is decided": changed("refund", "id = 1", state="'solicitado'"),
    "two refunds of an order": copied("refund", "id = 1"),
    "a refund of nothing": changed("refund", "id = 1", amount_centavos="0"),
}  # fmt: skip
STATEMENT = (
    "INSERT INTO statement (sha256, name, read_by, read_at)"
    " SELECT 'x', 'x', id, created_at FROM account WHERE username = 'caja1'"
)
LINE = (
    "INSERT INTO statement_line"
    " (statement_id, line, paid_on, amount_centavos, reference, concept, tracking)"
    " SELECT max(id), 2, '2020-07-14', 100, '', '', 'T' FROM statement"
)
STATEMENTS = {
    "the same file twice": STATEMENT,
    "a line twice": LINE,
    "a line of nothing": LINE.replace(", 2,", ", 3,").replace("100", "0"),
    "recorded for no order": changed(
        "statement_line", "line = 2", payment_id="(SELECT max(id) FROM payment)"
    ),
    "one payment of two lines": "; ".join(
        (
            LINE.replace(", 2,", ", 3,"),
            changed("statement_line", "line > 0", payment_id="1", order_id="1"),
        )
    ),
}


def told(store: Store, *statements: str) -> None:
    """Say something to the database that has to touch a row."""
    with store.writing() as session:
        for statement in statements:
            assert session.connection().execute(text(statement)).rowcount > 0


def refuses(store: Store, *statements: str) -> None:
    before = contents(store)
    with pytest.raises(IntegrityError):
        told(store, *statements)
    assert contents(store) == before


@pytest.mark.parametrize("name", ORDERS)
def test_orders(store: Store, name: str) -> None:
    refuses(store, ORDERS[name])


@pytest.mark.parametrize("name", LINES)
def test_lines(store: Store, name: str) -> None:
    refuses(store, LINES[name])


@pytest.mark.parametrize("name", PAYMENTS)
def test_payments(store: Store, name: str) -> None:
    refuses(store, PAYMENTS[name])


@pytest.mark.parametrize("name", MONEY_BACK)
def test_money_back(store: Store, name: str) -> None:
    refuses(store, MONEY_BACK[name])


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements(store: Store, name: str) -> None:
    told(store, STATEMENT, LINE)
    refuses(store, *STATEMENTS[name].split("; "))


def test_a_rejected_movement_is_free_again(store: Store) -> None:
    decided = {"decided_by": CAJA2, "decided_at": "created_at"}
    waiting = {"decided_by": "NULL", "decided_at": "NULL"}
    told(
        store,
        changed("payment", DECLARED, state="'rechazado'", reason="'x'", **decided),
        copied("payment", "state = 'rechazado'", state="'declarado'", reason="NULL", **waiting),
    )


def test_four_eyes_off_is_on_the_row(store: Store) -> None:
    values = {"state": "'confirmado'", "decided_by": CAJA1, "decided_at": "created_at"}
    told(store, changed("payment", RECORDED, four_eyes="false", **values))
