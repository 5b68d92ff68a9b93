"""How long nobody has pressed a key, and what follows from that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from time import monotonic


class Stage(IntEnum):
    """What the desk does while nobody is there, in this order."""

    OPEN = 0
    WARNED = 1
    LOCKED = 2
    OVER = 3


@dataclass(frozen=True)
class IdleTimes:
    """Seconds; 0 turns a stage off."""

    warning: int = 0
    """How long before the lock, or before the end where there is no lock, somebody is warned."""
    lock: int = 0
    """Without a key until the lock."""
    end: int = 0
    """Without a key until the end."""

    def stages(self) -> dict[Stage, int]:
        """Give after how many seconds each stage comes that comes at all."""
        found = {Stage.LOCKED: self.lock, Stage.OVER: self.end}
        found = {stage: after for stage, after in found.items() if after}
        if found and self.warning:
            found[Stage.WARNED] = max(min(found.values()) - self.warning, 0)
        return found


class Idle:
    """Counts from the last key; before the first one nobody is there to be missed."""

    def __init__(self, times: IdleTimes, seconds: Callable[[], float] = monotonic) -> None:
        """Make a count that stands at nothing.

        Args:
            times: When each stage comes.
            seconds: The time, in seconds since whenever.
        """
        self._stages, self._seconds = times.stages(), seconds
        self._last: float | None = None

    def stir(self) -> None:
        """Begin anew: somebody is there."""
        self._last = self._seconds()

    @property
    def is_begun(self) -> bool:
        """Whether anybody has been there."""
        return self._last is not None

    @property
    def stage(self) -> Stage:
        """What is due now."""
        return max(
            (stage for stage, after in self._stages.items() if self._passed >= after),
            default=Stage.OPEN,
        )

    @property
    def until_next(self) -> float | None:
        """Seconds until something else is due if no key comes; `None` where nothing ever will be."""
        if self._last is None:
            return None
        coming = [after for after in self._stages.values() if after > self._passed]
        return min(coming) - self._passed if coming else None

    @property
    def _passed(self) -> float:
        return -1 if self._last is None else self._seconds() - self._last
