"""Until when an Espacio holds, as its page writes it: nothing is promised that is over."""

from dataclasses import replace

import pytest

from store.demo import ENDING, FREE, IN_GRACE, SUSPENDED
from store.espacio.tables import ContractState
from store.installation.store import Store
from tests.store.espacio.buying import summary
from tests.store.people import member
from tests.store.watch import Watch
from tui.screens.espacio.words import said_of_days


def said(store: Store, handle: str) -> str:
    return said_of_days(summary(store, member(store, handle)))


@pytest.mark.parametrize(
    ("handle", "words"),
    [
        (FREE, "desde el 03/01/2020, sin fecha final"),
        (ENDING, "desde el 04/07/2020 hasta el 04/08/2020 · quedan 21 días"),
        (IN_GRACE, "terminó el 10/07/2020 · todo funciona hasta el 16/07/2020"),
        (SUSPENDED, "terminó el 20/06/2020 · solo lectura hasta el 26/07/2020"),
    ],
)
def test_each_state_says_what_still_holds(store: Store, handle: str, words: str) -> None:
    assert said(store, handle) == words


def test_the_last_day_is_one_day(store: Store, watch: Watch) -> None:
    watch.passes(days=20)
    assert said(store, ENDING).endswith("queda 1 día")


def test_what_is_over_has_no_days_left(store: Store, watch: Watch) -> None:
    watch.passes(days=60)
    assert said(store, SUSPENDED) == "terminó el 20/06/2020"


def test_what_was_cancelled_before_its_end_holds_no_more(store: Store) -> None:
    running = summary(store, member(store, ENDING))
    cancelled = replace(running, state=ContractState.CANCELLED)
    assert said_of_days(cancelled) == "ya no está vigente"
