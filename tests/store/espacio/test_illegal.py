"""States that cannot be: each is tried in plain SQL, and the database itself refuses it (facts/domain 4.c)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store.accounts.person import Person
from store.installation.store import Store
from tests.store.contents import contents
from tests.store.espacio.buying import activated, bought, contracts, espacio_of, new_desk


@contextmanager
def impossible(store: Store) -> Iterator[None]:
    """Expect the database to refuse, and nothing to change."""
    before = contents(store)
    with pytest.raises(IntegrityError):
        yield
    assert contents(store) == before


def run(store: Store, sql: str, **values: object) -> None:
    with store.writing() as session:
        session.connection().execute(text(sql), values)


COPY = (
    "INSERT INTO espacio_contract (espacio_id, plan_code, term_code, order_item_id, state, starts_on, ends_on,"
    " anchor_on, paid_centavos, replaced_by) SELECT espacio_id, plan_code, {term}, {item}, '{state}', starts_on,"
    " {end}, {anchor}, {paid}, NULL FROM espacio_contract WHERE id = :id"
)


def copied(state: str, **other: str) -> str:
    """Write one more contract, like another but for what is said."""
    values = {
        "term": "term_code",
        "item": "NULL",
        "end": "ends_on",
        "anchor": "anchor_on",
        "paid": "paid_centavos",
    }
    return COPY.format(state=state, **(values | other))


FREE = {"term": "NULL", "end": "NULL", "anchor": "NULL", "paid": "0"}


@pytest.fixture
def paid(store: Store, kemper: Person) -> int:
    """A paid contract in force."""
    return bought(store, kemper).id


def test_two_espacios_in_a_desk(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    with impossible(store):
        run(store, "INSERT INTO espacio (desk_id, name, naming, users_in_use, storage_in_use_mb, created_at)"
                   " SELECT desk_id, 'otro', naming, 1, 0, created_at FROM espacio WHERE id = :id",
            id=espacio_of(store, kemper).id)  # fmt: skip


def test_a_name_that_another_has(store: Store, kemper: Person, empresasis: Person) -> None:
    activated(store, kemper)
    activated(store, empresasis)
    with impossible(store):
        run(store, "UPDATE espacio SET name = 'kemper' WHERE name = 'empresasis'")


@pytest.mark.parametrize(
    "change",
    [
        "name = 'ab'",
        "users_in_use = 0",
        "storage_in_use_mb = -1",
        "naming = 'otro'",
        "name = NULL",
    ],
)
def test_an_impossible_espacio(store: Store, kemper: Person, change: str) -> None:
    activated(store, kemper)
    with impossible(store):
        run(store, f"UPDATE espacio SET {change} WHERE desk_id = :id", id=kemper.desk_id)


@pytest.mark.parametrize("state", ["activo", "gracia", "suspendido"])
def test_two_contracts_in_force(store: Store, kemper: Person, state: str) -> None:
    activated(store, kemper)
    with impossible(store):
        run(store, copied(state, **FREE), id=contracts(store, kemper)[0].id)


def test_two_that_wait(store: Store, kemper: Person, paid: int) -> None:
    waiting = bought(store, kemper, renewing=True)
    other = bought(store, new_desk(store, "otra", "JUFA7608212V6"), "4G")
    with impossible(store):
        run(store, "UPDATE espacio_contract SET state = 'programado', espacio_id = :espacio WHERE id = :id",
            espacio=waiting.espacio_id, id=other.id)  # fmt: skip


def test_the_free_one_twice(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    bought(store, kemper)
    with impossible(store):
        run(store, copied("vencido", **FREE), id=contracts(store, kemper)[0].id)


def test_one_paid_line_delivered_twice(store: Store, paid: int) -> None:
    with impossible(store):
        run(store, copied("vencido", item="order_item_id"), id=paid)


def test_a_paid_one_without_its_line(store: Store, paid: int) -> None:
    with impossible(store):
        run(store, copied("vencido"), id=paid)


@pytest.mark.parametrize(
    "change",
    [
        "term_code = NULL",
        "ends_on = NULL",
        "anchor_on = NULL",
        "order_item_id = NULL",
        "ends_on = starts_on",
        "paid_centavos = -1",
        "state = 'reemplazado'",
        "replaced_by = id",
        "state = 'otro'",
        "plan_code = 'ESPACIO-7G'",
        "term_code = 'diario'",
        "espacio_id = -1",
        "starts_on = NULL",
    ],
)
def test_an_impossible_contract(store: Store, paid: int, change: str) -> None:
    with impossible(store):
        run(store, f"UPDATE espacio_contract SET {change} WHERE id = :id", id=paid)


def test_a_free_one_that_was_paid_for(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    number = contracts(store, kemper)[0].id
    with impossible(store):
        run(store, "UPDATE espacio_contract SET paid_centavos = 1 WHERE id = :id", id=number)


@pytest.mark.parametrize("table", ["espacio", "order_item", "desk"])
def test_what_a_contract_rests_on_stays(store: Store, paid: int, table: str) -> None:
    with impossible(store):
        run(store, f"DELETE FROM {table}")


def test_a_code_twice_or_too_short(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    again = (
        "INSERT INTO espacio_code (espacio_id, mac, expires_at, created_at)"
        " SELECT espacio_id, {mac}, expires_at, created_at FROM espacio_code"
    )
    for mac in ("mac", "substr(mac, 1, 31)"):
        with impossible(store):
            run(store, again.format(mac=mac))


PRICE = (
    "INSERT INTO price (product_code, centavos, valid_from, valid_to, source)"
    " VALUES ('{product}', {centavos}, '{since}', {until}, '{source}')"
)


@pytest.mark.parametrize(
    "other",
    [
        {"since": "2017-01-01", "until": "'2017-01-02'"},
        {"since": "2030-01-01", "until": "NULL"},
        {"centavos": "-1"},
        {"since": "2030-01-02", "until": "'2030-01-01'"},
        {"source": "invento"},
        {"product": "NADA"},
    ],
)
def test_an_impossible_price(store: Store, other: dict[str, str]) -> None:
    values = {"product": "ESPACIO-4G", "centavos": "1", "since": "2030-01-01",
              "until": "'2030-12-31'", "source": "operator"} | other  # fmt: skip
    with impossible(store):
        run(store, PRICE.format(**values))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE term SET discount_bp = 10000 WHERE code = 'anual'",
        "UPDATE term SET months = 1 WHERE code = 'anual'",
        "UPDATE term SET months = 0 WHERE code = 'anual'",
        "UPDATE plan SET rank = 0 WHERE product_code = 'ESPACIO-4G'",
        "UPDATE plan SET max_users = 0 WHERE product_code = 'ESPACIO-4G'",
        "UPDATE plan SET storage_gb = 0 WHERE product_code = 'ESPACIO-4G'",
        "UPDATE product SET units = NULL WHERE code = 'TIMBRES-50'",
        "UPDATE product SET units = 5 WHERE code = 'ESPACIO-4G'",
        "UPDATE price_list SET tax_rate_bp = 10001",
        "INSERT INTO price_list (id, currency, tax_rate_bp) VALUES (2, 'MXN', 1600)",
    ],
)
def test_an_impossible_catalogue(store: Store, sql: str) -> None:
    with impossible(store):
        run(store, sql)
