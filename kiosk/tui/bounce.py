"""Tells a press that was meant once and came twice: a finger that taps double, a key held down.

A pay key's place is another key's place on the next screen, and F6 is another command there. So what
comes again within a breath, at the same place or from the same key, answers no question that the first press
brought up. Letters and digits are typed fast and on purpose, and Escape only ever leads back: they pass.

Pure: presses, screens and times in, a verdict out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WITHIN_MS: Final = 400
"""The usual limit of a double click is 500 ms; nobody reads a new screen and aims in less than 400."""
NEAR: Final = (3, 2)
"""Cells, columns and rows, within which two touches are the same place: half a fingertip."""
FREE: Final = frozenset({"escape"})


@dataclass(slots=True)
class Bounce:
    """Remembers the last press. `within_ms` 0 lets everything pass.

    Attributes:
        within_ms: How soon after the last one a press is taken for the same.
    """

    within_ms: int = WITHIN_MS
    _what: str | tuple[int, int] = ""
    _screen: object = None
    """The screen it was meant for, which a run of repetitions does not change."""
    _at_ms: int = 0

    def touch(self, x: int, y: int, screen: object, at_ms: int) -> bool:
        """Whether a touch is the last one once more, on a screen that was not there then."""
        last = self._what
        same = isinstance(last, tuple) and abs(last[0] - x) <= NEAR[0] and abs(last[1] - y) <= NEAR[1]
        return self._again((x, y), screen, at_ms, same=same)

    def key(self, name: str, screen: object, at_ms: int, *, printable: bool) -> bool:
        """The same of a key by its name."""
        return self._again(
            name, screen, at_ms, same=name == self._what and not printable and name not in FREE
        )

    def _again(self, what: str | tuple[int, int], screen: object, at_ms: int, *, same: bool) -> bool:
        repeated = same and at_ms - self._at_ms < self.within_ms
        if not repeated:
            self._screen = screen
        self._what, self._at_ms = what, at_ms
        return repeated and screen is not self._screen
