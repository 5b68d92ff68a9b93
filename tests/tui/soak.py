"""A soak: keys at random over a list that another session changes, and a look at the screen now and then."""

import asyncio
import gc
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from rich.cells import set_cell_size

from store.accounts.person import Person as Visitor
from store.installation.store import Store
from store.keys.layout import KeyGroup
from store.keys.query import KeyColumn, KeyQuery
from tests.store.keys.crowded import Held, held
from tests.store.keys.elsewhere import Elsewhere
from tests.store.keys.model import GroupLine, is_asked_for, label_of, modelled
from tests.tui.gestures import gestures
from tests.tui.person import Person, plain
from tui.screens.keys.page import KeysPage
from tui.screens.keys.source import grid_columns, said_of_group
from tui.widgets.grid import GridGroup, GridLine, GridRow
from tui.widgets.grid.drawing import text_of

BURST = 100
"""Keys that are pressed before anybody waits for the desk, and looks."""
SOON = 0.1
"""Seconds after which no timer is left that began with the list before, and holds it."""
OWN = ("store.keys.", "tui.")
"""Where the classes are of what a list is made of; what SQLAlchemy keeps has none of them."""


@dataclass(frozen=True)
class Weight:
    """What the process holds."""

    blocks: int
    """Blocks of Python's memory, caches and all."""
    own: int
    """Objects of the desk's own classes, which no cache of a library keeps."""


@dataclass
class Soaked:
    """What came of it."""

    looks: int = 0
    wrong: list[str] = field(default_factory=list)
    """What was on the screen where it was not what the store holds."""
    strayed: int = 0
    """How often a refresh took the cursor from a row that was still listed."""
    weights: list[Weight] = field(default_factory=list)
    """After each third, all on the same list."""

    @property
    def growth(self) -> float:
        """How much more blocks there are after the last third than after the first."""
        return self.weights[-1].blocks / self.weights[0].blocks

    @property
    def own_growth(self) -> float:
        """The same of the desk's own objects."""
        return self.weights[-1].own / self.weights[0].own


async def soak(person: Person, elsewhere: Elsewhere, *, keys: int, seed: int) -> Soaked:
    """Press so many keys, a third at a time, while the store changes."""
    pressed = (key for gesture in gestures(random.Random(seed)) for key in gesture)
    soaked = Soaked()
    with elsewhere.at_work():
        for _third in range(3):
            await _press(person, elsewhere, soaked, islice(pressed, keys // 3))
            soaked.weights.append(await _weigh(person, elsewhere))
    return soaked


async def _press(person: Person, elsewhere: Elsewhere, soaked: Soaked, keys: Iterator[str]) -> None:
    """Press keys in bursts; after each burst look at the screen, with the store at rest."""
    while burst := list(islice(keys, BURST)):
        person.hits(*burst)
        await person.settles()
        with elsewhere.rests():
            await _look(person, elsewhere.store, elsewhere.person, soaked)


async def _look(person: Person, store: Store, visitor: Visitor, soaked: Soaked) -> None:
    await person.presses(*["escape"] * 4)
    page = person.app.screen
    assert isinstance(page, KeysPage), person.text
    under_cursor = page._key_under_cursor
    await person.presses("f5")
    source = page._source
    assert source is not None
    keys = {key.id: key for key in held(store, visitor)}
    query = source.listing.query
    asked = [key for key in keys.values() if is_asked_for(key, query)]
    lines = list(modelled(asked, query, source.listing._folded))
    soaked.looks += 1
    soaked.strayed += under_cursor in lines and page._key_under_cursor != under_cursor
    top = page.grid._top
    expected = [
        _written(_drawn(line, keys, query, source.columns), page)
        for line in lines[top : top + page.grid._rows_in_sight]
    ]
    if person.rows != (expected or [plain(page.grid._empty)]):
        soaked.wrong.append("\n".join([person.text, "expected:", *expected]))


def _drawn(
    line: GroupLine | int, keys: dict[int, Held], query: KeyQuery, columns: Sequence[KeyColumn]
) -> GridLine:
    if isinstance(line, int):
        return GridRow([label_of(keys[line], column) for column in columns])
    path, label, count, units, folded = line
    group = KeyGroup(path, query.groups[len(path) - 1], label, count, units, folded)
    return GridGroup(said_of_group(group), group.depth, folded)


def _written(line: GridLine, page: KeysPage) -> str:
    assert page._source is not None
    width = page.grid.size.width
    columns = grid_columns(page._source.columns, page._source.listing.query)
    return plain(set_cell_size(text_of(line, columns, width), width))


async def _weigh(person: Person, elsewhere: Elsewhere) -> Weight:
    """Take the list that everybody begins with, and weigh what is held."""
    with elsewhere.rests():
        await person.presses(*["escape"] * 4, "v", "home", "enter", "home", "f5")
        await asyncio.sleep(SOON)
        gc.collect()
        own = sum(str(type(kept).__module__).startswith(OWN) for kept in gc.get_objects())
        return Weight(sys.getallocatedblocks(), own)
