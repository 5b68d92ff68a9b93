"""One line of the benchmarks' table: a ratio of two figures taken in the same run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADER = "| what | against | at most | ratio | | ours | theirs |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Line:
    """What was measured against what, and the mark that it has to meet."""

    what: str
    against: str
    at_most: float
    ratio: float
    ours: str
    """The figure with its unit."""
    theirs: str
    note: str = ""
    """Why the mark is missed, where it is."""

    @property
    def is_met(self) -> bool:
        """Whether the ratio is at most the mark."""
        return self.ratio <= self.at_most

    @property
    def _by(self) -> str:
        return f", {self.ratio / self.at_most:.2g} times the mark" if self.at_most else ""

    def __str__(self) -> str:
        verdict = (
            "met" if self.is_met else f"missed{self._by}: {self.note or 'not looked into yet'}"
        )
        return (
            f"| {self.what} | {self.against} | {self.at_most:g} | {self.ratio:.3g}"
            f" | {verdict} | {self.ours} | {self.theirs} |"
        )


def table(lines: Iterable[Line]) -> str:
    """Write the lines as a Markdown table."""
    return "\n".join([HEADER, *map(str, lines)])
