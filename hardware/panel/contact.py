"""Levels of one contact that bounces, settled: pure, times in seconds of any monotonic clock."""

from __future__ import annotations

from collections import deque


class Breaker:
    """Trips at too many events within a time, as Moonraker's storm breaker does (``components/gpio.py``)."""

    def __init__(self, most: int, within_s: float) -> None:
        """More than `most` events within so many seconds are a storm."""
        self._times: deque[float] = deque(maxlen=most + 1)
        self._within_s = within_s

    def hit(self, at_s: float) -> bool:
        """Count an event; whether that was one too many."""
        self._times.append(at_s)
        return len(self._times) == self._times.maxlen and at_s - self._times[0] < self._within_s


class Contact:
    """A level counts once it has not changed for the settling time, as the kernel's own filter has it."""

    def __init__(self, level: bool, settle_s: float) -> None:
        """Begin with the level found; that is no change."""
        self.level = level
        """The settled level."""
        self.raw = level
        """The level of the last edge."""
        self._settle_s = settle_s
        self._since = 0.0

    def edge(self, level: bool, at_s: float) -> None:
        """The level changed; the settling time begins anew."""
        self.raw, self._since = level, at_s

    @property
    def due(self) -> float | None:
        """When to ask `settled`; ``None`` while there is nothing to settle."""
        return None if self.raw == self.level else self._since + self._settle_s

    def settled(self, now_s: float) -> bool:
        """Whether the level has changed for good by now. Told once."""
        if self.due is None or now_s < self.due:
            return False
        self.level = self.raw
        return True
