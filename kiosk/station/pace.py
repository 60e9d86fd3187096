"""How fast the stall's time passes against the till's: evenly, but for a demo in a hurry.

Meters are listened to in real time, and how old a reading is is told in it. What they measured belongs to the
stall's time: an hour of the stall that passes in a minute takes an hour's Wh out of its battery.
"""

from __future__ import annotations

from typing import Protocol


class Pace(Protocol):
    """The stall's time against monotonic seconds."""

    @property
    def speed(self) -> float:
        """How many of the stall's seconds pass in one."""
        ...

    def at(self, clock_s: float, /) -> float:
        """Return the stall's seconds at a monotonic moment."""
        ...


class Even:
    """Both are one."""

    speed = 1.0

    def at(self, clock_s: float, /) -> float:
        """Return the same."""
        return clock_s


EVEN: Pace = Even()
