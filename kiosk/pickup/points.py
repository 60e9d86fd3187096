"""Pickup points, and the windows in which one can promise something. Pure.

A counter hands over by hand, so many in a slot and only while it is open. A locker is open all day; its slot
is a promise: ready by then, and yours for three days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

Hours = tuple[tuple[int, int], ...]
"""Opening hours of one day: from and until, in minutes after midnight; none on a closed day."""
ALL_DAY: Hours = ((0, 1440),)
HORIZON_DAYS = 14
"""How far ahead windows are looked for."""


@dataclass(frozen=True, slots=True)
class PickupPoint:
    """Where orders are collected."""

    name: str
    title: str
    kind: Literal["counter", "locker"]
    hours: tuple[Hours, ...] = (ALL_DAY,) * 7
    """Monday to Sunday."""
    exceptions: Mapping[str, Hours] = field(default_factory=dict)
    """Days with hours of their own, by ISO date."""
    preparation_min: int = 60
    """From the order to ready."""
    cut_off_min: int = 1440
    """Minutes after midnight from which an order is prepared on the next open day."""
    slot_min: int = 30
    handovers: int = 4
    """Orders staff can hand over, or put into boxes, within one slot."""

    def hours_on(self, day: date) -> Hours:
        """When it is open on a day."""
        return self.exceptions.get(day.isoformat(), self.hours[day.weekday()])


@dataclass(frozen=True, slots=True)
class Window:
    """A promise that can be made."""

    start_ms: int
    """Unix milliseconds."""
    end_ms: int
    left: int
    """How many more orders fit into it."""


def windows(
    point: PickupPoint,
    now_ms: int,
    zone: tzinfo | None,
    taken: Mapping[int, int],
    count: int = 3,
    room: Callable[[int], int] | None = None,
) -> list[Window]:
    """The first windows with room, soonest first.

    `taken` counts orders by a window's start, `room` tells how many boxes can be promised for one.
    """
    found: list[Window] = []
    for start, end in _slots(point, now_ms, zone):
        left = point.handovers - taken.get(start, 0)
        if left > 0 and room is not None:
            left = min(left, room(start))
        if left > 0:
            found.append(Window(start, end, left))
            if len(found) == count:
                break
    return found


def is_window(point: PickupPoint, start_ms: int, now_ms: int, zone: tzinfo | None) -> bool:
    """Whether a window of the point starts then and can still be prepared for."""
    return any(start == start_ms for start, _end in _slots(point, now_ms, zone))


def _slots(point: PickupPoint, now_ms: int, zone: tzinfo | None) -> Iterator[tuple[int, int]]:
    """Every slot from the earliest that can be prepared, as Unix milliseconds."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone)
    earliest = now_ms + point.preparation_min * 60_000
    late = now.hour * 60 + now.minute >= point.cut_off_min
    for ahead in range(HORIZON_DAYS + 1):
        day = now.date() + timedelta(days=ahead)
        if late and ahead == 0:
            continue
        for opens, closes in point.hours_on(day):
            for minute in range(opens, closes - point.slot_min + 1, point.slot_min):
                start = _moment_ms(day, minute, zone)
                if start >= earliest:
                    earliest = start + 1  # the hour that summer time leaves out comes once
                    yield start, start + point.slot_min * 60_000


def _moment_ms(day: date, minute: int, zone: tzinfo | None) -> int:
    """A minute of a day by the shop's clock, through summer time and back; without a zone, this machine's."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return int((midnight + timedelta(minutes=minute)).timestamp() * 1000)
