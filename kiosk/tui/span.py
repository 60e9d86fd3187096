"""A stretch of business days that reports are made of: a day, a week, a month or a year. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kiosk import i18n
from kiosk.i18n import _

Unit = Literal["day", "week", "month", "year"]
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Span:
    """The day, week, month or year around a business date."""

    around: date
    unit: Unit = "day"

    @property
    def first(self) -> date:
        """Its first day; weeks begin on Monday, as in ISO 8601."""
        if self.unit == "week":
            return self.around - timedelta(days=self.around.weekday())
        if self.unit == "month":
            return self.around.replace(day=1)
        return self.around.replace(month=1, day=1) if self.unit == "year" else self.around

    @property
    def last(self) -> date:
        """Its last day."""
        return self.stepped(1).first - timedelta(days=1)

    def stepped(self, by: int) -> Span:
        """The span so many before or after this one."""
        first = self.first
        if self.unit == "month":
            months = first.year * DECEMBER + first.month - 1 + by
            return replace(self, around=date(months // DECEMBER, months % DECEMBER + 1, 1))
        if self.unit == "year":
            return replace(self, around=date(first.year + by, 1, 1))
        return replace(self, around=first + timedelta(days=by * (7 if self.unit == "week" else 1)))

    @property
    def title(self) -> str:
        """The span in words: `23/11/2026`, or its first and last day."""
        first, last = (i18n.day(one.isoformat()) for one in (self.first, self.last))
        return first if self.unit == "day" else _("{first} to {last}").format(first=first, last=last)
