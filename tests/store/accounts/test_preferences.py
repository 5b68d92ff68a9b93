"""What an account chose and the desk remembers."""

import pytest

from store.accounts.person import Person
from store.accounts.preferences import recall, remember
from store.accounts.tables import Preference, Role
from store.installation.store import Store
from tests.store.contents import rows
from tests.store.lots import CONSOLE
from tests.store.people import colleague


def recalled(store: Store, person: Person, name: str = "keys.columns") -> object:
    """Ask for what was kept."""
    with store.reading() as session:
        return recall(session, person, name)


def keeps(store: Store, person: Person, value: object, name: str = "keys.columns") -> None:
    """Keep something."""
    with store.writing() as session:
        remember(session, person, name, value)


@pytest.mark.parametrize(
    "value", [["KEY", "DATE"], {"a": [1, None, True]}, "Ñandú [/] \x00\udcff", 0, False, []]
)
def test_what_was_chosen_is_there_at_the_next_entrance(
    store: Store, empresasis: Person, value: object
) -> None:
    keeps(store, empresasis, value)
    assert recalled(store, empresasis) == value


def test_what_was_never_chosen_is_none(store: Store, empresasis: Person) -> None:
    assert recalled(store, empresasis) is None


def test_the_last_choice_counts(store: Store, empresasis: Person) -> None:
    keeps(store, empresasis, ["KEY"])
    keeps(store, empresasis, ["DATE"])
    assert recalled(store, empresasis) == ["DATE"]
    assert len(rows(store, Preference)) == 1


def test_each_account_and_each_name_has_its_own(store: Store, empresasis: Person) -> None:
    ayudante = colleague(store, empresasis, "ayudante", Role.CONSULTA)
    keeps(store, empresasis, 1)
    keeps(store, empresasis, 2, "other")
    keeps(store, ayudante, 3)
    assert recalled(store, empresasis) == 1
    assert recalled(store, empresasis, "other") == 2
    assert recalled(store, ayudante) == 3


def test_the_command_line_remembers_nothing(store: Store) -> None:
    keeps(store, CONSOLE, 1)
    assert recalled(store, CONSOLE) is None
    assert rows(store, Preference) == []
