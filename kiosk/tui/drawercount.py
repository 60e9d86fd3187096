"""The count of a drawer while it is made: how many of each note and coin. Every key gives a new value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

MOST_PIECES = 9999
"""Of one kind; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class DrawerCount:
    """Pieces by value, and the kind that is being counted."""

    pieces: tuple[int, ...]
    """The kinds in minor units, largest first."""
    at: int = 0
    """Which of them the digits are for."""
    counted: Mapping[int, int] = field(default_factory=dict)
    """How many by value; a kind that was not counted yet is missing."""
    fresh: bool = True
    """The next digit begins a new number instead of going on with the old one."""

    @property
    def value(self) -> int:
        """The kind being counted."""
        return self.pieces[self.at]

    @property
    def number(self) -> int:
        """How many of it so far."""
        return self.counted.get(self.value, 0)

    @property
    def total(self) -> int:
        """What all counted pieces are worth."""
        return sum(value * number for value, number in self.counted.items())

    def choose(self, at: int) -> DrawerCount:
        """Count another kind; past an end nothing changes."""
        if not 0 <= at < len(self.pieces):
            return self
        return replace(self, at=at, fresh=True)

    def press(self, digit: str) -> DrawerCount:
        """A digit of the number; a number too long to be true stays as it was."""
        number = int(digit) if self.fresh else self.number * 10 + int(digit)
        return replace(self._with(number), fresh=False)

    def back(self) -> DrawerCount:
        """Without the last digit."""
        return replace(self._with(self.number // 10), fresh=False)

    def step(self, by: int) -> DrawerCount:
        """One more or one less."""
        return self._with(self.number + by)

    def _with(self, number: int) -> DrawerCount:
        if not 0 <= number <= MOST_PIECES:
            return self
        return replace(self, counted={**self.counted, self.value: number})
