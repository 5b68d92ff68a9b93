"""What is listed, and the sentence that says so."""

from datetime import date

import pytest

from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.tables import KeyState
from store.keys.words import said_of_activation, said_of_client, said_of_state, stamps

TODAY = date(2020, 7, 14)


def test_the_columns_stand_in_the_seeds_order() -> None:
    assert [column.title for column in KeyColumn] == [
        "Clave",
        "Cantidad",
        "Fecha",
        "F. Activación",
        "Estatus",
        "Cliente",
    ]


def test_without_a_filter_the_last_two_months_are_listed() -> None:
    assert KeyQuery().sentence(TODAY) == (
        "Claves de prepago con: Fecha de contratación desde 14/05/2020 al 14/07/2020"
    )
    assert KeyQuery().range_on(TODAY) == DateRange(date(2020, 5, 14), TODAY)


def test_a_desk_left_open_overnight_lists_up_to_the_new_day() -> None:
    assert KeyQuery().range_on(date(2020, 7, 15)).until == date(2020, 7, 15)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (
            DateRange(date(2020, 1, 1), date(2020, 2, 29)),
            "Fecha de contratación desde 01/01/2020 al 29/02/2020",
        ),
        (DateRange(since=date(2020, 1, 1)), "Fecha de contratación desde 01/01/2020"),
        (DateRange(until=date(2020, 2, 29)), "Fecha de contratación hasta 29/02/2020"),
        (DateRange(), "cualquier Fecha de contratación"),
    ],
)
def test_any_range_can_be_said(dates: DateRange, said: str) -> None:
    assert KeyQuery(dates=dates).sentence(TODAY) == f"Claves de prepago con: {said}"


def test_every_filter_in_force_is_said() -> None:
    query = KeyQuery(
        dates=DateRange(),
        states=frozenset({KeyState.WITHHELD, KeyState.AVAILABLE}),
        units=1200,
        signs="38SQ",
        client="Ñandú",
    )
    assert query.sentence(TODAY) == (
        "Claves de prepago con: cualquier Fecha de contratación; "
        "Estatus Disponible o Retenida; Cantidad 1,200 Timbres; "
        "Clave con «38SQ»; Cliente con «Ñandú»"
    )


def test_what_was_typed_into_a_filter_is_said_harmless() -> None:
    query = KeyQuery(client="\x1b]0;\x07", signs="\u202e")
    assert query.sentence(TODAY).isprintable()


def test_order_and_groups_survive_the_end_of_a_filter() -> None:
    query = KeyQuery(client="x", units=50).sorted_by(KeyColumn.CLIENT, descending=False)
    query = query.grouped_by(KeyColumn.STATUS, KeyColumn.QUANTITY)
    assert query.unfiltered() == KeyQuery(
        sort=KeyColumn.CLIENT,
        descending=False,
        groups=(KeyColumn.STATUS, KeyColumn.QUANTITY),
    )


def test_newest_comes_first_where_that_is_natural() -> None:
    newest = {column for column in KeyColumn if column.newest_first}
    assert newest == {KeyColumn.DATE, KeyColumn.ACTIVATION}
    assert KeyQuery().sort is KeyColumn.DATE
    assert KeyQuery().descending


def test_a_keys_facts_are_written_as_in_the_seeds_figure() -> None:
    assert [stamps(units) for units in (1, 50, 1200, 1_000_000)] == [
        "1 Timbre",
        "50 Timbres",
        "1,200 Timbres",
        "1,000,000 Timbres",
    ]
    assert (said_of_activation(None), said_of_activation(TODAY)) == ("Inactiva", "14/07/20")
    assert (said_of_client(None), said_of_client("Empresa 1")) == ("Sin asignar", "Empresa 1")
    assert [said_of_state(state) for state in KeyState] == [
        "Emitida",
        "Bloqueada",
        "Vencida",
        "Disponible",
        "Retenida",
        "Utilizada",
        "Anulada",
    ]
