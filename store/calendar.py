"""Time: the desk's clock, local dates, months, and how dates are written and read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_WRITTEN_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)


def system_time() -> datetime:
    """Give the machine's time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """The desk's time: the machine's, moved by the store's offset, seen in the desk's zone."""

    zone: ZoneInfo
    offset: timedelta = timedelta()
    """How far the store lives from real time; only the demo's is not zero (SPEC 8)."""
    source: Callable[[], datetime] = system_time

    def now(self) -> datetime:
        """Give the instant, aware, in UTC."""
        return self.source() + self.offset

    def today(self) -> date:
        """Give the local date."""
        return self.date_of(self.now())

    def date_of(self, instant: datetime) -> date:
        """Give the local date of an instant."""
        return instant.astimezone(self.zone).date()

    def hour_of(self, instant: datetime) -> str:
        """Write the local hour of an instant, «18:45», rounded up: at that minute the instant has come."""
        local = instant.astimezone(self.zone)
        if local.second or local.microsecond:
            local += timedelta(minutes=1)
        return f"{local:%H:%M}"

    def moment_of(self, instant: datetime) -> str:
        """Write an instant as local date and time, «14/07/2020 13:00»."""
        return f"{instant.astimezone(self.zone):%d/%m/%Y %H:%M}"


def add_months(day: date, months: int) -> date:
    """Move a date by calendar months, clamped to the month's last day: 31/01 and a month is 28/02 (SPEC 5)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def long_date(day: date) -> str:
    """Write a date as the column «Fecha» does: «14/07/2020»."""
    return f"{day:%d/%m}/{day.year:04}"


def short_date(day: date) -> str:
    """Write a date as the column «F. Activación» does: «14/07/20»."""
    return f"{day:%d/%m/%y}"


def read_date(text: str) -> date | None:
    """Read «14/07/2020», «14-7-20» or «14.07.2020»; `None` where it is no date.

    Two-digit years are of this century: the desk's dates are contracts and payments.
    """
    match = _WRITTEN_DATE.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year + 2000 if len(match[3]) == 2 else year, month, day)
    except ValueError:
        return None
