"""Keys as somebody presses them who does not look: what the page is for, and now and then any key at all."""

import random
from collections.abc import Callable, Iterator, Sequence

from tui.keymap import PLACES

_AWAY = {"m", "w", "f10", "ctrl+d"}
"""Keys that lead away from the page or out of the desk, or end the session."""
KEYMAP = sorted(
    {
        key
        for _place, kind in PLACES
        for binding in kind.BINDINGS
        for key in binding.key.split(",")  # type: ignore[union-attr]
    }
    - _AWAY
)
"""Every other key that is bound anywhere in the desk."""
_MOVES = ("up", "down", "pageup", "pagedown", "home", "end")
_TERMS = ("2z", "-abc", "emp", "ñandu", "sin a", "e", "100%", "zzz")
_PLACES = ("1", "77", "50%", "99%", "2000", "x")
_COLUMNS = 6


def gestures(rng: random.Random) -> Iterator[Sequence[str]]:
    """Give keys by their Textual names, those of one intention together, without end."""
    while True:
        keys = rng.choice(_GESTURES)(rng)
        if rng.random() < 0.1:  # somebody changes their mind
            keys = keys[: rng.randrange(len(keys))]
        yield keys


def _move(rng: random.Random) -> list[str]:
    return [rng.choice(_MOVES)] * rng.randrange(1, 13)


def _go_to(rng: random.Random) -> list[str]:
    return ["j", *rng.choice(_PLACES), "enter", "escape"]


def _search(rng: random.Random) -> list[str]:
    return ["slash", "ctrl+a", "ctrl+k", *rng.choice(_TERMS), rng.choice(("enter", "escape"))]


def _sort(rng: random.Random) -> list[str]:
    return ["o", *["down"] * rng.randrange(_COLUMNS), "enter"]


def _tick(rng: random.Random) -> list[str]:
    return [*["down"] * rng.randrange(_COLUMNS), "space"]


def _group(rng: random.Random) -> list[str]:
    return ["g", *_tick(rng), *rng.choice(([], _tick(rng))), "enter", "escape"]


def _columns(rng: random.Random) -> list[str]:
    return ["c", *_tick(rng), "enter", "escape"]


def _filter(rng: random.Random) -> list[str]:
    field = rng.randrange(6)
    typed = ("01/06/2020", "30/06/2020", " ", "50", "2z", "e")[field]
    return ["f", *["tab"] * field, "home", "ctrl+k", *typed, "enter", "escape"]


def _no_filter(_rng: random.Random) -> list[str]:
    return ["f", "shift+tab", "enter"]


def _fold(rng: random.Random) -> list[str]:
    return [rng.choice(("left", "right", "enter")), "escape", rng.choice(_MOVES)]


def _read_again(_rng: random.Random) -> list[str]:
    return ["f5"]


def _any(rng: random.Random) -> list[str]:
    return [*rng.choices(KEYMAP, k=6), *["escape"] * 3]


_GESTURES: Sequence[Callable[[random.Random], list[str]]] = (
    *(_move,) * 8,
    *(_go_to, _search, _sort, _group, _columns, _filter, _no_filter, _fold, _read_again),
    *(_any,) * 2,
)
