"""Where the lines of a list stand: group lines, and the rows between them, one after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.keys.groups import Leaf, Path
from store.keys.query import KeyColumn, KeyQuery


@dataclass(frozen=True)
class KeyGroup:
    """A group line: its value, how deep it stands, and what it holds."""

    path: Path
    column: KeyColumn
    label: str
    keys: int
    units: int
    folded: bool

    @property
    def depth(self) -> int:
        """How many groups it stands in."""
        return len(self.path) - 1


@dataclass(frozen=True)
class Rows:
    """The rows of an innermost group, or of a list without groups: how many lines they take."""

    path: Path
    length: int


Mark = KeyGroup | Rows


class Layout:
    """The marks of a list by the line at which each begins."""

    def __init__(self, marks: Iterator[Mark]) -> None:
        self._marks: list[Mark] = []
        self._starts: list[int] = []
        self._rows: dict[Path, int] = {}
        self.length = 0
        for mark in marks:
            self._marks.append(mark)
            self._starts.append(self.length)
            if isinstance(mark, Rows):
                self._rows[mark.path] = self.length
            self.length += mark.length if isinstance(mark, Rows) else 1

    def at(self, position: int) -> tuple[int, Mark]:
        """Give what stands at a line, and where it begins."""
        place = bisect_right(self._starts, position) - 1
        return self._starts[place], self._marks[place]

    def start_of(self, path: Path) -> int | None:
        """Give the line at which a group's rows begin; `None` where they are folded away or not listed."""
        return self._rows.get(path)


def marks(
    query: KeyQuery,
    leaves: Sequence[Leaf],
    sums: dict[Path, tuple[int, int]],
    folded: frozenset[Path],
) -> Iterator[Mark]:
    """Put group lines and rows one after the other, as the groups are folded."""

    def is_hidden(path: Path) -> bool:
        return any(path[:depth] in folded for depth in range(1, len(path) + 1))

    shown: Path = ()
    for leaf in leaves:
        for depth in range(_common(shown, leaf.path), len(leaf.path)):
            if is_hidden(leaf.path[:depth]):
                break
            path = leaf.path[: depth + 1]
            yield KeyGroup(
                path, query.groups[depth], leaf.labels[depth], *sums[path], folded=path in folded
            )
        if not is_hidden(leaf.path):
            yield Rows(leaf.path, leaf.keys)
        shown = leaf.path


def _common(one: Path, other: Path) -> int:
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same
