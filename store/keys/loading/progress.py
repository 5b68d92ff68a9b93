"""What is told while keys are loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Progress:
    """How far a load has come, over all its runs."""

    folio: str | None
    """The lot's; none before its first key."""
    line: int
    """Lines that are done."""
    taken: int
    refused: int
    share: float
    """How much of the whole is done, 0 to 1."""


Tell: TypeAlias = Callable[[Progress], None]
"""Called at the start, where it says what earlier runs did, and after each step."""


def silently(_progress: Progress) -> None:
    """Tell nobody."""
