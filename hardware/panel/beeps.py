"""When a buzzer sounds: a pattern is times, the newest wins. Pure, in seconds of any monotonic clock."""

from __future__ import annotations

from collections.abc import Mapping

from hardware.panel.events import Beep

PATTERNS: Mapping[Beep, tuple[float, ...]] = {"ok": (0.06,), "error": (0.12, 0.08, 0.12, 0.08, 0.12)}
"""Seconds of sound, silence, sound: one short beep, or three that nobody takes for it."""


class Beeps:
    """The pattern under way."""

    def __init__(self) -> None:
        """Begin silent."""
        self._ends: list[float] = []

    def play(self, beep: Beep, now_s: float) -> None:
        """Begin a pattern, instead of one under way."""
        self._ends, at = [], now_s
        for seconds in PATTERNS[beep]:
            at += seconds
            self._ends.append(at)

    def sounds(self, now_s: float) -> bool:
        """Whether it sounds now: patterns end with sound, so an odd number of parts is left in one."""
        self._ends = [end for end in self._ends if end > now_s]
        return len(self._ends) % 2 == 1

    @property
    def due(self) -> float | None:
        """When that changes next; ``None`` in silence."""
        return self._ends[0] if self._ends else None
