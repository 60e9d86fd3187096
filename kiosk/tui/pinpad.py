"""A PIN while it is typed, and the wait after wrong ones: for the lock screen and the leave dialogue."""

from __future__ import annotations

from typing import NamedTuple

MOST = 12
"""Digits of the longest PIN."""
LEAST = 4
DOT = "●"


class PinPad(NamedTuple):
    """Digits that are never shown, and until when none are taken."""

    typed: str = ""
    ready_at_ms: int = 0
    """Monotonic milliseconds from which a try will be looked at."""
    checking: bool = False
    """A try is being looked at; what is typed meanwhile belongs to no try."""

    def press(self, key: str, now_ms: int) -> PinPad:
        """One digit; anything else, and anything during a wait, changes nothing."""
        if self.checking or self.wait_s(now_ms) or len(self.typed) >= MOST:
            return self
        return self._replace(typed=self.typed + key) if len(key) == 1 and key in "0123456789" else self

    def back(self) -> PinPad:
        """Without the last digit."""
        return self if self.checking else self._replace(typed=self.typed[:-1])

    def trying(self) -> PinPad:
        """While the service looks at it; the digits are not kept."""
        return self._replace(typed="", checking=True)

    def refused(self, wait_s: int, now_ms: int) -> PinPad:
        """After a wrong one."""
        return PinPad(ready_at_ms=now_ms + wait_s * 1000)

    def wait_s(self, now_ms: int) -> int:
        """Whole seconds until digits are taken again."""
        return max(-((now_ms - self.ready_at_ms) // 1000), 0)

    def ready(self, now_ms: int) -> bool:
        """Whether enough is typed to be looked at."""
        return not self.checking and len(self.typed) >= LEAST and not self.wait_s(now_ms)

    @property
    def dots(self) -> str:
        """What is shown of it."""
        return DOT * len(self.typed)
