"""The simulated stall's own time: what is power there may pass faster than the clock on the wall.

Wires, timers and people keep real time. Energy, the sun and the fridge's compressor keep the stall's, and so
does the till that is told of it: a market day drains in minutes, and every promise of the screen can be seen
kept or broken.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

FASTEST = 60.0
"""Eight hours in eight minutes. An outlet is asked ten times a second: faster, it would tell of old times."""
STRIDE_S = 10.0
"""A meter speaks at least once in so much of the stall's time: as often as a till listens."""
LEAST_S = 0.1
"""But never oftener than this in real time."""


class StallTime:
    """Monotonic seconds that run on without a jump when the speed changes. Any thread may ask."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, wall_s: Callable[[], float] = time.time
    ) -> None:
        """`clock` gives real monotonic seconds; `wall_s` tells once what time it is at the beginning."""
        now = clock()
        self.clock = clock
        """Real monotonic seconds."""
        self._began_s, self._began_wall_s = now, wall_s()
        self._leg = (now, now, 1.0)
        """Since when in real time, what the stall's time was then, and its speed: one value, read at once."""

    @property
    def speed(self) -> float:
        """How much faster time passes."""
        return self._leg[2]

    @speed.setter
    def speed(self, times: float) -> None:
        """Go on from here at another speed; ``ValueError`` outside 1 to `FASTEST`."""
        if not 1 <= times <= FASTEST:
            raise ValueError(f"speed: {times} is not between 1 and {FASTEST:g}")
        now = self.clock()
        self._leg = (now, self.at(now), times)

    def at(self, clock_s: float) -> float:
        """The stall's seconds at a real moment; one before the last change of speed counts as that change."""
        since, origin, speed = self._leg
        return origin + max(0.0, clock_s - since) * speed

    def now(self) -> float:
        """The stall's seconds now."""
        return self.at(self.clock())

    @property
    def passed_s(self) -> float:
        """How much of the stall's time has passed."""
        return self.now() - self._began_s

    @property
    def wall_s(self) -> float:
        """What time it is at the stall, in Unix seconds."""
        return self._began_wall_s + self.passed_s

    def real(self, seconds: float) -> float:
        """How long so much of the stall's time takes."""
        return seconds / self.speed

    def pause(self, usual_s: float) -> float:
        """How long a meter waits in real time before it speaks again."""
        return min(usual_s, max(LEAST_S, self.real(STRIDE_S)))

    def told(self) -> dict[str, object]:
        """The same for people."""
        at = datetime.fromtimestamp(self.wall_s, UTC).astimezone()
        hours = round(self.passed_s / 3600, 2)
        return {"speed": self.speed, "time": at.isoformat(" ", "seconds"), "hours": hours}
