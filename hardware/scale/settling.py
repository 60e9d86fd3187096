"""Waits for three equal weights from a scale that does not say when it is steady."""

from __future__ import annotations

from dataclasses import replace

from hardware.scale.weight import Answer, Trouble, Weight

EQUAL = 3
"""Equal answers in a row; at five questions a second that is half a second of rest."""


class Settling:
    """Takes answers as they come; a weight that nobody vouches for counts as moving until it has rested."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._last: Answer | None = None
        self._equal = 0

    def feed(self, answer: Answer) -> Answer:
        """The answer as it may be told: a weight is steady, everything else is a word."""
        self._equal = self._equal + 1 if answer == self._last else 1
        self._last = answer
        if not isinstance(answer, Weight) or answer.steady:
            return answer
        if answer.steady is None and self._equal >= EQUAL:
            return replace(answer, steady=True)
        return Trouble.MOVING
