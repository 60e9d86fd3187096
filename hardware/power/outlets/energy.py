"""Wh that only ever grow, from watts; an outlet's own counter fills a gap if what it says can be.

Counters start at 0 again after a power cut and were then taken for 80 kWh given back
(github.com/home-assistant/ core, issues 54463 and 125675).
"""

from __future__ import annotations

GAP_S = 30.0
"""Longer than this between two looks nobody knows what was taken in between, except perhaps the counter."""
HOUR_S = 3600.0


def plausible(delta_wh: float, most_w: float, seconds: float) -> bool:
    """Whether a counter can have moved so far in so long."""
    return 0 <= delta_wh <= most_w * seconds / HOUR_S


class Energy:
    """Adds up what one outlet gave."""

    def __init__(self, most_w: float) -> None:
        """Start at 0; `most_w` is what the outlet is built for."""
        self.wh = 0.0
        self._most_w = most_w
        self._last: tuple[float, float | None, float | None] | None = None
        """When, watts, and the counter."""

    def feed(self, at_s: float, watts: float | None, counter_wh: float | None) -> float:
        """Take one look at a monotonic time; return Wh so far, never less than before."""
        last, self._last = self._last, (at_s, watts, counter_wh)
        if last is None or at_s <= last[0]:
            return self.wh
        seconds = at_s - last[0]
        if seconds <= GAP_S:
            if watts is not None and last[1] is not None:
                self.wh += (watts + last[1]) / 2 * seconds / HOUR_S
        elif counter_wh is not None and last[2] is not None:
            delta = counter_wh - last[2]
            self.wh += delta if plausible(delta, self._most_w, seconds) else 0.0
        return self.wh
