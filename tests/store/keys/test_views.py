"""«Mis vistas»: kept by an account under a name, one of them the first to be seen."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, update

from store.accounts.person import Person
from store.accounts.tables import Role
from store.errors import Mistyped, NotAllowed, NotFound, ViewUnreadable
from store.installation.store import Store
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.tables import KeyState, SavedView
from store.keys.views import (
    MOST_VIEWS,
    KeyView,
    ViewName,
    default_view,
    delete_view,
    list_views,
    open_view,
    rename_view,
    replace_view,
    save_view,
    set_default,
)
from tests.store.contents import rows
from tests.store.lots import CONSOLE
from tests.store.people import colleague
from tests.store.refusals import refused

FIRST = KeyView(KeyQuery(), tuple(KeyColumn))
BUSY = KeyView(
    KeyQuery(
        dates=DateRange(date(2020, 1, 1), None),
        states=frozenset({KeyState.USED, KeyState.VOID}),
        units=50,
        signs="38SQ",
        client="Ñandú [/] \x1b",
        sort=KeyColumn.CLIENT,
        descending=False,
        groups=(KeyColumn.STATUS, KeyColumn.DATE),
    ),
    (KeyColumn.CLIENT, KeyColumn.KEY),
)
TAKEN = "Ya tienes una vista con ese nombre."


def saved(store: Store, person: Person, name: str, view: KeyView = FIRST) -> int:
    """Save a view."""
    with store.writing() as session:
        return save_view(session, person, name, view)


def names(store: Store, person: Person) -> list[str]:
    """Name the views of an account in their order."""
    with store.reading() as session:
        return [view.name for view in list_views(session, person)]


def opened(store: Store, person: Person, view_id: int) -> KeyView:
    """Open a view."""
    with store.reading() as session:
        return open_view(session, person, view_id)


@pytest.mark.parametrize("view", [FIRST, BUSY])
def test_a_view_comes_back_as_it_was_saved(store: Store, empresasis: Person, view: KeyView) -> None:
    assert opened(store, empresasis, saved(store, empresasis, "Una", view)) == view


def test_a_default_range_stays_one(store: Store, empresasis: Person) -> None:
    assert opened(store, empresasis, saved(store, empresasis, "Una")).query.dates is None


def test_they_are_in_spanish_order_and_an_accounts_own(store: Store, empresasis: Person) -> None:
    mirona = colleague(store, empresasis, "mirona", Role.CONSULTA)
    for name in ("Ñandú", "nube", "  Zona   norte ", "álamo"):
        saved(store, empresasis, name)
    hers = saved(store, mirona, "NUBE")
    assert names(store, empresasis) == ["álamo", "nube", "Ñandú", "Zona norte"]
    assert names(store, mirona) == ["NUBE"]
    with refused("Esa vista ya no existe.", NotFound):
        opened(store, empresasis, hers)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (" \t", "Escribe un nombre para la vista."),
        ("x" * 41, "El nombre tiene hasta 40 caracteres."),
        ("a\x1b]0;b", "El nombre tiene signos que no se pueden guardar."),
        ("ÁRBOL", TAKEN),
        (" Árbol ", TAKEN),
    ],
)
def test_a_name_that_cannot_be(store: Store, empresasis: Person, name: str, sentence: str) -> None:
    saved(store, empresasis, "árbol")
    other = saved(store, empresasis, "otra")
    with refused(sentence, Mistyped, field="name"):
        saved(store, empresasis, name)
    with refused(sentence, Mistyped), store.writing() as session:
        rename_view(session, empresasis, other, name)
    assert names(store, empresasis) == ["árbol", "otra"]


def test_a_view_may_keep_its_name_in_other_letters(store: Store, empresasis: Person) -> None:
    view_id = saved(store, empresasis, "árbol")
    with store.writing() as session:
        rename_view(session, empresasis, view_id, "Árbol")
        replace_view(session, empresasis, view_id, BUSY)
    assert names(store, empresasis) == ["Árbol"]
    assert opened(store, empresasis, view_id) == BUSY


def test_there_is_an_end_to_views(store: Store, empresasis: Person) -> None:
    for number in range(MOST_VIEWS):
        saved(store, empresasis, f"Vista {number}")
    with refused("Ya tienes 20 vistas, que son las que caben; borra una."):
        saved(store, empresasis, "Una más")


def test_one_is_the_first_and_none_can_be(store: Store, empresasis: Person) -> None:
    one, other = saved(store, empresasis, "Una", BUSY), saved(store, empresasis, "Otra")
    for chosen, there in ((other, FIRST), (one, BUSY), (None, None)):
        with store.writing() as session:
            set_default(session, empresasis, chosen)
        with store.reading() as session:
            assert default_view(session, empresasis) == there
    with store.writing() as session:
        set_default(session, empresasis, one)
        delete_view(session, empresasis, one)
    with store.reading() as session:
        assert default_view(session, empresasis) is None
        assert list_views(session, empresasis) == [ViewName(other, "Otra", False)]


def test_no_two_can_be_the_first_whoever_writes(store: Store, empresasis: Person) -> None:
    saved(store, empresasis, "Una")
    saved(store, empresasis, "Otra")
    with pytest.raises(IntegrityError), store.writing() as session:
        session.exec(update(SavedView).values(is_default=True))


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "La vista «Una» está dañada; bórrala y guárdala de nuevo."),
        ('{"version":1}', "La vista «Una» está dañada; bórrala y guárdala de nuevo."),
        (
            '{"version":1,"query":{"units":"muchos"},"columns":["Clave"]}',
            "La vista «Una» está dañada; bórrala y guárdala de nuevo.",
        ),
        (
            '{"version":1,"query":{},"columns":[]}',
            "La vista «Una» está dañada; bórrala y guárdala de nuevo.",
        ),
        ('{"version":2,"que":1}', "La vista «Una» es de una versión más nueva del programa."),
    ],
)
def test_what_cannot_be_read_is_refused_and_can_be_deleted(
    store: Store, empresasis: Person, value: str, sentence: str
) -> None:
    view_id = saved(store, empresasis, "Una")
    with store.writing() as session:
        session.exec(
            update(SavedView)
            .where(col(SavedView.id) == view_id)
            .values(value=value, is_default=True)
        )
    with refused(sentence, ViewUnreadable):
        opened(store, empresasis, view_id)
    with refused(sentence, ViewUnreadable), store.reading() as session:
        default_view(session, empresasis)
    with store.writing() as session:
        delete_view(session, empresasis, view_id)
    assert rows(store, SavedView) == []


def test_the_command_line_has_none(store: Store) -> None:
    with refused("Para esto, entra con tu propia cuenta.", NotAllowed):
        saved(store, CONSOLE, "Una")
