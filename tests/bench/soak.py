"""Ten thousand random keys over a list that another session changes: whether memory stays flat and the screen right."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from store.demo import CUSTOMER, create_demo
from store.installation.opening import open_store
from store.settings import Settings
from tests.bench.line import Line
from tests.store.keys.elsewhere import Elsewhere
from tests.store.people import member
from tests.store.watch import Watch
from tests.tui.person import at_the_desk
from tests.tui.soak import Soaked, soak

KEYS = int(os.environ.get("SOAK_KEYS", 10_000))
HELD = 3_000
"""Keys that the desk holds at first."""


def lines(folder: Path) -> Iterator[Line]:
    """Press keys of a seed that nobody chose, unless `SOAK_SEED` names one."""
    seed = int(os.environ.get("SOAK_SEED") or random.randrange(1_000_000))
    soaked = asyncio.run(_soaked(folder, seed))
    print("\n\n".join(soaked.wrong), file=sys.stderr)
    what = f"{KEYS:,} random keys over a changing store (seed {seed})"
    first, last = soaked.weights[0], soaked.weights[-1]
    yield Line(
        what=f"{what}: blocks of memory at the end",
        against="after the first third",
        at_most=1.1,
        ratio=soaked.growth,
        ours=f"{last.blocks:,}",
        theirs=f"{first.blocks:,}",
    )
    yield Line(
        what=f"{what}: the desk's own objects at the end",
        against="after the first third",
        at_most=1.25,
        ratio=soaked.own_growth,
        ours=f"{last.own:,}",
        theirs=f"{first.own:,}",
    )
    yield Line(
        what=f"{what}: screens that were wrong",
        against=f"{soaked.looks} looked at",
        at_most=0,
        ratio=len(soaked.wrong) + soaked.strayed,
        ours=f"{len(soaked.wrong)}; {soaked.strayed} times the cursor left its row",
        theirs="–",
    )


async def _soaked(folder: Path, seed: int) -> Soaked:
    file = folder / "soak.db"
    create_demo(Settings(store=str(file))).close()
    store = open_store(Settings(store=str(file), exports=folder / "soaked"))
    store = replace(store, clock=Watch().clock)
    try:
        async with at_the_desk(store) as person:
            await person.signs_in(CUSTOMER)
            elsewhere = Elsewhere(store, member(store, CUSTOMER), HELD)
            return await soak(person, elsewhere, keys=KEYS, seed=seed)
    finally:
        store.close()
