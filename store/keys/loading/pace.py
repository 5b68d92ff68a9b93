"""How much goes into one step: as much as can be written while nobody has to wait."""

from __future__ import annotations

from dataclasses import dataclass, field

_AIM = 0.05
"""Seconds that a step should hold the write lock: a person notices a fifth, and a busy machine takes thrice as long."""
LEAST, MOST = 1_000, 20_000
"""Fewer would not be quicker: what a step costs besides its keys would be most of it."""


@dataclass
class Pace:
    """Grows and shrinks the steps by how long they took."""

    size: int = field(default_factory=lambda: LEAST)
    """Keys of the next step."""

    def took(self, seconds: float) -> None:
        """Learn from a step how large the next one may be; a slow one is answered at once, a fast one by half."""
        fitting = self.size * _AIM / max(seconds, 0.001)
        self.size = int(min(max(fitting, LEAST), self.size * 1.5, MOST))
