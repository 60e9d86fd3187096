"""What the stall took, hour by hour, and what a sale takes; with how much of the time was measured.

Everything behind the battery counts, whether the sun or the battery gave it. Hours are those of the shop's
clock, as in the report of sales by hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from kiosk.checkout.reports import report
from kiosk.energy.cost import cost
from kiosk.energy.powerbook import QUARTER_S

if TYPE_CHECKING:
    from kiosk.energy.powerbook import PowerBook
    from kiosk.ledger.connection import Ledger

LONGEST_S = 48 * 3600
"""No shift is longer: what says so is a clock that was wrong at one end."""

_SHIFTS = """
SELECT o.wall_ms / 1000, k.wall_ms / 1000
FROM session s JOIN journal o ON o.seq = s.id
LEFT JOIN closing c ON c.session = s.id LEFT JOIN journal k ON k.seq = c.id
WHERE s.business_date BETWEEN ? AND ? ORDER BY s.id"""


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day, over all days asked for."""

    hour: str  # "00" to "23"
    sales: int
    mwh: int | None  # None: nothing of it was measured
    measured_s: float
    open_s: float  # seconds in which a shift was open


@dataclass(frozen=True, slots=True)
class Spent:
    """What was taken while shifts were open."""

    hours: tuple[Hour, ...]
    cost: int | None  # minor units of what was measured; None: no price was told, or nothing measured

    @property
    def mwh(self) -> int | None:
        """Milliwatt hours; None where nothing was measured."""
        known = [hour.mwh for hour in self.hours if hour.mwh is not None]
        return sum(known) if known else None

    @property
    def sales(self) -> int:
        """Sales and refunds."""
        return sum(hour.sales for hour in self.hours)

    @property
    def measured(self) -> float | None:
        """The part of the time that was measured, 0 to 1; None where no shift was open."""
        return part(sum(hour.measured_s for hour in self.hours), sum(hour.open_s for hour in self.hours))

    @property
    def mwh_per_sale(self) -> int | None:
        """Milliwatt hours for each sale; None without either."""
        return None if self.mwh is None or self.sales <= 0 else round(self.mwh / self.sales)


def part(measured_s: float, whole_s: float) -> float | None:
    """Return how much of a time was measured; a minute that came twice is no more than all of it."""
    return min(1.0, measured_s / whole_s) if whole_s > 0 else None


def spent(
    ledger: Ledger,
    book: PowerBook | None,
    first: str,
    last: str,
    *,
    price: int | None = None,
    zone: tzinfo | None = None,
) -> Spent:
    """Return what was taken between two business dates (ISO); `book` None: nothing was ever measured.

    `price` is of a kWh, in millionths of the currency's unit.
    """
    shifts = _shifts(ledger, first, last)
    opened: dict[str, float] = {}
    for hour, open_s in _quarters(shifts, zone):
        opened[hour] = opened.get(hour, 0.0) + open_s
    taken: dict[str, tuple[float, float]] = {}
    for at_s, mwh, seconds in _taken(book, shifts):
        before = taken.get(hour := _hour(at_s, zone), (0.0, 0.0))
        taken[hour] = before[0] + mwh, before[1] + seconds
    sales = {row.key: row.count or 0 for row in report(ledger, "hour", first, last, zone=zone).rows}
    hours = tuple(
        Hour(hour, sales.get(hour, 0), *_measured(taken.get(hour)), opened.get(hour, 0.0))
        for hour in sorted({*opened, *taken, *sales})
    )
    found = Spent(hours, None)
    return found if found.mwh is None else Spent(hours, cost([(found.mwh, price)], ledger.exponent))


def _shifts(ledger: Ledger, first: str, last: str) -> list[tuple[int, int]]:
    """Return from when to when shifts were open, in seconds of the wall clock; an open one until now."""
    now_s = ledger.clock.now().wall_ms // 1000
    found = ledger.rows(_SHIFTS, (first, last))
    return [(a, min(max(a, now_s if b is None else b), a + LONGEST_S)) for a, b in found]


def _taken(book: PowerBook | None, shifts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, float, float]]:
    """Yield what was measured while shifts were open, by quarters of an hour."""
    if book is not None:
        for begin_s, end_s in shifts:
            yield from book.quarters(begin_s, end_s)


def _measured(taken: tuple[float, float] | None) -> tuple[int | None, float]:
    """Return the milliwatt hours of an hour and of how many seconds they are."""
    return (None, 0.0) if taken is None else (round(taken[0]), taken[1])


def _hour(wall_s: int, zone: tzinfo | None) -> str:
    """Return the hour of the day; the zone's offset is that of the quarter of an hour."""
    return f"{datetime.fromtimestamp(wall_s // QUARTER_S * QUARTER_S, UTC).astimezone(zone).hour:02}"


def _quarters(spans: Iterable[tuple[int, int]], zone: tzinfo | None) -> Iterable[tuple[str, int]]:
    """Yield the hour and the seconds of every quarter of an hour that spans touch."""
    for begin_s, end_s in spans:
        for at_s in range(begin_s // QUARTER_S * QUARTER_S, end_s, QUARTER_S):
            yield _hour(at_s, zone), min(end_s, at_s + QUARTER_S) - max(begin_s, at_s)
