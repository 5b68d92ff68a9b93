"""A watch for the store: it stands still until a test moves it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from store.calendar import Clock
from store.demo import START

MEXICO = ZoneInfo("America/Mexico_City")


class Watch:
    """Shows 14/07/2020 at 13:00 in Mexico City, the moment in which the demo lives."""

    def __init__(self, instant: datetime = START) -> None:
        self.instant = instant

    def __call__(self) -> datetime:
        return self.instant

    @property
    def clock(self) -> Clock:
        """The desk's clock, with this watch behind it."""
        return Clock(MEXICO, source=self)

    def passes(self, **time: float) -> None:
        """Let time pass: `watch.passes(minutes=15)`."""
        self.instant += timedelta(**time)
