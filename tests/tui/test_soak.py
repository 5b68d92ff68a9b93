"""A thousand random keys over a changing store: the screen stays right, and nothing is kept (issue 4).

`make bench` presses ten thousand; `SOAK_SEED=… make bench` those of a run that failed.
"""

from pathlib import Path

import pytest

from store.demo import CUSTOMER
from store.installation.store import Store
from tests.store.keys.elsewhere import Elsewhere
from tests.store.people import member
from tests.tui.person import Person
from tests.tui.soak import soak


@pytest.mark.parametrize("seed", [4])
async def test_random_keys_over_a_changing_store(
    person: Person, store: Store, tmp_path: Path, seed: int
) -> None:
    store.settings.exports = tmp_path / "x"
    await person.signs_in(CUSTOMER)
    elsewhere = Elsewhere(store, member(store, CUSTOMER), 1_000)
    soaked = await soak(person, elsewhere, keys=1_000, seed=seed)
    assert soaked.looks >= 10
    assert not soaked.wrong, soaked.wrong[0]
    assert soaked.strayed == 0
    assert soaked.own_growth < 1.25, soaked.weights
