"""From a button's settled level to presses, short and long: pure, times in seconds of any monotonic clock."""

from __future__ import annotations

LONG_S = 0.8
"""Held for this long it is a long press: longer than a firm push, shorter than a doubt."""


class Press:
    """One button. A button that is down when its till starts says nothing until it was up once."""

    def __init__(self) -> None:
        """Begin up."""
        self._since: float | None = None
        self._told = False

    def moved(self, down: bool, at_s: float) -> bool:
        """The button went down or up; whether that ends a short press."""
        if down:
            self._since, self._told = at_s, False
            return False
        short = self._since is not None and not self._told
        self._since = None
        return short

    @property
    def due(self) -> float | None:
        """When to ask `long`; ``None`` while nobody holds it."""
        return None if self._since is None or self._told else self._since + LONG_S

    def long(self, now_s: float) -> bool:
        """Whether it has been held long enough. Told once a press."""
        if self.due is None or now_s < self.due:
            return False
        self._told = True
        return True
